"""`make bench`: times the stages on the project's own corpus and writes docs/performance.md.

Medians of one run on one process; the machine is named in the table, for figures from two machines do not compare.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from string import Template

from backend.assembly import build_assessor
from backend.detection.engine import Detector
from backend.domain.classified import Classified
from backend.domain.detected import Detected
from backend.domain.draft import BodyFormat, Draft
from backend.domain.encoder import NoEncoder
from backend.domain.label import Category
from backend.extraction.parts import extract_parts
from backend.settings import read_settings
from backend.workflow.assess_draft import Assessor
from tests.benchmarks.recipient_rows import recipient_rows
from tests.benchmarks.typing_rows import typing_rows

PROJECT = Path(__file__).parent.parent.parent
CORPUS = PROJECT / "backend" / "training" / "corpus"
TEMPLATE = Path(__file__).parent / "report_template.md"
REPORT = PROJECT / "docs" / "performance.md"
TODAY = date(2026, 11, 1)
SIZES = (1_000, 10_000, 100_000, 1_000_000)
JSONL_DRAFTS = 275
SCALE_ROUNDS = 7


class NoClassifier:
    """Stands in for the model where the other stages are timed alone."""

    version = "none"
    encoder_version = None
    no_encoder = NoEncoder.MISSING

    def classify(self, detected: Detected) -> Classified:
        """Always sure, at no cost."""
        moving = detected.sentences[0] if detected.sentences else None
        return Classified(sensitive=0.9, severe=0.1, categories={Category.HEALTH: 0.9}, moving=moving)


def corpus_rows() -> list[dict[str, object]]:
    """All drafts of the corpus as JSON objects."""
    return [json.loads(line) for path in sorted(CORPUS.glob("*.jsonl")) for line in path.open(encoding="utf-8")]


def corpus_text(length: int) -> str:
    """Running text of `length` characters from the corpus."""
    text = "\n\n".join(str(row["body"]) for row in corpus_rows())
    return (text * (length // len(text) + 1))[:length]


def as_outlook_html(text: str) -> str:
    """The text as Outlook writes it."""
    lines = [f'<p class="MsoNormal"><span lang="SV">{line}<o:p></o:p></span></p>' for line in text.split("\n")]
    return (
        '<html><head><style>p.MsoNormal {margin:0}</style></head><body lang="SV">' + "".join(lines) + "</body></html>"
    )


def timed(action: Callable[[], object], runs: int, clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """Milliseconds of `runs` runs by `clock`, after one that does not count."""
    action()
    taken: list[float] = []
    for _ in range(runs):
        started = clock()
        action()
        taken.append((clock() - started) * 1000)
    return taken


def row(name: str, taken: list[float], demand: str = "") -> str:
    """A table row: median and 95th percentile in milliseconds."""
    high = quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0]
    return f"| {name} | {median(taken):.2f} | {high:.2f} | {len(taken)} | {demand} |"


def slices(length: int, count: int) -> list[str]:
    """Different stretches of the corpus, so that no cache sees the same draft twice in a row."""
    text = corpus_text(length * count)
    return [text[index * length : (index + 1) * length] for index in range(count)]


def stage_rows(assessor: Assessor) -> list[str]:
    """Drafts of 1,000 and 5,000 characters through the stages."""
    alone = Assessor(assessor.detector, NoClassifier(), assessor.policy, assessor.texts, lambda: TODAY)
    rows: list[str] = []
    for length, demand in ((1_000, "≤ 1.5"), (5_000, "")):
        texts = slices(length, 200)
        plain = [Draft(subject="Planering", body=text) for text in texts]
        html = [Draft(subject="Planering", body=as_outlook_html(text), body_format=BodyFormat.HTML) for text in texts]
        for name, drafts, who, wanted in (
            (f"{length} characters, text, without classifier", plain, alone, demand),
            (f"{length} characters, Outlook HTML, without classifier", html, alone, demand),
        ):
            taken = [timed(partial(who.assess, draft), 1)[0] for draft in drafts]
            rows.append(row(name, taken, wanted))
    return rows


def scale_rows(detector: Detector) -> list[str]:
    """Extraction and detection from 1,000 to 1,000,000 characters, per character and against the decade before."""
    # The same thousand characters again and again: only the length differs, not how much there is to find.
    drafts = {size: Draft(subject="", body=corpus_text(SIZES[0]) * (size // SIZES[0])) for size in SIZES}
    taken: dict[int, list[float]] = {size: [] for size in SIZES}
    for _ in range(SCALE_ROUNDS):
        # In turn, so that a machine that slows down slows down all of them.
        for size, draft in drafts.items():
            runs = max(1, min(50, 100_000 // size))
            taken[size].append(median(timed(partial(_detected, detector, draft), runs, time.process_time)))
    rows: list[str] = []
    before = 0.0
    for size in SIZES:
        each = median(taken[size]) / size * 1e6
        ratio = f"{each / before:.2f}" if before else ""
        rows.append(f"| {size:,} | {median(taken[size]):.2f} | {each:.0f} | {ratio} |")
        before = each
    return rows


def _detected(detector: Detector, draft: Draft) -> Detected:
    return detector.detect(extract_parts(draft), TODAY)


def jsonl_seconds() -> float:
    """Whole-process seconds of `assess --jsonl` on 275 drafts, start included."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "drafts.jsonl"
        chosen = corpus_rows()[:: max(1, len(corpus_rows()) // JSONL_DRAFTS)][:JSONL_DRAFTS]
        file.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in chosen), "utf-8")
        started = time.perf_counter()
        command = [sys.executable, "-m", "backend", "assess", "--jsonl", str(file)]
        subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
        return time.perf_counter() - started


def worker_memory() -> str:
    """Megabytes of a process with the whole application, model and encoder, that has answered a long draft."""
    command = [sys.executable, "-m", "tests.benchmarks.worker_memory"]
    done = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)  # noqa: S603 - our own command
    return done.stdout.decode().strip()


def main() -> None:
    """Measures everything and writes the report."""
    assessor = build_assessor("standard", read_settings())
    _ = assessor.classifier.version  # loaded, as in a service that has answered once
    rows = stage_rows(assessor)
    typing = typing_rows(read_settings())
    memory = worker_memory()
    scale = scale_rows(assessor.detector)
    seconds = jsonl_seconds()
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    words = {
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": machine,
        "stages": "\n".join(rows),
        "typing": "\n".join(typing),
        "recipients": "\n".join(recipient_rows()),
        "memory": memory,
        "scale": "\n".join(scale),
        "count": str(JSONL_DRAFTS),
        "seconds": f"{seconds:.1f}",
    }
    REPORT.write_text(Template(TEMPLATE.read_text("utf-8")).substitute(words), "utf-8")
    sys.stdout.write(REPORT.read_text("utf-8"))


if __name__ == "__main__":
    main()

"""The model's card: what it learned from, how good it is on what it has not seen, and what it is not for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any

from backend.decision.policy import Policy, read_policy
from backend.detection.engine import Detector
from backend.domain.classified import Classified
from backend.domain.encoder import Encoder
from backend.domain.label import Label
from backend.training.corpus_file import LabelledDraft
from backend.training.cross_validation import RulesOnly, held_out_outcomes, outcomes_of
from backend.training.evaluation import measure
from backend.training.examples import Example, examples_of
from backend.training.fitting import SURELY_HARMLESS, Fitted, fit
from backend.training.floors import Checked, check_floors, read_floors

_TEMPLATE = Path(__file__).parent / "model_card_template.md"
_COLUMNS = (
    ("macro_f1", "macro-F1"),
    ("sensitive_recall", "sensitive found"),
    ("false_alarm_rate", "false alarms"),
    ("mycket_kanslig_recall", "mycket_kanslig as such"),
    ("mycket_kanslig_missed", "mycket_kanslig called none"),
)
_FIRST_STAGE = "signals and n-grams"
_Figures = Mapping[str, dict[str, Any]]


def write_model_card(
    rows: Sequence[LabelledDraft], fitted: Fitted, encoder: Encoder | None, path: Path
) -> list[Checked]:
    """Cross-validates over scenarios, too (minutes), and writes the card as Markdown.

    Gives the floors of the set `own` beside what the model reached on authors that it had not read.
    """
    detector, policy = Detector(), read_policy("standard")
    examples = examples_of(rows, detector)
    figures = {"rules only": measure(outcomes_of(rows, detector, RulesOnly(), policy))}
    figures |= _by_variant("unseen authors", rows, fitted.held_out, detector, policy)
    by_scenario = fit(examples, encoder, by="scenario").held_out
    figures |= _by_variant("unseen scenarios", rows, by_scenario, detector, policy)
    words = {
        **_corpus_words(rows),
        **_first_stage_words(examples, fitted.held_out[_FIRST_STAGE]),
        "version": fitted.version,
        "encoder": encoder.version if encoder else "none",
        "figures": _table(figures),
        "categories": _categories(figures),
    }
    path.write_text(Template(_TEMPLATE.read_text("utf-8")).substitute(words), "utf-8")
    return check_floors("own", _best(figures), read_floors())


def _by_variant(
    split: str,
    rows: Sequence[LabelledDraft],
    held_out: Mapping[str, Sequence[Classified]],
    detector: Detector,
    policy: Policy,
) -> dict[str, dict[str, Any]]:
    return {
        f"rules and {variant}, {split}": measure(held_out_outcomes(rows, said, detector, policy))
        for variant, said in held_out.items()
    }


def _corpus_words(rows: Sequence[LabelledDraft]) -> dict[str, str]:
    labels = Counter(row.label.value for row in rows)
    kinds = Counter(f"{row.draft.kind.value} {row.draft.compose_type.value}" for row in rows)
    return {
        "drafts": str(len(rows)),
        "authors": str(len({row.author for row in rows})),
        "scenarios": str(len({(row.author, row.scenario) for row in rows})),
        "labels": ", ".join(f"{count} {label}" for label, count in sorted(labels.items())),
        "kinds": ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()),
        "hard": f"{sum(row.hard for row in rows) / len(rows):.0%}",
        "deciding": str(sum(bool(row.deciding) for row in rows)),
    }


def _first_stage_words(examples: Sequence[Example], said: Sequence[Classified]) -> dict[str, str]:
    """How often the encoder is not asked, and how many sensitive drafts that lets through."""
    sure = [
        example.label
        for example, one in zip(examples, said, strict=True)
        if one.sensitive < SURELY_HARMLESS and not any(finding.about_person for finding in example.detected.findings)
    ]
    harmless = sum(example.label is Label.NONE for example in examples)
    missed = sum(label is not Label.NONE for label in sure)
    return {
        "surely_harmless": f"{SURELY_HARMLESS:.0%}",
        "sure_share": f"{(len(sure) - missed) / max(harmless, 1):.0%}",
        "sure_missed": f"{missed} of {len(examples) - harmless}",
    }


def _table(figures: _Figures) -> str:
    head = ["| | " + " | ".join(name for _, name in _COLUMNS) + " |", "| --- |" + " --- |" * len(_COLUMNS)]
    return "\n".join([*head, *(_figure_row(name, figure) for name, figure in figures.items())])


def _figure_row(name: str, figure: Mapping[str, Any]) -> str:
    return f"| {name} | " + " | ".join(_shown(figure[key]) for key, _ in _COLUMNS) + " |"


def _best(figures: _Figures) -> dict[str, Any]:
    """The figures of everything together on unseen authors: the last of its kind."""
    return [figure for name, figure in figures.items() if name.endswith("unseen authors")][-1]


def _categories(figures: _Figures) -> str:
    rows = _best(figures)["categories"].items()
    return ", ".join(f"{name} {_shown(one['recall'])} ({one['drafts']})" for name, one in rows)


def _shown(figure: Any) -> str:  # noqa: ANN401 - a number, or a share with its interval beside it
    value = figure["value"] if isinstance(figure, Mapping) else figure
    return "–" if value is None else f"{value:.3f}"

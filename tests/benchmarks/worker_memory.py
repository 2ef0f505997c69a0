"""`python -m tests.benchmarks.worker_memory`: what a worker needs that has answered, in a process of its own."""

import sys
import tempfile
from pathlib import Path

from pydantic import SecretStr

from backend.app import SERVICES, create_app
from backend.domain.draft import Draft
from backend.settings import SignIn, read_settings

_LENGTH = 5_000
_SENTENCE = "Vi ses i aulan på torsdag och Anna tar med listan över dem som är sjuka, nummer {number}. "


def memory_mb() -> float:
    """Resident memory of this process in megabytes, 0 where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text("utf-8").splitlines() if status.is_file() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), 0.0)


def main() -> None:
    """Builds the application, answers one long draft, and writes the megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        _answer(Path(folder))
    sys.stdout.write(f"{memory_mb():.0f}\n")


def _answer(folder: Path) -> None:
    settings = read_settings(
        sign_in=SignIn.DEMO, secret_key=SecretStr("x" * 40), database_url=f"sqlite:///{folder / 'store.db'}"
    )
    application = create_app(settings)
    text = "".join(_SENTENCE.format(number=number) for number in range(_LENGTH // len(_SENTENCE)))
    (municipality,) = application.extensions[SERVICES].municipalities.values()
    municipality.assessor.assess(Draft(subject="Planering", body=text))


if __name__ == "__main__":
    main()

"""The model's card: what it learned from, how good it is on what it has not seen, and what it is not for."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from string import Template
from typing import Any

from backend.decision.policy import read_policy
from backend.detection.engine import Detector
from backend.training.corpus_file import LabelledDraft
from backend.training.cross_validation import RulesOnly, by_author, by_scenario, outcomes_of
from backend.training.evaluation import measure

_TEMPLATE = Path(__file__).parent / "model_card_template.md"
_COLUMNS = (
    ("macro_f1", "macro-F1"),
    ("sensitive_recall", "sensitive found"),
    ("false_alarm_rate", "false alarms"),
    ("mycket_kanslig_recall", "mycket_kanslig as such"),
    ("mycket_kanslig_missed", "mycket_kanslig called none"),
)


def write_model_card(rows: Sequence[LabelledDraft], version: str, path: Path) -> None:
    """Cross-validates (a few minutes) and writes the card as Markdown."""
    detector, policy = Detector(), read_policy("standard")
    figures = {
        "rules only": measure(outcomes_of(rows, detector, RulesOnly(), policy)),
        "rules and model, unseen scenarios": measure(by_scenario(rows, detector, policy)),
        "rules and model, unseen authors": measure(by_author(rows, detector, policy)),
    }
    template = Template(_TEMPLATE.read_text("utf-8"))
    path.write_text(template.substitute(_words(rows, version, figures)), "utf-8")


def _words(rows: Sequence[LabelledDraft], version: str, figures: dict[str, dict[str, Any]]) -> dict[str, str]:
    labels = Counter(row.label.value for row in rows)
    recall = figures["rules and model, unseen authors"]["category_recall"]
    head = ["| | " + " | ".join(name for _, name in _COLUMNS) + " |", "| --- |" + " --- |" * len(_COLUMNS)]
    return {
        "version": version,
        "drafts": str(len(rows)),
        "authors": str(len({row.author for row in rows})),
        "scenarios": str(len({row.scenario for row in rows})),
        "labels": ", ".join(f"{count} {label}" for label, count in sorted(labels.items())),
        "figures": "\n".join([*head, *(_figure_row(name, figure) for name, figure in figures.items())]),
        "categories": ", ".join(f"{name} {one['recall']:.2f} ({one['drafts']})" for name, one in recall.items()),
    }


def _figure_row(name: str, figure: dict[str, Any]) -> str:
    return f"| {name} | " + " | ".join(f"{figure[key]:.3f}" for key, _ in _COLUMNS) + " |"

"""An evaluation as a table for the terminal and as one page of HTML. All words stand in the templates beside this."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from backend.decision.policy import Policy
from backend.domain.label import Category, Label
from backend.training.report import charts

_FOLDER = Path(__file__).parent
_TABLE, _PAGE, _STYLE = "evaluation.txt.j2", "evaluation.html.j2", "evaluation.css"


def table(document: Mapping[str, Any]) -> str:
    """The figures in English, for a terminal 110 columns wide."""
    return _environment().get_template(_TABLE).render(document)


def page(document: Mapping[str, Any], policy: Policy, day: str) -> str:
    """The report in Swedish: one file without scripts or anything from outside. Everything that varies is escaped."""
    names = {label.value: policy.label(label).name for label in Label}
    names |= {category.value: policy.category(category).name for category in Category}
    style = Markup((_FOLDER / _STYLE).read_text("utf-8"))  # noqa: S704 - our own file
    return _environment().get_template(_PAGE).render(document, names=names, day=day, charts=charts, style=style)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER, encoding="utf-8"),
        autoescape=select_autoescape(("html.j2",)),
        finalize=_printable,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["figure"] = _figure
    return environment


def _printable(value: object) -> object:
    """Ids and groups come from files: none of them steers a terminal."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return "".join(char if char.isprintable() or char == "\n" else "�" for char in value)


def _figure(value: float | None, decimals: int = 3) -> str:
    return "–" if value is None else f"{value:.{decimals}f}"

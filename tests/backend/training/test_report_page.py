"""The page: one file that asks for nothing, escapes everything, and can be read in both schemes."""

from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
import re2

from backend.decision.policy import read_policy
from backend.training.floors import Floor, check_floors
from backend.training.measured_sets import judge_set, read_set
from backend.training.report import render
from backend.training.report.document import evaluation_document
from tests.backend.command_line.shell import write
from tests.backend.served import assessor
from tests.backend.workflow.sending import SEVERE

ODD = "<script>alert('x')</script>&\""
CSS = Path(render.__file__).with_name("evaluation.css").read_text("utf-8")
OUTSIDE = {"src", "srcset", "action", "background", "poster", "style", "xlink:href"}


class _Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = Path(tmp_path_factory.mktemp("report"))
    rows = [
        {
            "id": ODD,
            "subject": "x",
            "body": "Skrivaren är trasig.",
            "label": "kanslig",
            "categories": ["photo"],
            "group": ODD,
        },
        {"id": ODD, "subject": "x", "body": SEVERE, "label": "mycket_kanslig", "categories": ["health"], "group": "b"},
        {"id": "c", "subject": "x", "body": "Fika klockan tre.", "label": "none", "categories": []},
    ]
    sets = [
        judge_set(path, read_set(path), assessor())
        for path in (write(folder / "one.jsonl", *rows), write(folder / "two<i>.jsonl", *rows[:1]))
    ]
    floors = {"one": (Floor("macro_f1", "at_least", 0.99), Floor("labels.none.f1", "at_least", 0.1))}
    checked = check_floors("one", sets[0].figures, floors)
    return render.page(evaluation_document(sets, checked, assessor()), read_policy("standard"), "2026-11-22")


def test_nothing_from_outside_and_no_script(html: str) -> None:
    page = _Page(html)
    assert html.startswith("<!doctype html>")
    assert [tag for tag, _ in page.tags if tag in {"script", "link", "img", "iframe", "object", "embed", "i"}] == []
    assert [
        name for _, attributes in page.tags for name in attributes if name in OUTSIDE or name.startswith("on")
    ] == []
    assert {href[0] for one in page.all("a") if (href := one["href"])} == {"#"}
    assert "default-src 'none'" in str(page.all("meta"))
    assert "url(" not in html
    assert "//" not in html


def test_what_varies_is_escaped(html: str) -> None:
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "two<i>" not in html


def test_shape_is_what_a_screen_reader_needs(html: str) -> None:
    page = _Page(html)
    ids = [one["id"] for _, one in page.tags if one.get("id")]
    assert len(ids) == len(set(ids))
    assert page.all("html") == [{"lang": "sv"}]
    for figure in page.all("svg"):
        assert figure["role"] == "img"
        assert {*str(figure["aria-labelledby"]).split()} <= {*ids}
    assert {str(one["href"])[1:] for one in page.all("a")} <= {*ids}
    levels = [int(tag[1]) for tag, _ in page.tags if tag in {"h1", "h2", "h3", "h4"}]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(page.all("caption")) == len(page.all("table"))
    assert len(page.all("svg")) >= 6


def test_floors_and_both_sets_are_told(html: str) -> None:
    assert "håller inte" in html
    assert ">håller<" in html
    assert "Alla filer tillsammans" in html


def _luminance(colour: str) -> float:
    digits = "".join(digit * 2 for digit in colour) if len(colour) == 3 else colour
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_contrast(scheme: int) -> None:
    line = [line for line in CSS.splitlines() if "--paper: #" in line][scheme]
    colours = dict(re2.findall("--([a-z]+): #([0-9a-f]+)", line))
    assert len(colours) == 8
    for text in ("ink", "soft", "link"):
        assert min(_contrast(colours[text], colours[under]) for under in ("paper", "face")) >= 4.5
    assert _contrast(colours["bad"], colours["paper"]) >= 4.5
    for bar in ("good", "bad"):
        assert min(_contrast(colours[bar], colours[beside]) for beside in ("paper", "face", "ink")) >= 3

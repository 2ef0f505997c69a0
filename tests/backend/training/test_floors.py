"""Floors: read strictly, compared on the right side, and never held by a figure that is not there."""

from pathlib import Path

import pytest

from backend.domain.errors import WrongSettings
from backend.training.floors import Floor, check_floors, read_floors
from backend.training.measured_sets import set_name

FIGURES = {"macro_f1": 0.8, "drafts": 3, "labels": {"none": {"recall": None}}, "calibration": {"brier": 0.1}}


@pytest.mark.parametrize(
    ("figure", "bound", "limit", "holds"),
    [
        ("macro_f1", "at_least", 0.8, True),
        ("macro_f1", "at_least", 0.8001, False),
        ("macro_f1", "at_most", 0.8, True),
        ("macro_f1", "at_most", 0.79, False),
        ("calibration.brier", "at_most", 0.1, True),
        ("labels.none.recall", "at_least", 0.0, False),
        ("labels.none", "at_most", 1.0, False),
        ("no.such.figure", "at_most", 1.0, False),
    ],
)
def test_floor(figure: str, bound: str, limit: float, *, holds: bool) -> None:
    (checked,) = check_floors("x", FIGURES, {"x": (Floor(figure, bound, limit),)})
    assert checked.holds is holds
    assert check_floors("y", FIGURES, {"x": (Floor(figure, bound, limit),)}) == []


@pytest.mark.parametrize(
    "text",
    [
        "[x]\nat_least.a.b = 0.5\nat_least.c = 1",
        '[x.at_least]\n"a.b" = 0.5\nc = 1',
        "[x]\nat_least = {a.b = 0.5, c = 1}",
    ],
)
def test_ways_of_writing(text: str, tmp_path: Path) -> None:
    (tmp_path / "f.toml").write_text(text, "utf-8")
    assert read_floors(tmp_path / "f.toml") == {"x": (Floor("a.b", "at_least", 0.5), Floor("c", "at_least", 1.0))}


@pytest.mark.parametrize(
    "text",
    ["[", "x = 1", "[x]\nmore_than.a = 0.5", "[x]\nat_least = 0.5", '[x]\nat_least.a = "0.5"', "[x]\nat_least.a = 95",
     "[x]\nat_least.a = true", "[x]\nat_least.a = nan", "[x]\nat_least.a = [0.5]", b"\xff"],
)  # fmt: skip
def test_unusable(text: str | bytes, tmp_path: Path) -> None:
    path = tmp_path / "f.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(WrongSettings, match="floors_unusable"):
        read_floors(path)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match="floors_unusable"):
        read_floors(tmp_path / "f.toml")


def test_shipped_floors_can_be_read() -> None:
    floors = read_floors()
    assert {"own", "drafts", "harmless"} <= set(floors)
    assert len(floors["small_town"]) >= 5


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("drafts.jsonl", "drafts"),
        ("drafts-3f2a9c1.jsonl", "drafts"),
        ("my-drafts.jsonl", "my-drafts"),
        ("our-facade.jsonl", "our-facade"),
        ("1234567.jsonl", "1234567"),
        ("a/own-0123456789abcdef0123456789abcdef01234567.jsonl", "own"),
    ],
)
def test_set_name(file: str, name: str) -> None:
    assert set_name(Path(file)) == name

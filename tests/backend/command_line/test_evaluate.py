"""`evaluate`: figures of each file and of all, floors that decide the exit status, reports that show nobody."""

import json
from pathlib import Path
from typing import Any

import pytest

from backend.settings import PROJECT_FOLDER
from tests.backend.command_line.shell import Run, write
from tests.backend.workflow.sending import SEVERE

SMALL_TOWN = PROJECT_FOLDER / "tests" / "samples" / "labelled" / "small_town.jsonl"
HARMLESS = {"id": "a", "subject": "", "body": "Skrivaren på plan 2 är trasig igen.", "label": "none"}
SENSITIVE = {"id": "b", "subject": "", "body": SEVERE, "label": "mycket_kanslig", "categories": ["health"]}
MISSED = HARMLESS | {"id": "c", "label": "mycket_kanslig"}


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    return write(tmp_path / "synthetic.jsonl", HARMLESS, SENSITIVE)


def _floors(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "floors.toml"
    path.write_text(text, "utf-8")
    return path


def test_table(labelled: Path, run: Run) -> None:
    status, out, err = run("evaluate", labelled)
    assert (status, err) == (0, "")
    assert "== synthetic (synthetic.jsonl): 2 drafts, 1 sensitive, 1 harmless" in out
    assert "macro-F1                      1.000" in out
    assert "together" not in out
    assert max(map(len, out.splitlines())) <= 110


def test_json_of_several_files(labelled: Path, tmp_path: Path, run: Run) -> None:
    other = write(tmp_path / "other.jsonl", MISSED)
    status, out, err = run("evaluate", labelled, other, "--json", "-")
    document: dict[str, Any] = json.loads(out)
    assert (status, err) == (0, "")
    assert [(one["name"], one["file"], one["figures"]["drafts"]) for one in document["sets"]] == [
        ("synthetic", "synthetic.jsonl", 2), ("other", "other.jsonl", 1),
    ]  # fmt: skip
    assert document["together"]["figures"]["sensitive_recall_count"] == [1, 2]
    (worst,) = document["worst_errors"]
    assert (worst["set"], worst["id"], worst["right"], worst["said"]) == ("other", "c", "mycket_kanslig", "none")
    assert 0 <= worst["sensitive_probability"] <= 1


def test_floor_that_breaks_gives_status_1(tmp_path: Path, run: Run) -> None:
    path = write(tmp_path / "synthetic.jsonl", HARMLESS, SENSITIVE, MISSED)
    floors = _floors(
        tmp_path,
        "[synthetic]\nat_least.sensitive_recall = 0.9\nat_least.labels.none.recall = 1\n"
        "at_most.mycket_kanslig_missed = 0.02\nat_least.categories.photo.recall = 0.5\n[other]\nat_least.macro_f1 = 1",
    )
    status, out, err = run("evaluate", path, "--floors", floors)
    assert status == 1
    assert "BROKEN  synthetic: sensitive_recall 0.500 (at least 0.900)" in out
    assert "held    synthetic: labels.none.recall 1.000 (at least 1.000)" in out
    told = err.splitlines()
    assert len(told) == 3
    assert [word for word in ("synthetic", "sensitive_recall", "0.5000", "0.9") if word not in told[0]] == []
    assert [word for word in ("categories.photo.recall", "0.5") if word not in told[1]] == []
    assert [word for word in ("mycket_kanslig_missed", "0.5000", "0.02") if word not in told[2]] == []
    assert run("evaluate", path, "--floors", floors, "--no-floors")[0] == 0


def test_floors_that_hold_give_status_0(labelled: Path, tmp_path: Path, run: Run) -> None:
    floors = _floors(tmp_path, "[synthetic]\nat_least.macro_f1 = 1.0\nat_most.false_alarm_rate = 0.0")
    status, out, err = run("evaluate", labelled, "--floors", floors)
    assert (status, err) == (0, "")
    assert out.count("held  ") == 2


def test_the_product_keeps_its_floors(run: Run) -> None:
    """The real floors. When this fails, the labels have got worse: docs/evaluation.md, "When a floor breaks"."""
    status, out, err = run("evaluate", SMALL_TOWN, "--json", "-")
    document = json.loads(out)
    assert (status, err) == (0, "")
    assert len(document["floors"]) >= 5
    assert all(one["holds"] for one in document["floors"])


def test_sample_file_has_something_of_everything() -> None:
    rows = [json.loads(line) for line in SMALL_TOWN.read_text("utf-8").splitlines()]
    assert {row["label"] for row in rows} == {"none", "kanslig", "mycket_kanslig"}
    assert {row["kind"] for row in rows} == {"message", "appointment"}
    assert {row["compose_type"] for row in rows} == {"new", "reply", "forward"}
    assert len({row["id"] for row in rows}) == len(rows) >= 30


def test_ids_do_not_steer_the_terminal(tmp_path: Path, run: Run) -> None:
    _, out, _ = run("evaluate", write(tmp_path / "x.jsonl", MISSED | {"id": "\x1b[2J\x07c", "group": "\x9b1m"}))
    assert "c: mycket_kanslig" in out
    assert [char for char in out if not char.isprintable() and char != "\n"] == []


def test_duplicates_are_told(tmp_path: Path, run: Run) -> None:
    status, out, err = run("evaluate", write(tmp_path / "x.jsonl", HARMLESS, HARMLESS))
    assert (status, "ids that stand more than once: a" in out) == (0, True)
    assert "x: " in err


@pytest.mark.parametrize(
    "line",
    [b"{", b"[]", {"id": "a", "subject": "", "body": "Hej"}, HARMLESS | {"label": "topp"}, HARMLESS | {"body": " "}],
    ids=str,
)
def test_unusable_row_is_named(line: object, tmp_path: Path, run: Run) -> None:
    status, out, err = run("evaluate", write(tmp_path / "x.jsonl", HARMLESS, line))
    assert (status, out) == (2, "")
    assert "labelled_unusable" in err
    assert "x.jsonl:2" in err


def test_wrong_usage(labelled: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "empty.jsonl").touch()
    for words, code in (
        ([tmp_path / "missing.jsonl"], "file_not_found"),
        ([tmp_path], "file_unreadable"),
        ([tmp_path / "empty.jsonl"], "labelled_unusable"),
        ([labelled, "--floors", tmp_path / "missing.toml"], "floors_unusable"),
        ([labelled, "--html", tmp_path / "no" / "x.html"], "folder_unusable"),
        ([labelled, "--json", tmp_path], "folder_unusable"),
    ):
        status, _, err = run("evaluate", *words)
        assert (status, code in err) == (2, True), words
    assert run("evaluate")[0] == 2


def test_no_report_shows_anybody(tmp_path: Path, run: Run) -> None:
    text = (
        "tjoflöjt kanariesson, Kanariegatan 17, 19000101-9801, tjoflöjt.kanarie@fågelbo.example, placerad enligt LVU."
    )
    row = {"subject": "Rehabmöte Tjoflöjt Kanariesson", "body": text}
    path = write(tmp_path / "x.jsonl", *(row | {"id": label, "label": label} for label in ("none", "kanslig")))
    _, out, err = run("evaluate", path, "--json", tmp_path / "x.json", "--html", tmp_path / "x.html")
    told = [out, err, (tmp_path / "x.json").read_text("utf-8"), (tmp_path / "x.html").read_text("utf-8")]
    assert "[namn]" in told[0]
    for text in told:
        lower = text.lower()
        assert [word for word in ("tjoflöjt", "kanarie", "19000101", "9801", "fågelbo") if word in lower] == []

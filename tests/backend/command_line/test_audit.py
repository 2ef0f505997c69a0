"""`audit verify` and `audit export`: what they tell, and that a broken log is not handed out."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from backend.command_line import audit
from backend.domain.errors import WrongSettings
from backend.store.tables import Base
from tests.backend.command_line.kept_rows import AT, OTHER_KEYS, SARA, kept_rows, runner
from tests.backend.command_line.shell import Run


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    yield from kept_rows(tmp_path, monkeypatch)


@pytest.fixture
def run(engine: Engine, capsys: pytest.CaptureFixture[str]) -> Run:
    _ = engine
    return runner(audit, capsys)


def _break(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_event WHERE number = 1 AND tenant = 'granvik'"))


def test_whole_logs(run: Run) -> None:
    status, out, err = run("verify")
    assert (status, err) == (0, "")
    assert "granvik: kedjan håller. 2 rader, nr 1–2" in out
    assert "elsewhere: kedjan håller" in out


def test_noted_digest(run: Run) -> None:
    digest = run("verify", "--tenant", "granvik")[1].split()[-1]
    assert len(digest) == 64
    assert run("verify", "--tenant", "granvik", "--expect", digest)[0] == 0
    status, out, _ = run("verify", "--tenant", "granvik", "--expect", "0" * 63 + "1")
    assert (status, "(expected_absent)" in out) == (1, True)
    assert run("verify", "--expect", digest)[0] == 2


def test_log_that_is_gone(run: Run, engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        for table in ("audit_event", "audit_head"):
            connection.execute(text(f"DELETE FROM {table} WHERE tenant = 'granvik'"))  # noqa: S608 - our own names
    for words in (["verify"], ["verify", "--tenant", "granvik"]):
        status, out, _ = run(*words)
        assert (status, "granvik: " in out, "(log_missing)" in out) == (1, True, True)
    assert run("verify", "--tenant", "elsewhere")[0] == 0
    path = tmp_path / "log.csv"
    assert run("export", "--output", path)[0] == 1
    assert not path.exists()


def test_no_log_where_nothing_happened(run: Run, engine: Engine) -> None:
    with engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
    assert run("verify")[:2] == (0, "Det finns ingen logg i databasen.\n")


def test_broken_log(run: Run, engine: Engine, tmp_path: Path) -> None:
    _break(engine)
    status, out, _ = run("verify")
    assert status == 1
    assert "granvik: kedjan håller inte. Första felet vid nr 1: en rad saknas (row_missing)." in out
    assert "elsewhere: kedjan håller." in out
    path = tmp_path / "log.csv"
    path.write_text("before", "utf-8")
    status, out, err = run("export", "--output", path)
    assert (status, out, path.read_text("utf-8")) == (1, "", "before")
    assert "Inget skrevs" in err
    assert run("export", "--tenant", "elsewhere")[0] == 0


def test_export_as_json_lines(run: Run) -> None:
    status, out, err = run("export", "--tenant", "granvik")
    assert (status, err) == (0, "")
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["event.action"] for line in lines] == ["send_prompted", "send_prompted", "log_exported"]
    assert {line["organization.id"] for line in lines} == {"granvik"}


def test_export_of_one_person_and_stretch(run: Run) -> None:
    day = AT.date().isoformat()
    found = run("export", "--person", "sara", "--from", day, "--to", day)[1].splitlines()
    assert [json.loads(line)["user.id"] for line in found if "granvik" in line] == [SARA.actor]
    assert run("export", "--to", "2026-01-01")[1] == ""


def test_export_to_a_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    status, out, err = run("export", "--format", "csv", "--output", path)
    assert (status, out) == (0, "")
    assert f"6 rader skrevs till {path}" in err
    assert path.stat().st_mode & 0o777 == 0o600
    with path.open(newline="", encoding="utf-8") as file:
        found = list(csv.DictReader(file))
    assert [row["tenant"] for row in found] == ["elsewhere"] * 3 + ["granvik"] * 3
    assert sorted(one.name for one in tmp_path.iterdir() if "sqlite" not in one.name) == ["log.csv"]


def test_export_to_nowhere(run: Run, tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match="folder_unusable"):
        run("export", "--output", tmp_path / "nowhere" / "log.csv")


@pytest.mark.parametrize("words", [[], ["drop"], ["export", "--from", "igår"], ["export", "--format", "xlsx"]], ids=str)
def test_wrong_usage(words: list[str], run: Run) -> None:
    assert run(*words)[0] == 2


@pytest.mark.parametrize("action", ["verify", "export"])
@pytest.mark.parametrize(("key", "code"), OTHER_KEYS)
def test_other_key(key: str, code: str, action: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = run("verify")[1]
    with monkeypatch.context() as other:
        other.setenv("SANDKOLL_SECRET_KEY", key)
        with pytest.raises(WrongSettings, match=code):
            run(action)
    assert run("verify")[1] == before


@pytest.mark.parametrize("action", ["verify", "export"])
def test_unknown_tenant(action: str, run: Run) -> None:
    with pytest.raises(WrongSettings, match="tenant_unknown"):
        run(action, "--tenant", "granvk")
    assert "granvk" not in run("verify")[1]

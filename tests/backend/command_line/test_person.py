"""`person export` and `person erase`."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from backend.command_line import person
from backend.domain.errors import WrongSettings
from tests.backend.command_line.kept_rows import OTHER_KEYS, SARA, kept_rows, runner
from tests.backend.command_line.shell import Run
from tests.backend.store.every_row import Employee, content, leave_rows

WHO = ("--tenant", "granvik", "--person", "sara")
ADDRESS = ("--address", SARA.mailbox.address)


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    yield from kept_rows(tmp_path, monkeypatch)


@pytest.fixture
def run(engine: Engine, capsys: pytest.CaptureFixture[str]) -> Run:
    _ = engine
    return runner(person, capsys)


def test_export_is_readable(run: Run) -> None:
    status, out, err = run("export", *WHO, *ADDRESS)
    assert (status, err) == (0, "")
    document = json.loads(out)
    (asked,) = document["begäranden om vidarebefordran"]
    assert (asked["namn"], asked["adress"], asked["kommentar"]) == ("Sara", SARA.mailbox.address, "Bo behöver det.")
    assert len(document["trådar som adressen deltar i"]) == 1


def test_export_to_a_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "sara.json"
    status, out, _ = run("export", *WHO, *ADDRESS, "--output", path)
    assert (status, out) == (0, "")
    assert json.loads(path.read_text("utf-8"))["kontroller vid utskick"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_erase(run: Run, engine: Engine) -> None:
    strangers = content(engine, "elsewhere")
    status, out, _ = run("erase", *WHO, *ADDRESS)
    assert status == 0
    assert "Inget om personen finns kvar." in out
    assert "kontroller vid utskick: 1" in out
    assert not any(json.loads(run("export", *WHO, *ADDRESS)[1]).values())
    assert content(engine, "elsewhere") == strangers


def test_without_an_address_it_is_said(run: Run) -> None:
    assert "--address" in run("export", *WHO)[2]


@pytest.mark.parametrize("words", [["export"], ["erase", "--tenant", "granvik"], ["forget", *WHO]], ids=str)
def test_wrong_usage(words: list[str], run: Run) -> None:
    assert run(*words)[0] == 2


def test_unknown_tenant(run: Run, engine: Engine) -> None:
    for action in ("export", "erase"):
        with pytest.raises(WrongSettings, match="tenant_unknown: granvk"):
            run(action, "--tenant", "granvk", "--person", "sara")
    assert not any(content(engine, "granvk").values())


@pytest.mark.parametrize(("key", "code"), OTHER_KEYS)
def test_other_key(key: str, code: str, run: Run, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    before = content(engine, "granvik")
    monkeypatch.setenv("SANDKOLL_SECRET_KEY", key)
    for action in ("export", "erase"):
        with pytest.raises(WrongSettings, match=code):
            run(action, *WHO, *ADDRESS)
    assert content(engine, "granvik") == before


def test_database_that_is_not_there_is_not_made(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANDKOLL_DATABASE_URL", f"sqlite:///{tmp_path / 'typo' / 'records.sqlite3'}")
    with pytest.raises(WrongSettings, match="database_missing"):
        run("export", *WHO)
    assert not (tmp_path / "typo").exists()


TENANT, OID = "6d1c1c3e-0000-4000-8000-00000000abcd", "7e2d2d4f-0000-4000-8000-00000000abcd"


def test_ids_count_in_any_case(run: Run, engine: Engine) -> None:
    who = Employee(TENANT, OID)
    leave_rows(engine, who, Employee(TENANT, "kerstin"))
    status, out, _ = run("export", "--tenant", TENANT.upper(), "--person", OID.upper())
    assert status == 0
    assert len(json.loads(out)["kontroller vid utskick"]) == 1

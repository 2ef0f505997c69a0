"""`purge`: by the policy's times, in one or all tenants, and counted again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from backend.command_line import purge
from backend.decision.policy import read_policy
from backend.domain.errors import WrongSettings
from backend.store.tables import Base
from tests.backend.command_line.kept_rows import OTHER_KEYS, kept_rows, runner
from tests.backend.command_line.shell import Run
from tests.backend.store.every_row import content, counted

SHORT = 'extends = "standard"\nid = "short"\nname = "Kort"\n[retention]\nflagged_threads = 30\n'


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Times of a day: of threads 30: all rows of the fixture are of an earlier year than any clock that runs this."""
    path = tmp_path / "short.toml"
    kinds = ("send_checks", "forward_requests", "request_addresses", "notices", "audit")
    path.write_text(SHORT + "".join(f"{kind} = 1\n" for kind in (*kinds, "feedback", "habits")), "utf-8")
    monkeypatch.setenv("SANDKOLL_POLICY", "ronneby")
    for engine in kept_rows(tmp_path, monkeypatch):
        with engine.begin() as connection:
            for table, column in AGED:
                connection.execute(text(f"UPDATE {table} SET {column} = '2020-01-01'"))  # noqa: S608 - our own names
        yield engine


AGED = [
    ("send_check", "checked_at"), ("flagged_thread", "last_at"), ("forward_request", "ended_at"),
    ("notice", "done_at"), ("feedback", "given_on"), ("habit", "sent_on"),
]  # fmt: skip


@pytest.fixture
def bare(engine: Engine, capsys: pytest.CaptureFixture[str]) -> Run:
    _ = engine
    return runner(purge, capsys)


@pytest.fixture
def run(bare: Run, tmp_path: Path) -> Run:
    """With the policy that is said for those who are in no file."""
    return lambda *words: bare("--policy", tmp_path / "short.toml", *words)


def test_all_tenants(run: Run, engine: Engine) -> None:
    status, out, err = run()
    assert (status, err) == (0, "")
    for tenant in ("granvik", "elsewhere"):
        assert f"{tenant}: inget äldre finns kvar." in out
        assert {table for table, count in counted(engine, tenant).items() if count} == {"audit_event", "audit_head"}


def test_one_tenant(run: Run, engine: Engine) -> None:
    before = counted(engine, "elsewhere")
    assert run("--tenant", "granvik")[0] == 0
    assert counted(engine, "elsewhere") == before


def test_dry_run(run: Run, engine: Engine) -> None:
    before = counted(engine, "granvik")
    status, out, _ = run("--dry-run", "--tenant", "granvik")
    assert (status, counted(engine, "granvik")) == (0, before)
    assert ["kontroller", "vid", "utskick", "1", "2"] in [line.split() for line in out.splitlines()]


def test_broken_log(run: Run, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    _ = monkeypatch
    with engine.begin() as connection:
        connection.execute(text("UPDATE audit_event SET at = '2020-01-01 00:00:00.000000'"))
    status, out, _ = run("--tenant", "granvik")
    assert status == 1
    assert "(row_changed)" in out


def test_without_a_file_of_tenants_or_a_policy_nothing_is_purged(bare: Run, engine: Engine) -> None:
    before = content(engine, "granvik")
    for words in ([], ["--tenant", "granvik"], ["--dry-run"]):
        with pytest.raises(WrongSettings, match="SANDKOLL_TENANTS"):
            bare(*words)
    assert content(engine, "granvik") == before


LISTED = "6d1c1c3e-0000-4000-8000-00000000abcd"


@pytest.fixture
def listed(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of tenants, where one of those in the database stands, with a policy of its own."""
    with engine.begin() as connection:
        for table in Base.metadata.tables:
            if not table.startswith("audit"):
                connection.execute(text(f"UPDATE {table} SET tenant = '{LISTED}' WHERE tenant = 'elsewhere'"))  # noqa: S608 - our own names
    path = tmp_path / "tenants.toml"
    rows = f'id = "{LISTED.upper()}"\nname = "G"\ndomains = ["g.example"]\npolicy = "{tmp_path / "short.toml"}"\n'
    path.write_text(f"[[tenant]]\n{rows}", "utf-8")
    monkeypatch.setenv("SANDKOLL_TENANTS", str(path))


@pytest.mark.usefixtures("listed")
def test_tenant_that_is_not_listed_is_refused_after_the_others(bare: Run, engine: Engine) -> None:
    before = content(engine, "granvik")
    with pytest.raises(WrongSettings, match="tenant_not_listed: elsewhere, granvik"):
        bare()
    assert content(engine, "granvik") == before
    left = {table for table, count in counted(engine, LISTED).items() if count}
    assert left == {"audit_event", "audit_head"}
    with pytest.raises(WrongSettings, match="tenant_not_listed: granvik"):
        bare("--tenant", "granvik")


@pytest.mark.usefixtures("listed")
def test_policy_that_is_said_is_for_those_who_are_not_listed(bare: Run) -> None:
    out = bare("--policy", "standard", "--dry-run")[1]
    own, others = out.split(LISTED)[1], out.split("granvik")[1].split(LISTED)[0]
    times = [next(line.split()[3] for line in part.splitlines() if "vid utskick" in line) for part in (own, others)]
    assert times == ["1", str(read_policy("standard").rules.retention.send_checks)]


@pytest.mark.parametrize("tenant", ["granvk", LISTED])
def test_unknown_tenant(tenant: str, run: Run) -> None:
    with pytest.raises(WrongSettings, match="tenant_unknown"):
        run("--tenant", tenant)


@pytest.mark.usefixtures("listed")
def test_ids_count_in_any_case(bare: Run) -> None:
    assert LISTED in bare("--tenant", LISTED.upper())[1]


@pytest.mark.parametrize(("key", "code"), OTHER_KEYS)
def test_other_key(key: str, code: str, run: Run, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    before = content(engine, "granvik")
    monkeypatch.setenv("SANDKOLL_SECRET_KEY", key)
    for words in ([], ["--tenant", "granvik"], ["--dry-run"]):
        with pytest.raises(WrongSettings, match=code):
            run(*words)
    assert content(engine, "granvik") == before

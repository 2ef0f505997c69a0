"""The tasks as an installation has them: what goes wrong in them is told, and another key does nothing."""

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from structlog.testing import capture_logs

from backend.assembly import demo_services
from backend.domain.audit import AuditEntry, Event
from backend.domain.errors import WrongSettings
from backend.domain.notices import NoticeState
from backend.domain.store import Work
from backend.services import Services
from backend.store.database import open_database
from backend.workflow.forward_seals import ForwardSeals
from backend.workflow.sealing import Sealer
from tests.backend.notices.letters import KERSTIN
from tests.backend.served import KEY, settings_for
from tests.backend.store import rows
from tests.backend.store.every_row import AT


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return demo_services(settings_for(tmp_path))[0]


def _tenant(services: Services) -> str:
    (tenant,) = services.municipalities
    return tenant


def _put(services: Services) -> str:
    """A notice that waits, with the entry that is always written beside."""
    tenant = _tenant(services)
    notice = rows.notice(1)
    notice = replace(notice, sealed=ForwardSeals(Sealer(KEY.encode()), tenant).notice(notice.id, KERSTIN))

    def step(work: Work) -> None:
        work.notices.add(notice)
        work.audit.append(AuditEntry(Event.FORWARD_REQUESTED, AT))

    services.store.run(tenant, step)
    return tenant


def test_another_key_is_told_and_nothing_is_done(services: Services, tmp_path: Path) -> None:
    tenant = _put(services)
    settings = settings_for(tmp_path).model_copy(update={"secret_key": SecretStr("x" * 64)})
    other, _ = demo_services(settings)
    with pytest.raises(WrongSettings, match="other_secret_key"):
        other.upkeep.check()
    with capture_logs() as logs:
        assert other.upkeep.round() == 3
    assert {one["code"] for one in logs} == {"other_secret_key"}
    (kept,) = services.store.look(tenant, lambda work: work.notices.newest())
    assert (kept.state, kept.tries) == (NoticeState.WAITING, 0)
    assert services.store.look(tenant, lambda work: len(list(work.audit.rows()))) == 1
    services.upkeep.check()
    assert services.upkeep.round() == 0
    (kept,) = services.store.look(tenant, lambda work: work.notices.newest())
    assert kept.state is NoticeState.SENT


def test_notice_that_does_not_go_out_is_a_failure(services: Services) -> None:
    tenant = _put(services)
    notice = rows.notice(2, sealed=b"no sealed text at all")
    services.store.run(tenant, lambda work: work.notices.add(notice))
    with capture_logs() as logs:
        assert services.upkeep.round() == 1
    assert [one["code"] for one in logs if one["event"] == "upkeep_failed"] == ["notices_undelivered"]


def test_log_that_is_not_whole_is_told_by_the_purge(services: Services, tmp_path: Path) -> None:
    tenant = _tenant(services)
    for _ in range(2):
        entry = AuditEntry(Event.SEND_ALLOWED, AT.replace(year=2001))
        services.store.run(tenant, lambda work, entry=entry: work.audit.append(entry))  # type: ignore[misc]  # mypy infers no lambda with a default
    engine = open_database(f"sqlite:///{tmp_path / 'records.sqlite3'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE audit_event SET event = 'send_blocked' WHERE number = 2"))
    engine.dispose()
    with capture_logs() as logs:
        assert services.upkeep.round() == 1
    told = [(one.get("kind"), one.get("code")) for one in logs if one["log_level"] == "error"]
    assert told == [("row_changed", None), (None, "log_not_whole")]

"""What is news no more does not go out, and what did not go out is counted."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from structlog.testing import capture_logs

from backend.domain.audit import Event
from backend.domain.forwarding import RequestStatus
from backend.domain.notices import NoticeKind, NoticeState
from backend.notices.demo_courier import DemoCourier
from tests.backend.notices.letters import NOW
from tests.backend.notices.post_office import TENANT, PostOffice, outbox_of
from tests.backend.notices.smtp_server import smtp_server
from tests.backend.store.conftest import engine, postgresql, postgresql_url, url
from tests.backend.store.rows import forward_request

__all__ = ["engine", "postgresql", "postgresql_url", "url"]


@pytest.fixture
def office(engine: Engine) -> Iterator[PostOffice]:
    with smtp_server() as desk:
        yield PostOffice(outbox_of(engine), desk)


REQUEST_ID = f"{7:032x}"
ASKED, HOUR = NoticeKind.APPROVAL_ASKED, timedelta(hours=1)
STALE: dict[str, tuple[NoticeKind, RequestStatus, timedelta, bool]] = {
    "asked, and it waits": (ASKED, RequestStatus.PENDING, HOUR, False),
    "asked, and answered": (ASKED, RequestStatus.REFUSED, HOUR, True),
    "asked, and withdrawn": (ASKED, RequestStatus.WITHDRAWN, HOUR, True),
    "asked, and time is over": (ASKED, RequestStatus.PENDING, 24 * HOUR, True),
    "answer": (NoticeKind.REQUEST_REFUSED, RequestStatus.REFUSED, HOUR, False),
    "answer that waited for long": (NoticeKind.REQUEST_REFUSED, RequestStatus.REFUSED, 25 * HOUR, True),
    "expired, told soon": (NoticeKind.REQUEST_EXPIRED, RequestStatus.EXPIRED, HOUR, False),
}


@pytest.mark.parametrize(("kind", "status", "age", "stale"), STALE.values(), ids=STALE)
def test_news_that_is_none_any_more_does_not_go_out(
    kind: NoticeKind,
    status: RequestStatus,
    age: timedelta,
    stale: bool,  # noqa: FBT001 - a column of the table
    office: PostOffice,
) -> None:
    asked = NOW - (24 * HOUR if kind is NoticeKind.REQUEST_EXPIRED else timedelta(0))
    request = forward_request(7, id=REQUEST_ID, status=status, asked_at=asked, expires_at=asked + 24 * HOUR)
    office.outbox.store.run(TENANT, lambda work: work.requests.add(request))
    office.put(kind=kind, request_id=REQUEST_ID)
    office.passes(age)
    with capture_logs() as logs:
        done = office.delivery(DemoCourier()).delivered(TENANT)
    assert (done.sent, done.failed) == (not stale, 0)
    assert not [one for one in logs if one["log_level"] == "error"]
    assert (office.only().state, office.only().error) == (
        (NoticeState.DEAD, "stale") if stale else (NoticeState.SENT, "")
    )
    (row,) = office.log()
    assert row.entry.event is (Event.NOTICE_GIVEN_UP if stale else Event.NOTICE_SENT)
    assert row.entry.details.get("error", "") == ("stale" if stale else "")


def test_what_could_not_be_handed_over_is_counted(office: PostOffice) -> None:
    office.put()
    office.desk.answers["RCPT"] = "451 4.7.1 later"
    done = office.delivery().delivered(TENANT)
    assert (done.sent, done.failed) == (0, 1)
    done = office.delivery().delivered(TENANT)
    assert (done.sent, done.failed) == (0, 0)

"""Delivery of the outbox on both databases: at least once, once where nothing breaks, and no notice stops another."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import Engine
from structlog.testing import capture_logs

from backend.domain.audit import Event
from backend.domain.draft import Mailbox
from backend.domain.errors import Unavailable
from backend.domain.notices import Letter, NoticeKind, NoticeState
from backend.domain.store import Store, T, Work
from backend.notices.courier_busy import CourierBusy
from backend.notices.demo_courier import DemoCourier
from backend.settings import PROJECT_FOLDER
from backend.workflow.deliver_notices import LEASE, MARGIN, MOST_TRIES, WAITS, Outbox
from backend.workflow.sealing import Sealer
from tests.backend.loopback_tls import loopback_tls
from tests.backend.notices import killed_courier
from tests.backend.notices.letters import BASE_URL, KERSTIN, NOW
from tests.backend.notices.post_office import TENANT, PostOffice, outbox_of
from tests.backend.notices.smtp_server import smtp_server
from tests.backend.store.conftest import engine, postgresql, postgresql_url, url

__all__ = ["engine", "postgresql", "postgresql_url", "url"]
_SPREAD = 0.2
_WORKERS = 6


@pytest.fixture
def office(engine: Engine) -> Iterator[PostOffice]:
    with smtp_server() as desk:
        yield PostOffice(outbox_of(engine), desk)


def events(office: PostOffice) -> list[Event]:
    return [row.entry.event for row in office.log()]


def test_notice_is_delivered_and_that_is_proven(office: PostOffice) -> None:
    notice = office.put()
    assert office.delivery().deliver(TENANT) == 1
    (taken,) = office.desk.letters
    assert taken.recipients == (KERSTIN.address,)
    assert taken.message["Message-ID"] == f"<{notice.id}@sandkoll.granvik.example>"
    assert f"{BASE_URL}/pages/approvals/{notice.request_id}" in taken.message.get_content()
    kept = office.only()
    assert (kept.state, kept.tries, kept.error, kept.done_at) == (NoticeState.SENT, 1, "", NOW)
    (row,) = office.log()
    assert (row.entry.event, row.entry.actor) == (Event.NOTICE_SENT, "")
    told = {"notice": notice.id, "request": notice.request_id, "kind": "approval_asked", "tries": 1}
    assert row.entry.details == told
    office.passes(timedelta(days=1))
    assert office.delivery().deliver(TENANT) == 0
    assert len(office.desk.letters) == 1


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_can_be_delivered(kind: NoticeKind, office: PostOffice) -> None:
    office.put(kind=kind)
    assert office.delivery(DemoCourier()).deliver(TENANT) == 1


def test_only_what_is_due_and_only_of_the_tenant(office: PostOffice) -> None:
    office.put(due_at=NOW + timedelta(minutes=1))
    assert office.delivery().deliver(TENANT) == 0
    office.passes(timedelta(minutes=2))
    assert office.delivery().deliver("elsewhere") == 0
    assert office.delivery().deliver(TENANT) == 1


def test_server_that_stays_down_is_tried_ever_less_and_then_given_up(office: PostOffice) -> None:
    notice = office.put()
    office.desk.answers["RCPT"] = "451 4.7.1 later"
    tries = [NOW]
    with capture_logs() as logs:
        while office.delivery().deliver(TENANT) == 0 and office.only().state is NoticeState.WAITING:
            assert office.only().error == "smtp_recipient_refused"
            office.clock.now = office.only().due_at - timedelta(seconds=1)
            assert office.delivery().deliver(TENANT) == 0
            office.passes(timedelta(seconds=1))
            tries.append(office.clock.now)
    assert len(tries) == office.desk.connections == MOST_TRIES
    expected = [*WAITS, *[WAITS[-1]] * MOST_TRIES]
    for (before, after), wait in zip(pairwise(tries), expected, strict=False):
        assert (1 - _SPREAD) * wait <= after - before <= (1 + _SPREAD) * wait
    dead = office.only()
    assert (dead.state, dead.tries, dead.error) == (NoticeState.DEAD, MOST_TRIES, "smtp_recipient_refused")
    (row,) = office.log()
    told = {"notice": notice.id, "request": notice.request_id, "kind": "approval_asked", "tries": MOST_TRIES}
    assert (row.entry.event, row.entry.details) == (Event.NOTICE_GIVEN_UP, told | {"error": dead.error})
    assert [one["notice"] for one in logs if one["event"] == "notice_given_up"] == [notice.id]
    office.passes(timedelta(days=30))
    assert office.delivery().deliver(TENANT) == 0
    assert office.desk.connections == MOST_TRIES


def test_server_that_comes_back_gets_the_letter(office: PostOffice) -> None:
    office.put()
    office.desk.answers["GREETING"] = "421 busy"
    assert office.delivery().deliver(TENANT) == 0
    del office.desk.answers["GREETING"]
    office.passes(timedelta(minutes=2))
    assert office.delivery().deliver(TENANT) == 1
    assert (office.only().tries, office.only().error) == (2, "")
    assert events(office) == [Event.NOTICE_SENT]


def test_final_refusal_is_given_up_at_once(office: PostOffice) -> None:
    office.put()
    office.desk.answers["RCPT"] = "550 5.1.1 unknown"
    assert office.delivery().deliver(TENANT) == 0
    assert (office.only().state, office.only().tries) == (NoticeState.DEAD, 1)
    assert events(office) == [Event.NOTICE_GIVEN_UP]


def _sealed(secret: bytes, place: str) -> bytes:
    return Sealer(secret).seal(TENANT, place, {"address": KERSTIN.address})


GONE: dict[str, bytes | None] = {
    "erased": None,
    "of another secret": _sealed(b"x" * 32, f"notice.to:{1:032x}"),
    "of another place": _sealed(b"secret of the test run".ljust(32), f"notice.to:{2:032x}"),
    "broken": b"no sealed text at all",
    "short": b"",
}


@pytest.mark.parametrize("sealed", GONE.values(), ids=GONE)
def test_address_that_cannot_be_read_is_final(sealed: bytes | None, office: PostOffice) -> None:
    office.put(sealed=sealed)
    assert office.delivery().deliver(TENANT) == 0
    assert (office.only().state, office.only().error) == (NoticeState.DEAD, "address_gone")
    assert office.desk.connections == 0
    (shown,) = office.outbox.newest(TENANT)
    assert shown.letter is None


@dataclass(frozen=True)
class Scripted:
    """A courier that does as the test says."""

    act: Callable[[Letter], object]

    def deliver(self, letter: Letter) -> None:
        self.act(letter)


def test_busy_courier_is_asked_again_when_it_said(office: PostOffice) -> None:
    def busy(_letter: Letter) -> None:
        raise CourierBusy("graph_busy", 1800.0)

    office.put()
    office.delivery(Scripted(busy)).deliver(TENANT)
    assert (office.only().due_at, office.only().error) == (NOW + timedelta(minutes=30), "graph_busy")


def test_poisoned_notices_do_not_stop_the_rest(office: PostOffice) -> None:
    real = office.delivery().courier

    def act(letter: Letter) -> None:
        if letter.to.name == "kanarie":
            raise RuntimeError(letter.to.address)
        real.deliver(letter)

    poison = {1: Mailbox("kanarie"), 3: Mailbox("fågelbo@granvik.example", "kanarie"), 5: Mailbox("\r\n@\x00")}
    for number in range(1, 8):
        office.put(number, poison.get(number, KERSTIN))
    with capture_logs() as logs:
        assert office.delivery(Scripted(act)).deliver(TENANT) == 4
    ends = {number: (one.state, one.error) for number, one in office.kept().items() if one.error}
    final = (NoticeState.DEAD, "address_unusable")
    assert ends == {1: final, 3: (NoticeState.WAITING, "courier_failed"), 5: final}
    assert not [one for one in ("kanarie", "fågelbo", "kerstin", "Åberg") if one in repr(logs)]


@dataclass(frozen=True)
class Forgetful:
    """A store that loses the connection when it is to save a notice."""

    store: Store
    lost: set[str]

    def run(self, tenant: str, step: Callable[[Work], T]) -> T:
        answer = self.store.run(tenant, step)
        if answer is None and self.lost:
            raise Unavailable("database_unreachable", self.lost.pop(), retry_after=1)
        return answer

    look = property(lambda self: self.store.look)
    tenants = property(lambda self: self.store.tenants)
    is_reachable = property(lambda self: self.store.is_reachable)


def test_outcome_that_cannot_be_saved_does_not_stop_the_rest(office: PostOffice) -> None:
    for number in (1, 2, 3):
        office.put(number)
    forgetful: Outbox = replace(office.outbox, store=Forgetful(office.outbox.store, {"x"}))
    assert replace(office.delivery(), outbox=forgetful).deliver(TENANT) == 2
    assert len(office.desk.letters) == 3


def test_no_delivery_begins_when_the_lease_is_nearly_over(office: PostOffice) -> None:
    for number in (1, 2, 3):
        office.put(number)
    slow = Scripted(lambda _letter: office.passes(LEASE - MARGIN + timedelta(seconds=1)))
    assert office.delivery(slow).deliver(TENANT) == 1
    assert office.delivery().deliver(TENANT) == 0
    office.passes(MARGIN)
    assert office.delivery().deliver(TENANT) == 2
    assert [one.tries for one in office.kept().values()] == [1, 1, 1]


def test_answer_that_is_lost_brings_the_same_letter_again(office: PostOffice) -> None:
    office.put()
    office.desk.cut_after_data = True
    assert office.delivery().deliver(TENANT) == 0
    office.desk.cut_after_data = False
    office.passes(timedelta(minutes=2))
    assert office.delivery().deliver(TENANT) == 1
    first, second = office.desk.letters
    assert first.message["Message-ID"] == second.message["Message-ID"]
    assert events(office) == [Event.NOTICE_SENT]


def test_worker_killed_before_it_saved_loses_nothing(office: PostOffice, url: str) -> None:
    office.put(1)
    office.put(2)
    words = [sys.executable, killed_courier.__file__, url, str(office.desk.port), loopback_tls().ca_file]
    died = subprocess.run(words, cwd=PROJECT_FOLDER, env={"PYTHONPATH": "."}, timeout=60, check=False)  # noqa: S603 - ours
    assert died.returncode == -9
    assert len(office.desk.letters) == 1
    assert office.delivery().deliver(TENANT) == 0
    assert events(office) == []
    office.passes(LEASE)
    assert office.delivery().deliver(TENANT) == 2
    ids = [one.message["Message-ID"] for one in office.desk.letters]
    assert (len(ids), len(set(ids))) == (3, 2)
    assert ids[0] in ids[1:]
    assert events(office) == [Event.NOTICE_SENT] * 2


def test_workers_at_once_deliver_each_notice_once(office: PostOffice) -> None:
    for number in range(30):
        office.put(number)
    with ThreadPoolExecutor(_WORKERS) as pool:
        counts = list(pool.map(lambda _: office.delivery().deliver(TENANT), range(_WORKERS)))
    assert sum(counts) == 30
    ids = [one.message["Message-ID"] for one in office.desk.letters]
    assert (len(ids), len(set(ids))) == (30, 30)
    assert events(office) == [Event.NOTICE_SENT] * 30


def test_one_round_empties_an_outbox_but_leaves_others_their_turn(office: PostOffice) -> None:
    for number in range(110):
        office.put(number)
    assert office.delivery(DemoCourier()).deliver(TENANT) == 100
    assert office.delivery(DemoCourier()).deliver(TENANT) == 10


def test_outbox_shows_the_words(office: PostOffice) -> None:
    office.put(1)
    office.put(2, made_at=NOW + timedelta(minutes=1), kind=NoticeKind.REQUEST_REFUSED)
    second, first = office.outbox.newest(TENANT)
    assert first.letter is not None
    assert (first.letter.to, first.notice.state) == (KERSTIN, NoticeState.WAITING)
    assert first.link in first.letter.text
    assert second.notice.kind is NoticeKind.REQUEST_REFUSED
    assert office.outbox.newest("elsewhere") == []
    assert [one.notice.id for one in office.outbox.newest(TENANT, 1)] == [second.notice.id]

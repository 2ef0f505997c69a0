"""Delivers the notices of the outbox: claim in one transaction, hand over outside of any, save the outcome in another.

A notice is delivered at least once: whoever is cut off between handing over and saving hands it over again, with the
same Message-ID.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import structlog

from backend.domain.audit import AuditEntry, Detail, Event
from backend.domain.draft import Mailbox
from backend.domain.forwarding import ForwardRequest, RequestStatus
from backend.domain.notices import Courier, Letter, Notice, NoticeKind, NoticeState, Undelivered
from backend.domain.store import Store, Work
from backend.notices.courier_busy import CourierBusy
from backend.notices.wording import Wording, link_to
from backend.workflow.forward_seals import notice_place
from backend.workflow.sealing import Sealer

_LOG = structlog.get_logger("backend.workflow.notices")
LEASE = timedelta(minutes=5)
"""For so long nobody else takes what one worker has claimed."""
MARGIN = timedelta(minutes=3)
"""No delivery begins so short before the lease ends: it is longer than any courier takes. What is left of the lease is
also as long as a mail server that hangs can keep a worker from its other tasks."""
WAITS = tuple(timedelta(minutes=one) for one in (1, 5, 15, 60, 240))
"""Between one try and the next; the last one over and over."""
MOST_TRIES = 10
_MOST_BATCHES = 5
"""Of one tenant in one round: the others get their turn."""
_SPREAD = 0.2


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class SeenNotice:
    """A notice with its words, as the demonstration's outbox shows it; None where the address is erased."""

    notice: Notice
    link: str
    letter: Letter | None


@dataclass(frozen=True, slots=True)
class Outbox:
    """The notices of every tenant, in words. `base_url` is where people reach the service."""

    store: Store
    sealer: Sealer
    wording: Wording
    base_url: str

    def letter(self, tenant: str, notice: Notice) -> Letter | None:
        """The notice as a letter; None where its address is erased or was sealed with another secret."""
        to = self.sealer.open(tenant, notice_place(notice.id), notice.sealed)
        if not to.get("address"):
            return None
        return self.wording.letter(notice, Mailbox(to["address"], to.get("name", "")), self.base_url)

    def newest(self, tenant: str, limit: int = 50) -> Sequence[SeenNotice]:
        """The newest notices in any state, newest first."""
        notices = self.store.look(tenant, lambda work: tuple(work.notices.newest(limit)))
        return [SeenNotice(one, link_to(one, self.base_url), self.letter(tenant, one)) for one in notices]


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many notices went out, and how many could not be handed over or saved. What is stale is neither."""

    sent: int
    failed: int


@dataclass(frozen=True, slots=True)
class NoticeDelivery:
    """Delivers what is due. Several may do so at once: each takes what no other has claimed."""

    outbox: Outbox
    courier: Courier
    clock: Callable[[], datetime] = _now

    def deliver(self, tenant: str) -> int:
        """How many of one tenant's notices went out now: see `delivered`."""
        return self.delivered(tenant).sent

    def delivered(self, tenant: str) -> Delivered:
        """Delivers one tenant's notices. One that cannot be delivered or saved stops no other.

        Raises what the store raises when nothing can be claimed.
        """
        sent = failed = 0
        until = self.clock() + LEASE
        for _ in range(_MOST_BATCHES):
            claimed = self._claim(tenant, until)
            for notice, request in claimed:
                went = self._delivered(tenant, notice, request, until)
                sent += went is True
                failed += went is False
            if not claimed:
                break
        return Delivered(sent, failed)

    def _claim(self, tenant: str, until: datetime) -> Sequence[tuple[Notice, ForwardRequest | None]]:
        """Notices, each with the request that it tells of."""
        if self._is_late(until):
            return ()
        now = self.clock()

        def step(work: Work) -> Sequence[tuple[Notice, ForwardRequest | None]]:
            return [(one, work.requests.get(one.request_id)) for one in work.notices.claim(now, until)]

        return self.outbox.store.run(tenant, step)

    def _is_late(self, until: datetime) -> bool:
        """Whether the lease is nearly over. What is claimed and left is due again when it is over."""
        return self.clock() > until - MARGIN

    def _delivered(self, tenant: str, notice: Notice, request: ForwardRequest | None, until: datetime) -> bool | None:
        """Whether it went out now and that is kept; None where it was left, or is not to go out."""
        if self._is_late(until):
            return None
        is_stale = request is not None and _is_stale(notice, request, self.clock())
        outcome = self._stale(notice) if is_stale else self._tried(tenant, notice)
        try:
            self._save(tenant, outcome)
        except Exception as error:  # noqa: BLE001 - the next one may be saved; this one goes out once more
            _LOG.error("notice_not_saved", notice=notice.id, error=type(error).__name__)
            return False
        return None if is_stale else outcome.state is NoticeState.SENT

    def _stale(self, notice: Notice) -> Notice:
        _LOG.info("notice_stale", notice=notice.id, kind=notice.kind.value)
        return replace(notice, state=NoticeState.DEAD, error="stale", done_at=self.clock())

    def _tried(self, tenant: str, notice: Notice) -> Notice:
        """The notice after a try to hand it over."""
        tried = replace(notice, tries=notice.tries + 1, error="")
        try:
            letter = self.outbox.letter(tenant, notice)
            if letter is None:
                raise Undelivered("address_gone", again=False)  # noqa: TRY301 - ends like every other refusal
            self.courier.deliver(letter)
        except Undelivered as refusal:
            return self._after(tried, refusal)
        except Exception as error:  # noqa: BLE001 - a courier's own mistake must not stop the rest
            _LOG.error("notice_failed", notice=notice.id, error=type(error).__name__)
            return self._after(tried, Undelivered("courier_failed"))
        return replace(tried, state=NoticeState.SENT, done_at=self.clock())

    def _after(self, tried: Notice, refusal: Undelivered) -> Notice:
        now = self.clock()
        if not refusal.again or tried.tries >= MOST_TRIES:
            _LOG.error("notice_given_up", notice=tried.id, kind=tried.kind.value, code=refusal.code, tries=tried.tries)
            return replace(tried, state=NoticeState.DEAD, error=refusal.code, done_at=now)
        wait = WAITS[min(tried.tries, len(WAITS)) - 1] * random.uniform(1 - _SPREAD, 1 + _SPREAD)  # noqa: S311 - no secret
        if isinstance(refusal, CourierBusy):
            wait = max(wait, timedelta(seconds=refusal.seconds))
        return replace(tried, error=refusal.code, due_at=now + wait)

    def _save(self, tenant: str, notice: Notice) -> None:
        def step(work: Work) -> None:
            work.notices.save(notice)
            if notice.done_at is not None:
                work.audit.append(AuditEntry(_EVENTS[notice.state], notice.done_at, details=_details(notice)))

        self.outbox.store.run(tenant, step)


def _is_stale(notice: Notice, request: ForwardRequest, now: datetime) -> bool:
    """Whether the news is none any more: nobody is to answer, or it has waited longer than the request's own time."""
    if notice.kind is NoticeKind.APPROVAL_ASKED:
        return request.status is not RequestStatus.PENDING or now >= request.expires_at
    return now - notice.made_at > request.expires_at - request.asked_at


_EVENTS = {NoticeState.SENT: Event.NOTICE_SENT, NoticeState.DEAD: Event.NOTICE_GIVEN_UP}


def _details(notice: Notice) -> dict[str, Detail]:
    told: dict[str, Detail] = {
        "notice": notice.id,
        "request": notice.request_id,
        "kind": notice.kind.value,
        "tries": notice.tries,
    }
    return told | ({"error": notice.error} if notice.error else {})

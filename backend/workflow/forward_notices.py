"""What is told of a forward request, and to whom: notices for the outbox, kept in the transaction that decides."""

import json
from collections.abc import Iterable
from datetime import datetime

from backend.domain.draft import Mailbox
from backend.domain.forwarding import ForwardRequest, RequestStatus
from backend.domain.notices import Notice, NoticeKind
from backend.domain.store import Work
from backend.workflow.forward_seals import ForwardSeals
from backend.workflow.record_keys import RecordKeys
from backend.workflow.sealing import Sealer

_ID_DIGITS = 32


class ForwardNotices:
    """Puts notices into the outbox. One of each kind for each request and mailbox: the id is a keyed hash of these."""

    def __init__(self, keys: RecordKeys, sealer: Sealer) -> None:
        self._keys, self._sealer = keys, sealer

    def asked(self, work: Work, tenant: str, request: ForwardRequest, now: datetime) -> None:
        """To everybody who is asked."""
        self._add(work, tenant, request, (NoticeKind.APPROVAL_ASKED, now))

    def ended(self, work: Work, tenant: str, request: ForwardRequest, now: datetime) -> None:
        """To who asked: how it was decided, or that its time is over. To those asked: that it was withdrawn first.

        An approval that is given back, or used, is nobody's news.
        """
        kind = _KIND_OF_STATUS.get(request.status)
        if kind is NoticeKind.REQUEST_APPROVED and not all(one.approved for one in request.recipients):
            kind = NoticeKind.REQUEST_PARTLY_APPROVED
        if kind is None or (kind is NoticeKind.REQUEST_WITHDRAWN and request.decided_at is not None):
            return
        self._add(work, tenant, request, (kind, now))

    def _add(self, work: Work, tenant: str, request: ForwardRequest, what: tuple[NoticeKind, datetime]) -> None:
        kind, now = what
        seals = ForwardSeals(self._sealer, tenant)
        asked = seals.opened_asked(request)
        if asked is None:
            return
        to_asked = kind in (NoticeKind.APPROVAL_ASKED, NoticeKind.REQUEST_WITHDRAWN)
        for mailbox in _once(asked.told if to_asked else (asked.requester,)):
            words = json.dumps(["notice", request.id, kind.value, mailbox.key])
            notice_id = self._keys.content(tenant, words)[:_ID_DIGITS]
            work.notices.add(Notice(notice_id, kind, request.id, now, now, seals.notice(notice_id, mailbox)))


_KIND_OF_STATUS = {
    RequestStatus.APPROVED: NoticeKind.REQUEST_APPROVED,
    RequestStatus.REFUSED: NoticeKind.REQUEST_REFUSED,
    RequestStatus.EXPIRED: NoticeKind.REQUEST_EXPIRED,
    RequestStatus.WITHDRAWN: NoticeKind.REQUEST_WITHDRAWN,
}


def _once(mailboxes: Iterable[Mailbox]) -> list[Mailbox]:
    """Each that has an address, once."""
    return list({one.key: one for one in mailboxes if one.key}.values())

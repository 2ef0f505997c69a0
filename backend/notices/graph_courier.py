"""Delivers letters by Microsoft Graph: `sendMail` from one mailbox of the organisation, as the application itself.

Source: learn.microsoft.com/graph/api/user-sendmail. A letter goes as MIME: only so may its headers be given
(Message-ID, Auto-Submitted); in JSON only those that begin with x-.
"""

from base64 import b64encode
from collections.abc import Callable
from http import HTTPStatus
from time import monotonic
from urllib.parse import quote

import requests
import structlog

from backend.domain.draft import Mailbox
from backend.domain.notices import Letter, Undelivered
from backend.notices.app_tokens import AppTokens
from backend.notices.bounded_session import BoundedSession
from backend.notices.courier_busy import CourierBusy
from backend.notices.graph_access import GraphMailbox
from backend.notices.mail import message_of
from backend.notices.retry_after import seconds_of

_LOG = structlog.get_logger("backend.notices")
_BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
_PERMISSION = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
_LETTER = {HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY}


class GraphCourier:
    """One tenant's. Thread-safe. Never reads what an error says: it may hold an address."""

    def __init__(self, mailbox: GraphMailbox, clock: Callable[[], float] = monotonic) -> None:
        self._sender = Mailbox(mailbox.sender, mailbox.sender_name)
        self._url = f"{mailbox.graph_url}/users/{quote(mailbox.sender, safe='@')}/sendMail"
        self._session = BoundedSession(mailbox)
        self._tokens = AppTokens(mailbox, self._session)
        self._clock = clock
        self._rests_until = 0.0

    def deliver(self, letter: Letter) -> None:
        """See Courier. Only what Graph says of the letter itself is final: permissions and mailboxes can be mended."""
        rest = self._rests_until - self._clock()
        if rest > 0:
            raise CourierBusy("graph_busy", rest)
        content = b64encode(message_of(letter, self._sender).as_bytes())
        headers = {"Authorization": f"Bearer {self._tokens.token()}", "Content-Type": "text/plain"}
        try:
            response = self._session.post(self._url, data=content, headers=headers)
        except (requests.RequestException, OSError) as error:
            _LOG.warning("notice_not_taken", code="graph_unreachable", error=type(error).__name__)
            raise Undelivered("graph_unreachable") from None
        if response.status_code != HTTPStatus.ACCEPTED:
            raise self._refusal(response)

    def close(self) -> None:
        """Closes the connections."""
        self._session.close()

    def _refusal(self, response: requests.Response) -> Undelivered:
        status = response.status_code
        _LOG.warning("notice_not_taken", code="graph_answered", status=status)
        if status in _BUSY:
            wait = seconds_of(response.headers.get("Retry-After", ""))
            self._rests_until = self._clock() + wait
            return CourierBusy("graph_busy", wait)
        if status == HTTPStatus.UNAUTHORIZED:
            self._tokens.forget()
            return Undelivered("graph_token_refused")
        if status in _PERMISSION:
            return Undelivered("graph_not_permitted")
        return Undelivered("graph_letter_refused", again=False) if status in _LETTER else Undelivered("graph_failed")

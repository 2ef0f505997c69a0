"""The application's own tokens for Graph: OAuth 2.0 client credentials by msal, kept in memory as long as they last.

Source: learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow.
"""

import logging
from collections.abc import Mapping
from threading import Lock

import msal  # type: ignore[import-untyped]  # it has no types
import requests
import structlog

from backend.domain.notices import Undelivered
from backend.notices.graph_access import GraphMailbox

_LOG = structlog.get_logger("backend.notices")
# msal logs an answer that it cannot read word for word, and a token may stand in it.
logging.getLogger("msal").setLevel(logging.CRITICAL + 1)
logging.getLogger("msal").propagate = False


class AppTokens:
    """One tenant's. Thread-safe: one at a time asks, the others find the token kept."""

    def __init__(self, mailbox: GraphMailbox, session: requests.Session) -> None:
        self._mailbox = mailbox
        self._session = session
        self._application: msal.ConfidentialClientApplication | None = None
        self._lock = Lock()

    def token(self) -> str:
        """A token that is still good. Raises Undelivered (`graph_sign_in_unreachable`, `graph_sign_in_refused`)."""
        try:
            with self._lock:
                answer = self._application_made().acquire_token_for_client([self._mailbox.scope])
        # msal raises its own errors, ValueError, KeyError and those of requests, and documents none of it.
        except Exception as error:  # noqa: BLE001 - see above
            _LOG.warning("notice_token_not_given", error=type(error).__name__)
            raise Undelivered("graph_sign_in_unreachable") from None
        answer = answer if isinstance(answer, Mapping) else {}
        value = answer.get("access_token")
        if isinstance(value, str):
            return value
        codes = answer.get("error_codes")
        codes = [code for code in codes if isinstance(code, int)] if isinstance(codes, list) else []
        _LOG.warning("notice_token_refused", error=str(answer.get("error", ""))[:40], codes=codes)
        raise Undelivered("graph_sign_in_refused")

    def forget(self) -> None:
        """What is kept is not to be used again."""
        with self._lock:
            self._application = None

    def _application_made(self) -> msal.ConfidentialClientApplication:
        """It asks the authority where its endpoints are, so it is made when first needed, and again if that failed."""
        if self._application is None:
            mailbox = self._mailbox
            self._application = msal.ConfidentialClientApplication(
                mailbox.client_id,
                client_credential=_credential(mailbox),
                authority=f"{mailbox.authority}/{mailbox.tenant}",
                instance_discovery=False,
                http_client=self._session,
            )
        return self._application


def _credential(mailbox: GraphMailbox) -> str | dict[str, str]:
    if mailbox.private_key:
        return {"private_key": mailbox.private_key, "public_certificate": mailbox.certificate}
    return mailbox.secret

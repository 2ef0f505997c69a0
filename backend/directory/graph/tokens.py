"""Tokens for Graph on a person's behalf: OAuth 2.0 on-behalf-of by msal, kept in memory for as long as they last.

Source: learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow and
learn.microsoft.com/entra/identity-platform/claims-challenge.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from threading import Lock
from time import monotonic
from typing import Any

import msal  # type: ignore[import-untyped]  # it has no types
import requests
import structlog
from cachetools import LRUCache

from backend.directory.graph.access import ClientCertificate, ClientSecret, GraphAccess, GraphLimits
from backend.directory.graph.claims import usable_claims
from backend.directory.graph.waiting import UNSAID_WAIT, seconds_to_wait
from backend.domain.directory import NotTold

_LOG = structlog.get_logger("backend.directory.graph")
# msal logs an answer that it cannot read word for word, and a token may stand in it.
logging.getLogger("msal").setLevel(logging.CRITICAL + 1)
logging.getLogger("msal").propagate = False
_MARGIN = 300.0
"""Seconds before its end when a token is no longer used."""
_CAPABILITIES = ["CP1"]
"""Says that claims challenges are understood; Graph sends none otherwise."""
_FAILED = HTTPStatus.INTERNAL_SERVER_ERROR
_MOST_BYTES = 1_000_000
_CONSENT_CODES = {65001, 65004}
_RENEW = {"interaction_required", "invalid_grant", "login_required"}


@dataclass(frozen=True, slots=True)
class Token:
    """A token for Graph. `ends` is on the clock that the tokens are kept by. `repr` shows neither."""

    value: str = field(repr=False)
    ends: float = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoToken:
    """Why there is none. `claims` is the claims challenge (JSON), empty where there was none; `retry_after` seconds."""

    reason: NotTold
    claims: str = field(default="", repr=False)
    retry_after: float = 0.0


class GraphTokens:
    """One tenant's tokens, by the person's own token. Thread-safe. Never writes to disk."""

    def __init__(self, access: GraphAccess, limits: GraphLimits, clock: Callable[[], float] = monotonic) -> None:
        self._access = access
        self._clock = clock
        self._session = _Session(access, limits)
        self._kept: LRUCache[bytes, Token] = LRUCache(limits.tokens)
        self._lock = Lock()
        self._application: msal.ConfidentialClientApplication | None = None
        self._building = Lock()

    def kept(self, assertion: str) -> Token | None:
        """The token for a person who was here lately."""
        with self._lock:
            token = self._kept.get(_key(assertion))
        return token if token and self._clock() < token.ends else None

    def ask(self, assertion: str) -> Token | NoToken:
        """Asks the authority. May take as long as its time-outs; raises nothing."""
        began = self._clock()
        try:
            answer = self._ask(assertion)
        except _Busy as busy:
            return NoToken(NotTold.DIRECTORY_BUSY, retry_after=busy.seconds)
        # msal raises its own errors, ValueError, KeyError and those of requests, and documents none of it.
        except Exception as error:  # noqa: BLE001 - see above
            _LOG.warning("graph_token_not_given", error=type(error).__name__)
            return NoToken(NotTold.DIRECTORY_DOWN)
        if not isinstance(answer, Mapping):
            return NoToken(NotTold.DIRECTORY_DOWN)
        value, lasts = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(value, str) or not isinstance(lasts, int):
            return _refusal(answer)
        token = Token(value, began + lasts - _MARGIN)
        with self._lock:
            self._kept[_key(assertion)] = token
        return token

    def forget(self, assertion: str) -> None:
        """The token is not to be used again."""
        with self._lock:
            self._kept.pop(_key(assertion), None)

    def close(self) -> None:
        """Closes the connections."""
        self._session.close()

    def _ask(self, assertion: str) -> object:
        with self._building:
            # It asks the authority where its endpoints are, so it is made when first needed, and again if that failed.
            if self._application is None:
                self._application = _application(self._access, self._session)
        scopes = list(self._access.scopes)
        return self._application.acquire_token_on_behalf_of(assertion, scopes)


class _Busy(Exception):
    """The authority asks to be left alone."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class _KeepsNothing(msal.TokenCache):  # type: ignore[misc] # msal has no types
    """msal writes every token to its cache, which has no bound, and on-behalf-of never reads it."""

    def add(self, event: object, now: object = None) -> None:
        """Does nothing."""


class _Session(requests.Session):
    """Bounded in time, indifferent to the environment's proxies."""

    def __init__(self, access: GraphAccess, limits: GraphLimits) -> None:
        super().__init__()
        self.trust_env = False
        self.verify = access.ca_bundle or True
        self.max_redirects = 0
        if access.proxy:
            self.proxies = {"https": access.proxy}
        self._times = (limits.connect, limits.total)

    def request(self, *arguments: Any, **options: Any) -> requests.Response:  # noqa: ANN401 - passed on
        """As requests does it, with a time-out for all of it.

        msal keeps 429, 5xx and whatever has a Retry-After, and gives it to the next one who asks, be it another person:
        its cache knows nobody in on-behalf-of. So it never sees one. Raises _Busy and requests' own errors.
        """
        until = monotonic() + self._times[1]
        response = super().request(*arguments, **{"timeout": self._times, **options, "stream": True})
        with response:
            wait = seconds_to_wait(response.headers)
            if response.status_code == HTTPStatus.TOO_MANY_REQUESTS or (response.status_code >= _FAILED and wait):
                raise _Busy(wait or UNSAID_WAIT)
            if response.status_code >= _FAILED:
                raise requests.ConnectionError(response.status_code)
            response.headers.pop("Retry-After", None)
            _read_whole(response, until)
        return response


def _read_whole(response: requests.Response, until: float) -> None:
    """Reads the body; an authority that trickles it is left at the deadline, for it would hold up everybody."""
    pieces: list[bytes] = []
    while piece := response.raw.read1(65_536, decode_content=True):
        pieces.append(piece)
        if monotonic() > until or sum(map(len, pieces)) > _MOST_BYTES:
            raise requests.Timeout
    # As requests keeps a body that it has read itself.
    response._content = b"".join(pieces)  # noqa: SLF001 - see above


def _application(access: GraphAccess, session: _Session) -> msal.ConfidentialClientApplication:
    return msal.ConfidentialClientApplication(
        access.client_id,
        client_credential=_credential(access.credential),
        authority=f"{access.authority}/{access.tenant}",
        instance_discovery=False,
        token_cache=_KeepsNothing(),
        http_client=session,
        client_capabilities=_CAPABILITIES,
    )


def _credential(credential: ClientSecret | ClientCertificate) -> str | dict[str, str]:
    if isinstance(credential, ClientSecret):
        return credential.value
    parts = {
        "private_key": credential.private_key,
        "public_certificate": credential.certificate,
        "thumbprint": credential.thumbprint,
    }
    return {name: value for name, value in parts.items() if value}


def _refusal(answer: Mapping[str, Any]) -> NoToken:
    """What an OAuth error means. Its description may name the person and is neither kept nor logged."""
    error, codes = str(answer.get("error", "")), answer.get("error_codes")
    codes = [code for code in codes if isinstance(code, int)] if isinstance(codes, list) else []
    _LOG.warning("graph_token_refused", error=error[:40], codes=codes)
    if answer.get("suberror") == "consent_required" or _CONSENT_CODES & set(codes):
        return NoToken(NotTold.NOT_PERMITTED)
    if error in _RENEW:
        return NoToken(NotTold.SIGN_IN_AGAIN, usable_claims(answer.get("claims")))
    if error in {"temporarily_unavailable", "server_error", "service_unavailable", ""}:
        return NoToken(NotTold.DIRECTORY_DOWN)
    return NoToken(NotTold.NOT_PERMITTED)


def _key(assertion: str) -> bytes:
    return sha256(assertion.encode()).digest()

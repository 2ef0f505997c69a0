"""Who looks at a page: a signed cookie. It holds no token, and ends by itself."""

import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import g, redirect, request, url_for
from itsdangerous import BadData, URLSafeSerializer
from werkzeug import Response

from backend.domain.errors import Forbidden, NotSignedIn
from backend.domain.person import Person, Role
from backend.pages.page_forms import MOST_FORM_BYTES, TOKEN_FIELD, return_path
from backend.services import Services
from backend.settings import SignIn
from backend.workflow.feedback_keys import derived_key

IDLE_SECONDS = 3600
LONGEST_SECONDS = 4 * 3600
"""Roles are those of the sign-in: whoever has lost one keeps it here for as long as this."""
_RENEWED_AFTER = 60
_PATH = "/pages"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class PageSession:
    """A sign-in for pages. `id` is random and new with each; `began` and `seen` are in seconds since 1970."""

    id: str
    person: Person
    began: int
    seen: int


class PageSessions:
    """Reads and writes the cookie, and is the gate (`backend.api.access.PageGate`) of all pages.

    `secure` keeps the cookie off connections without TLS. `clock` tells seconds since 1970.
    """

    def __init__(self, secret: bytes, *, secure: bool, clock: Callable[[], float] = time.time) -> None:
        self._serializer = URLSafeSerializer(derived_key(secret, "page session"), salt="page-session-1")
        self._form_key = derived_key(secret, "page form")
        self._clock = clock
        self.secure = secure
        self.cookie = "__Secure-sandkoll-pages" if secure else "sandkoll-pages"

    def begin(self, person: Person, response: Response) -> None:
        """Signs the person in: a session that nobody has known before (against fixation)."""
        now = int(self._clock())
        self._write(PageSession(secrets.token_urlsafe(18), person, now, now), response)

    def end(self, response: Response) -> None:
        """Signs out: the browser forgets the cookie."""
        response.delete_cookie(self.cookie, path=_PATH, secure=self.secure, httponly=True, samesite="Lax")

    def renew(self, response: Response) -> None:
        """Puts the end off, as somebody is still there. Not for an answer that signs in or out itself."""
        session, now = self.current(), int(self._clock())
        written = any(one.startswith(f"{self.cookie}=") for one in response.headers.getlist("Set-Cookie"))
        if session is not None and not written and now - session.seen >= _RENEWED_AFTER:
            self._write(PageSession(session.id, session.person, session.began, now), response)

    def current(self) -> PageSession | None:
        """The session of this request; None where there is none, or it is over."""
        if "page_session" not in g:
            g.page_session = self._read(request.cookies.get(self.cookie, ""))
        session: PageSession | None = g.page_session
        return session

    def enter(self) -> Person | Response:
        """The person, or the way to the sign-in. A form is taken only from this session's own pages.

        Raises NotSignedIn for a form without a session, Forbidden (`cross_site_request`, `page_form_stale`).
        """
        session, reading = self.current(), request.method in _READING
        if not reading:
            refuse_other_sites()
            request.max_content_length = MOST_FORM_BYTES
        if session is None:
            if reading:
                return redirect(url_for("page_sign_in.sign_in", next=return_path(request.full_path.rstrip("?"))))
            raise NotSignedIn("not_signed_in", "no page session")
        given = request.form.get(TOKEN_FIELD, "") if not reading else ""
        if not reading and not hmac.compare_digest(given.encode(), self.form_token(session).encode()):
            raise Forbidden("page_form_stale", "form token")
        return session.person

    def form_token(self, session: PageSession) -> str:
        """What each form of this session carries, so that no other site can send one."""
        return hmac.digest(self._form_key, session.id.encode(), "sha256").hex()

    def _write(self, session: PageSession, response: Response) -> None:
        person = session.person
        content = {
            "s": session.id,
            "b": session.began,
            "l": session.seen,
            "i": person.id,
            "t": person.tenant,
            "r": sorted(role.value for role in person.roles),
            "n": person.name[:_LONGEST_NAME],
            "a": person.address,
        }
        response.set_cookie(
            self.cookie,
            self._serializer.dumps(content),
            path=_PATH,
            secure=self.secure,
            httponly=True,
            samesite="Lax",
        )

    def _read(self, value: str) -> PageSession | None:
        try:
            content: dict[str, Any] = self._serializer.loads(value)
            roles = frozenset(Role(one) for one in content["r"])
            person = Person(content["i"], content["t"], roles, name=content["n"], address=content["a"])
            session = PageSession(content["s"], person, int(content["b"]), int(content["l"]))
        except (BadData, KeyError, TypeError, ValueError):
            return None
        now = self._clock()
        return session if now - session.seen <= IDLE_SECONDS and now - session.began <= LONGEST_SECONDS else None


def page_sessions(services: Services) -> PageSessions:
    """The installation's. Only the demonstration, on loopback, does without TLS."""
    settings = services.settings
    return PageSessions(settings.secret_key.get_secret_value().encode(), secure=settings.sign_in is not SignIn.DEMO)


def refuse_other_sites() -> None:
    """Refuses a form that another site sends (Fetch Metadata, w3.org/TR/fetch-metadata). Raises Forbidden.

    Our own pages say `Referrer-Policy: no-referrer`, with which a browser states the origin `null`.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise Forbidden("cross_site_request", "Sec-Fetch-Site")
    origin = request.headers.get("Origin", "null")
    if origin not in {"null", request.host_url.rstrip("/")} and "Sec-Fetch-Site" not in request.headers:
        raise Forbidden("cross_site_request", "Origin")

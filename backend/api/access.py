"""Who may call a route. The demand stands where the route is registered; a route without one is closed."""

from collections.abc import Callable
from enum import StrEnum
from hmac import compare_digest
from typing import Any, Protocol, TypeVar

from flask import Flask, current_app, g, request
from werkzeug import Response

from backend.domain.errors import CodedError, Forbidden, NotSignedIn
from backend.domain.person import Authenticator, Person, Role

_View = TypeVar("_View", bound=Callable[..., Any])
_SCHEME = "Bearer "
_OF_PROXIES = ("Forwarded", "X-Forwarded-", "X-Real-Ip", "Via", "X-Client-Ip", "X-Original-")


class Access(StrEnum):
    """What a route demands of its caller."""

    OPEN = "open"
    SIGNED_IN = "signed_in"
    PAGE = "page"
    """Signed in for pages, by a cookie: a browser that follows a link brings no token."""
    SCRAPER = "scraper"


class PageGate(Protocol):
    """Who looks at a page."""

    def enter(self) -> Person | Response:
        """The person of this request, or the way to the sign-in. Raises NotSignedIn where that would lose a form."""


def demands(access: Access, *roles: Role) -> Callable[[_View], _View]:
    """Declares a view's demand, and the roles of which the caller must have one. Stands directly above the view."""

    def mark(view: _View) -> _View:
        view.access = access  # type: ignore[attr-defined]  # read back by `access_of`
        view.roles = frozenset(roles)  # type: ignore[attr-defined]  # read back by `roles_of`
        return view

    return mark


def access_of(endpoint: str) -> Access | None:
    """The demand of an endpoint; None when none is declared."""
    return getattr(current_app.view_functions.get(endpoint), "access", None)


def roles_of(endpoint: str) -> frozenset[Role]:
    """The roles of which an endpoint demands one; empty when everybody will do."""
    roles: frozenset[Role] = getattr(current_app.view_functions.get(endpoint), "roles", frozenset())
    return roles


def guard(app: Flask, authenticator: Authenticator, scrape_token: str, gate: PageGate | None = None) -> None:
    """Checks every request against its route's demand before the view runs. Without a gate every page is closed."""

    def check() -> Response | None:
        if request.endpoint is None:
            return None
        access = access_of(request.endpoint)
        if access is Access.SIGNED_IN:
            _let_in(_signed_in(authenticator), request.endpoint)
        elif access is Access.PAGE and gate is not None:
            visitor = gate.enter()
            if not isinstance(visitor, Person):
                return visitor
            _let_in(visitor, request.endpoint)
        elif access is Access.SCRAPER:
            _demand_scraper(scrape_token)
        elif access is not Access.OPEN:
            raise CodedError("forbidden", "no demand is declared for this route")
        return None

    app.before_request(check)


def current_person() -> Person:
    """The signed-in person of this request. Only in routes that demand `SIGNED_IN` or `PAGE`."""
    person: Person = g.person
    return person


def _let_in(person: Person, endpoint: str) -> None:
    roles = roles_of(endpoint)
    if roles and roles.isdisjoint(person.roles):
        raise Forbidden("forbidden", "role")
    g.person = person


def _signed_in(authenticator: Authenticator) -> Person:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != _SCHEME.strip().lower():  # RFC 9110: schemes are compared without case
        raise NotSignedIn("not_signed_in", "no bearer token")
    return authenticator.person(token.strip())


def _is_forwarded() -> bool:
    return any(name.title().startswith(_OF_PROXIES) for name, _ in request.headers)


def _demand_scraper(token: str) -> None:
    given = request.headers.get("Authorization", "").removeprefix(_SCHEME)
    if token and compare_digest(given.encode(), token.encode()):
        return
    # Behind a proxy every caller comes from loopback: a forwarded request needs the token.
    if request.remote_addr not in {"127.0.0.1", "::1"} or _is_forwarded():
        raise CodedError("forbidden", "loopback or scrape token")

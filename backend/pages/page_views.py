"""Pages in words: templates, the reader's language, times as people say them, and errors as a page."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from flask import Blueprint, Response, request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from werkzeug.exceptions import HTTPException

from backend.domain.errors import CodedError, Forbidden, NotSignedIn
from backend.domain.person import Role
from backend.pages.page_session import PageSessions
from backend.services import Services
from backend.texts.catalog import TEXTS_FOLDER

SWEDISH, ENGLISH = "sv", "en"
_LOG = structlog.get_logger("backend.pages")
_ZONE = ZoneInfo("Europe/Stockholm")
_UNAUTHORIZED = 401
_BREAK = Markup("@<wbr>")


@cache
def page_words() -> Mapping[str, Any]:
    """All sentences of the pages, by language."""
    return tomllib.loads((TEXTS_FOLDER / "pages.toml").read_text("utf-8"))


def language() -> str:
    """The reader's: Swedish unless the browser asks for English rather than for it."""
    return request.accept_languages.best_match([SWEDISH, ENGLISH], default=SWEDISH)


def visible(address: str) -> str:
    """An address with its hidden signs told, such as those that turn the reading direction.

    Left out they would make it look like another address.
    """
    return "".join(one if one.isprintable() else f"[U+{ord(one):04X}]" for one in address)


def breakable(address: str) -> str:
    """An address as it may stand in a page: broken before its domain alone, and not mixed with what is beside it."""
    return address and Markup('<bdi dir="ltr">{}</bdi>').format(escape(visible(address)).replace("@", _BREAK))


def told_moment(moment: datetime, words: Mapping[str, Any]) -> str:
    """A time in Sweden as people write it."""
    local = moment.astimezone(_ZONE)
    month = words["months"][local.month - 1]
    told: str = words["moment"].format(day=local.day, month=month, year=local.year, clock=f"{local:%H.%M}")
    return told


class Pages:
    """What all pages are made with."""

    def __init__(self, services: Services, sessions: PageSessions) -> None:
        self.services = services
        self.sessions = sessions
        self._environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates", encoding="utf-8"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["fill"] = lambda text, **words: text.format(**words)
        self._environment.filters["moment"] = told_moment
        self._environment.filters["breakable"] = breakable

    def blueprint(self, name: str) -> Blueprint:
        """A blueprint whose answers are never kept, and whose errors are pages."""
        blueprint = Blueprint(name, __name__, url_prefix="/pages")
        blueprint.register_error_handler(CodedError, self._coded)
        blueprint.register_error_handler(HTTPException, self._http)
        blueprint.register_error_handler(Exception, self._unexpected)
        blueprint.after_request(self._finish)
        return blueprint

    def show(self, template: str, status: int = 200, **content: Any) -> Response:  # noqa: ANN401 - a template's words
        """A page in the reader's language."""
        tongue, session = language(), self.sessions.current()
        shown = {
            "t": page_words()[tongue],
            "language": tongue,
            "person": session.person if session else None,
            "form_token": self.sessions.form_token(session) if session else "",
            "reads_log": session is not None and Role.DATA_PROTECTION_OFFICER in session.person.roles,
            "municipality": self._municipality(),
            "here": request.path,
        }
        page = self._environment.get_template(template).render(shown | content)
        return Response(page, status, content_type="text/html; charset=utf-8")

    def _municipality(self) -> str:
        session = self.sessions.current()
        known = self.services.municipalities.get(session.person.tenant) if session else None
        return known.name if known else ""

    def _coded(self, error: CodedError) -> Response:
        if isinstance(error, NotSignedIn | Forbidden):
            _LOG.info("refused", code=error.code, detail=error.detail)
        return self._error(error.code)

    def _http(self, error: HTTPException) -> Response:
        response = self._error(_CODES.get(error.code or 500, "request_invalid"))
        response.headers.extend(one for one in error.get_headers() if one[0] == "Allow")
        return response

    def _unexpected(self, error: Exception) -> Response:
        # The type alone: the message of an unknown error may hold what somebody wrote.
        _LOG.error("unexpected_error", error=type(error).__name__, path=request.path)
        return self._error("internal_error")

    def _error(self, code: str) -> Response:
        told, words = self.services.texts.error(code), page_words()[language()]
        sentence = words["errors"].get(code) or (told.sv if language() == SWEDISH else told.en)
        shown = SimpleNamespace(code=code, status=told.status, sentence=sentence)
        response = self.show("problem.html", told.status, error=shown)
        if told.status == _UNAUTHORIZED:  # RFC 9110: a 401 names a scheme
            response.headers["WWW-Authenticate"] = 'Bearer realm="sandkoll"'
        return response

    def _finish(self, response: Response) -> Response:
        response.headers.setdefault("Cache-Control", "no-store")
        self.sessions.renew(response)
        return response


_CODES = {404: "not_found", 405: "method_not_allowed", 413: "page_form_too_large"}

"""The audit log for the data-protection officer: events in words, whether the chain holds, and the whole as a file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request

from backend.api.access import Access, current_person, demands
from backend.api.audit import export_response
from backend.domain.audit import AuditRow, Detail, Event
from backend.domain.label import Category, Label
from backend.domain.person import Role
from backend.pages.page_views import ENGLISH, Pages, language
from backend.services import Municipality
from backend.texts.audit_words import Pairs, read_audit_words

_ZONE = ZoneInfo("Europe/Stockholm")
_ON_A_PAGE = 100
_SHOWN_OF_KEY = 8
_LABELS = frozenset({"label", "suggested", "thread_label"})


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What is to be shown. Days are Swedish and both inside; `wrong` says that one of them could not be read."""

    event: Event | None = None
    since: date | None = None
    until: date | None = None
    after: int = 0
    wrong: bool = False

    @property
    def from_moment(self) -> datetime | None:
        """The first moment that is meant."""
        return datetime.combine(self.since, time(), _ZONE) if self.since else None

    @property
    def to_moment(self) -> datetime | None:
        """The first moment that is not."""
        return datetime.combine(self.until + timedelta(days=1), time(), _ZONE) if self.until else None

    def query(self) -> str:
        """As it stands in an address."""
        event = self.event.value if self.event else ""
        given = {"event": event, "since": self.since or "", "until": self.until or "", "after": self.after or ""}
        return urlencode({name: value for name, value in given.items() if value})


def audit_pages(pages: Pages) -> Blueprint:
    """`/pages/audit`, `/pages/audit.csv`, `/pages/audit.jsonl`."""
    blueprint = pages.blueprint("audit_pages")

    @blueprint.get("/audit")
    @demands(Access.PAGE, Role.DATA_PROTECTION_OFFICER)
    def log() -> Response:
        person, wanted = current_person(), filter_of(request.args)
        municipality = pages.services.municipality_of(person)
        found = municipality.audit.read(
            person,
            wanted.after,
            _ON_A_PAGE,
            event=wanted.event,
            since=wanted.from_moment,
            until=wanted.to_moment,
        )
        words = _words(read_audit_words().events)
        return pages.show(
            "audit.html",
            filter=wanted,
            first=replace(wanted, after=0).query(),
            earlier=replace(wanted, after=found.after).query() if found.after else "",
            events={event.value: words.get(event.value, event.value) for event in Event},
            rows=[_row(row, municipality) for row in found.rows],
            checked=_checked(municipality) if "check" in request.args else None,
        )

    @blueprint.get("/audit.<form>")
    @demands(Access.PAGE, Role.DATA_PROTECTION_OFFICER)
    def download(form: str) -> Response:
        person = current_person()
        return export_response(pages.services.municipality_of(person).audit.export(person, form), form)

    return blueprint


def filter_of(given: Mapping[str, str]) -> LogFilter:
    """The filter that an address asks for. What cannot be read is left out."""
    event = next((one for one in Event if one.value == given.get("event")), None)
    days = [_day(given.get(name, "").strip()) for name in ("since", "until")]
    wrong = any(given.get(name, "").strip() and day is None for name, day in zip(("since", "until"), days, strict=True))
    after = given.get("after", "")
    number = int(after) if after.isascii() and after.isdecimal() and len(after) < 18 else 0  # noqa: PLR2004 - a BIGINT
    return LogFilter(event, days[0], days[1], number, wrong=wrong)


def _day(written: str) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if 1970 < day.year < 9999 else None  # noqa: PLR2004 - a day after it must exist, in any time zone


def _words(pairs: Pairs) -> dict[str, str]:
    return {code: pair[language() == ENGLISH] for code, pair in pairs.items()}


def _checked(municipality: Municipality) -> dict[str, Any]:
    found = municipality.audit.verify(current_person())
    fault = found.fault
    words = _words(read_audit_words().faults)
    told = words.get(fault.kind.value, fault.kind.value) if fault else ""
    return {"holds": fault is None, "count": found.rows, "number": fault.number if fault else 0, "fault": told}


def _row(row: AuditRow, municipality: Municipality) -> dict[str, Any]:
    entry = row.entry
    names, events = _words(read_audit_words().details), _words(read_audit_words().events)
    return {
        "number": row.number,
        "at": entry.at.astimezone(_ZONE),
        "event": events.get(entry.event.value, entry.event.value),
        "actor": entry.actor[:_SHOWN_OF_KEY],
        "erased": row.erased_by is not None,
        "details": [(names.get(key, key), _told(key, value, municipality)) for key, value in entry.details.items()],
    }


def _told(key: str, value: Detail, municipality: Municipality) -> str:
    """A detail in words where there are some, else the code itself."""
    if isinstance(value, tuple):
        return ", ".join(_told(key, one, municipality) for one in value)
    policy, code, english = municipality.assessor.policy, str(value), language() == ENGLISH
    if key in _LABELS and code in set(Label):
        label = policy.label(Label(code))
        return label.name_en if english else label.name
    if key == "categories" and code in set(Category):
        category = policy.category(Category(code))
        return category.name_en if english else category.name
    reason = next((one for one in policy.rules.reason if key == "reason" and one.code.value == code), None)
    if reason is not None:
        return reason.text_en if english else reason.text
    # A verdict stands with how many recipients had it.
    known, colon, count = code.partition(":")
    words = _words(read_audit_words().values)
    return f"{words[known]}{colon}{count}".replace(":", ": ") if known in words else code

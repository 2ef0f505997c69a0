"""Who may read the audit log, what the reader sees, and what a file of it looks like."""

import csv
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from backend.domain.audit import AuditEntry, Event
from backend.domain.errors import Forbidden, Refused, UnreadableInput
from backend.domain.person import Person, Role
from backend.store.audit_details import CODES, COUNTS
from backend.store.audit_verification import FaultKind
from backend.store.database import open_database
from backend.store.tables import Base
from backend.store.transactions import DatabaseStore
from backend.texts.audit_words import read_audit_words
from backend.workflow.audit_export import _KINDS, csv_lines
from backend.workflow.audit_trail import AuditTrail
from tests.backend.store.every_row import KEYS

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
MIRA = Person("mira", "granvik", frozenset({Role.EMPLOYEE, Role.DATA_PROTECTION_OFFICER}))
SARA = KEYS.actor("granvik", "sara")
OTHERS = [frozenset({role}) for role in Role if role is not Role.DATA_PROTECTION_OFFICER]


@dataclass(slots=True)
class Office:
    """A log with a trail over it, and a clock that can be put."""

    engine: Engine
    now: datetime = AT + timedelta(days=1)
    store: DatabaseStore = field(init=False)
    trail: AuditTrail = field(init=False)

    def __post_init__(self) -> None:
        self.store = DatabaseStore(self.engine, KEYS.audit)
        self.trail = AuditTrail(self.store, KEYS, lambda: self.now)

    def append(self, count: int, tenant: str = "granvik", **fields: Any) -> None:  # noqa: ANN401 - AuditEntry's fields
        for number in range(count):
            ordinary: dict[str, Any] = {"event": Event.SEND_PROMPTED, "at": AT + timedelta(hours=number), "actor": SARA}
            entry = AuditEntry(**(ordinary | fields))
            self.store.run(tenant, lambda work, entry=entry: work.audit.append(entry))  # type: ignore[misc]  # mypy infers no lambda with a default

    def events(self, tenant: str = "granvik") -> list[str]:
        return self.store.look(tenant, lambda work: [row.entry.event.value for row in work.audit.rows()])


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    engine = open_database(f"sqlite:///{tmp_path / 'records.sqlite3'}")
    yield Office(engine)
    engine.dispose()


@pytest.mark.parametrize("roles", [*OTHERS, frozenset[Role]()], ids=str)
def test_only_the_data_protection_officer(roles: frozenset[Role], office: Office) -> None:
    stranger = Person("sara", "granvik", roles)
    for ask in (office.trail.read, office.trail.verify, lambda person: office.trail.export(person, "csv")):
        with pytest.raises(Forbidden, match="data_protection_officer_only"):
            ask(stranger)
    assert office.events() == []


def test_pages_follow_one_another(office: Office) -> None:
    office.append(7)
    pages = [office.trail.read(MIRA, limit=3)]
    while pages[-1].after:
        pages.append(office.trail.read(MIRA, pages[-1].after, limit=3))
    assert [[row.number for row in page.rows] for page in pages] == [[8, 7, 6], [5, 4, 3], [2, 1]]


def test_filters(office: Office) -> None:
    office.append(5)
    office.append(1, event=Event.FORWARD_APPROVED)
    assert [row.number for row in office.trail.read(MIRA, event=Event.FORWARD_APPROVED).rows] == [6]
    hours: dict[str, Any] = {"since": AT + timedelta(hours=2), "until": AT + timedelta(hours=4)}
    assert [row.number for row in office.trail.read(MIRA, **hours).rows] == [4, 3]


def test_another_tenant_is_not_seen(office: Office) -> None:
    office.append(3, tenant="elsewhere")
    assert [row.entry.event for row in office.trail.read(MIRA).rows] == [Event.LOG_READ]
    assert office.trail.verify(MIRA).rows == 1


def test_reading_is_logged_once_an_hour(office: Office) -> None:
    for minutes in (0, 30, 59, 61, 90):
        office.now = AT + timedelta(minutes=minutes)
        office.trail.read(MIRA)
        office.trail.verify(MIRA)
    assert office.events() == ["log_read"] * 2
    other = Person("nils", "granvik", MIRA.roles)
    office.trail.read(other)
    assert len(office.events()) == 3


def test_verification_tells_of_a_change(office: Office) -> None:
    office.append(5)
    assert office.trail.verify(MIRA).fault is None
    with office.engine.begin() as connection:
        connection.execute(text("UPDATE audit_event SET event = 'send_allowed' WHERE number = 3"))
    fault = office.trail.verify(MIRA).fault
    assert fault
    assert (fault.number, fault.kind) == (3, FaultKind.ROW_CHANGED)


DETAILS: dict[str, Any] = {"label": "kanslig", "categories": ("health", "union"), "tries": 3}


def test_json_lines_have_the_names_of_ecs(office: Office) -> None:
    office.append(2, event=Event.SEND_BLOCKED, details=DETAILS)
    lines = [json.loads(line) for line in office.trail.export(MIRA, "jsonl")]
    assert lines[0] == {
        "@timestamp": "2026-11-22T12:00:00.000000Z",
        "ecs.version": "8.11.0",
        "event.kind": "event",
        "event.module": "sandkoll",
        "event.dataset": "sandkoll.audit",
        "event.category": ["email"],
        "event.type": ["denied"],
        "event.action": "send_blocked",
        "event.outcome": "failure",
        "event.sequence": 1,
        "event.hash": lines[0]["event.hash"],
        "organization.id": "granvik",
        "labels": {"categories": ["health", "union"], "label": "kanslig", "tries": "3"},
        "sandkoll.commitment": lines[0]["sandkoll.commitment"],
        "sandkoll.previous": "0" * 64,
        "sandkoll.details": '{"categories":["health","union"],"label":"kanslig","tries":3}',
        "user.id": SARA,
    }
    assert (lines[-1]["event.action"], lines[-1]["event.outcome"]) == ("log_exported", "success")
    assert len(lines) == 3


def test_chain_can_be_gone_through_elsewhere(office: Office) -> None:
    """As docs/audit.md says: with the key and the lines alone, in another program."""
    office.append(3, details=DETAILS)
    office.store.run("granvik", lambda work: work.audit.erase(SARA, AT, lambda _: {}))  # type: ignore[attr-defined]  # beyond the port
    previous = "0" * 64
    lines = [json.loads(line) for line in office.trail.export(MIRA, "jsonl")]
    for line in lines:
        names = ("organization.id", "event.sequence", "@timestamp", "event.action")
        parts = [*(line[name] for name in names), line["sandkoll.commitment"], line["sandkoll.details"], previous]
        parts[2] = parts[2].replace("Z", "+00:00")
        previous = hmac.digest(KEYS.audit, json.dumps(parts).encode(), "sha256").hex()
        assert line["event.hash"] == previous
    assert [line.get("sandkoll.erased_by") for line in lines] == [4, 4, 4, None, None]


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_log_that_is_not_whole_is_not_handed_out(form: str, office: Office) -> None:
    office.append(3)
    with office.engine.begin() as connection:
        connection.execute(text("UPDATE audit_event SET event = 'send_allowed' WHERE number = 2"))
    with pytest.raises(Refused, match="log_not_whole: row_changed 2"):
        office.trail.export(MIRA, form)
    assert "log_exported" not in office.events()


def test_every_event_has_a_category_of_ecs(office: Office) -> None:
    for event in Event:
        if event not in {Event.PERSON_ERASED, Event.ROWS_PURGED}:
            office.append(1, event=event)
    assert all(json.loads(line)["event.category"] for line in office.trail.export(MIRA, "jsonl"))
    assert set(_KINDS) == set(Event)


def test_files_are_ascii(office: Office) -> None:
    office.append(2, details=DETAILS)
    assert all(line.isascii() for form in ("csv", "jsonl") for line in office.trail.export(MIRA, form))


def test_csv_has_plain_columns(office: Office) -> None:
    office.append(1, details=DETAILS)
    office.append(1, actor="")
    rows = list(csv.DictReader(office.trail.export(MIRA, "csv")))
    assert [row["number"] for row in rows] == ["1", "2", "3"]
    assert rows[0]["at"] == "2026-11-22T12:00:00.000000+00:00"
    assert rows[0]["details"] == "categories=health union; label=kanslig; tries=3"
    assert (rows[1]["actor"], rows[1]["event"]) == ("", "send_prompted")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_has_no_formulas(start: str, office: Office) -> None:
    office.append(1, actor=f"{start}1+1")
    rows = office.store.look("granvik", lambda work: list(work.audit.rows()))
    _, line = csv_lines("granvik", rows)
    assert f"'{start}1+1" in line


def test_export_of_a_stretch_of_more_than_one_reading(office: Office) -> None:
    def fill(work: Any) -> None:  # noqa: ANN401 - the store's
        for number in range(2100):
            work.audit.append(AuditEntry(Event.SEND_ALLOWED, AT + timedelta(seconds=number), SARA))

    office.store.run("granvik", fill)
    exported = office.trail.export(MIRA, "jsonl", since=AT + timedelta(seconds=50), until=AT + timedelta(seconds=2090))
    numbers = [json.loads(line)["event.sequence"] for line in exported]
    assert numbers == list(range(51, 2091))


def test_unknown_format(office: Office) -> None:
    with pytest.raises(UnreadableInput, match="export_format_unknown"):
        office.trail.export(MIRA, "xlsx")
    assert office.events() == []


def test_every_code_has_words() -> None:
    words = read_audit_words()
    assert set(words.events) == {event.value for event in Event}
    assert set(words.details) == {*CODES, *COUNTS}
    assert set(words.faults) == {kind.value for kind in FaultKind}
    assert set(words.kinds) == {*Base.metadata.tables, "request_addresses", "forward_decided"} - {"audit_head"}
    for group in (words.events, words.details, words.faults, words.columns, words.kinds, words.fields, words.messages):
        assert all(swedish and english for swedish, english in group.values())

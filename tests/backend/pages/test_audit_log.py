"""The log's page: who sees it, what it says, filters, leafing, the files."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from backend.decision.policy import read_policy
from backend.domain.audit import AuditEntry, Detail, Event
from backend.domain.forwarding import ApproverKind
from backend.domain.notices import NoticeKind
from backend.domain.recipient import RecipientVerdict
from backend.domain.threads import Signal
from backend.pages.audit_log import filter_of
from backend.texts.audit_words import read_audit_words
from tests.backend.pages.page_desk import PagesCase

AT = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
SARA = "ab12" * 16


def _append(case: PagesCase, *entries: AuditEntry) -> None:
    for entry in entries:
        case.store.run("granvik", lambda work, entry=entry: work.audit.append(entry))  # type: ignore[misc]  # mypy infers no lambda with a default


def _page(case: PagesCase, query: str = "", person: str = "mira") -> str:
    answer = case.client(person).get(f"/pages/audit{query}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/pages/audit", "/pages/audit.csv", "/pages/audit.jsonl"])
def test_only_the_data_protection_officer(path: str, case: PagesCase) -> None:
    for person in ("sara", "kerstin", "pelle"):
        client = case.client(person)
        assert client.get(path).status_code == 403
        assert "/pages/audit" not in client.get("/pages/approvals").get_data(as_text=True)
    assert case.client().get(path).status_code == 302
    assert case.client("mira").get(path).status_code == 200


def test_what_happened_is_told_in_words(case: PagesCase) -> None:
    details: dict[str, Detail] = {
        "label": "kanslig",
        "categories": ("health", "personnummer"),
        "reason": "same_case",
        "recipients": 2,
    }
    _append(case, AuditEntry(Event.FORWARD_REQUESTED, AT, SARA, details), AuditEntry(Event.NOTICE_SENT, AT))
    page = _page(case)
    for words in (
        "Vidarebefordran begärd", "märkning: Känslig", "kategorier: Hälsa, Personnummer", "mottagare: 2",
        "grund för utlämnande: Mottagaren arbetar med samma ärende hos oss", "Person ab12ab12", "2026-11-22 23:30:00",
    ):  # fmt: skip
        assert words in page, words
    assert SARA not in page
    assert page.index("Avisering skickad</td>") < page.index("Vidarebefordran begärd</td>")
    assert "Loggen läst</td>" in page


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [3, 2, 1]),
        ("?event=send_blocked", [2]),
        ("?event=nonsense", [3, 2, 1]),
        ("?since=2026-11-23", [3, 2]),
        ("?until=2026-11-22", [1]),
        ("?since=2026-11-23&until=2026-11-23", [2]),
        ("?since=2026-11-24&event=send_blocked", []),
        ("?after=3", [2, 1]),
        ("?after=9x", [3, 2, 1]),
        ("?after=" + "9" * 30, [3, 2, 1]),
    ],
)
def test_filters(query: str, numbers: list[int], case: PagesCase) -> None:
    days = (AuditEntry(event, AT + timedelta(days=day), SARA) for day, event in enumerate(list(Event)[1:4]))
    _append(case, *days)
    _append(case, AuditEntry(Event.LOG_READ, datetime.now(UTC), case_reader(case)))
    page = _page(case, query)
    shown = [
        int(one.partition("<")[0])
        for one in page.split('<td role="cell" class="number">')[1:]
        if one[0].isdigit() and one[1] == "<"
    ]
    assert [one for one in shown if one != 4] == numbers
    assert ("Inget i loggen passar" in page) == (not shown)


def case_reader(case: PagesCase) -> str:
    """Mira's key: she has read already, so that reading adds no row."""
    return case.municipality.audit.keys.actor("granvik", "mira")


@pytest.mark.parametrize("query", ["?since=nope", "?until=2026-13-01", "?since=0001-01-01", "?until=9999-12-31"])
def test_a_day_that_cannot_be_read(query: str, case: PagesCase) -> None:
    assert "Datumet gick inte att läsa." in _page(case, query)


def test_leafing(case: PagesCase) -> None:
    _append(case, *(AuditEntry(Event.SEND_BLOCKED, AT, SARA) for _ in range(150)))
    first = _page(case, "?event=send_blocked")
    assert first.count("<tr") == 101
    assert "/pages/audit?event=send_blocked&amp;after=51" in first
    second = _page(case, "?event=send_blocked&after=51")
    assert second.count("<tr") == 51
    assert "Äldre" not in second
    assert 'href="/pages/audit?event=send_blocked"' in second


def test_whether_it_is_whole(case: PagesCase) -> None:
    _append(case, *(AuditEntry(Event.SEND_BLOCKED, AT, SARA) for _ in range(3)))
    assert "Loggen är hel" not in _page(case)
    assert "Loggen är hel: 4 rader" in _page(case, "?check=1")
    with case.engine.begin() as connection:
        connection.execute(text("UPDATE audit_event SET event = 'send_allowed' WHERE number = 2"))
    assert "Loggen är inte hel. Första felet är vid rad 2: en rad är ändrad." in _page(case, "?check=1")


def test_the_whole_as_a_file(case: PagesCase) -> None:
    _append(case, AuditEntry(Event.SEND_BLOCKED, AT, SARA))
    answer = case.client("mira").get("/pages/audit.jsonl")
    lines = [json.loads(line) for line in answer.get_data(as_text=True).splitlines()]
    assert [line["event.action"] for line in lines] == ["send_blocked", "log_exported"]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="sandkoll-audit.jsonl"'
    table = case.client("mira").get("/pages/audit.csv")
    assert table.content_type.startswith("text/csv")
    assert table.get_data(as_text=True).count("\r\n") == 4
    assert case.client("mira").get("/pages/audit.xml").status_code in {400, 422}


def test_a_filter_comes_back_as_it_was() -> None:
    given = {"event": "send_blocked", "since": "2026-11-01", "until": "2026-11-22", "after": "7"}
    assert filter_of(given).query() == "event=send_blocked&since=2026-11-01&until=2026-11-22&after=7"
    assert filter_of({}).query() == ""


def test_what_the_log_says_has_words() -> None:
    said = {one.value for words in (Signal, RecipientVerdict, ApproverKind, NoticeKind) for one in words}
    said |= {one.code for one in read_policy("standard").rules.obligation}
    assert said <= read_audit_words().values.keys()

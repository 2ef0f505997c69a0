"""Everything of one employee is handed out and erased; nothing of anybody else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from backend.domain.forwarding import RequestStatus
from backend.domain.notices import NoticeKind
from backend.store.audit_verification import verify
from backend.store.database import open_database
from backend.store.person_rows import NOT_OF_A_PERSON, DatabasePersonRows
from backend.store.tables import Base, ThreadParticipant
from backend.store.transactions import DatabaseStore
from backend.texts.audit_words import read_audit_words
from backend.workflow.forward_seals import Asked, ForwardSeals
from backend.workflow.person_rows import Document, PersonRegister, Subject
from tests.backend.store import rows
from tests.backend.store.every_row import AT, KEYS, SEALER, SECRET, Employee, content, counted, leave_rows

SARA, KERSTIN = Employee("granvik", "sara"), Employee("granvik", "kerstin")
STRANGERS = Employee("elsewhere", "sara"), Employee("elsewhere", "kerstin")
NOTHING = {"audit_event", "audit_head"}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Two people who have asked each other, in two tenants."""
    engine = open_database(f"sqlite:///{tmp_path / 'records.sqlite3'}")
    for one, other in ((SARA, KERSTIN), STRANGERS):
        leave_rows(engine, one, other)
        leave_rows(engine, other, one)
    yield engine
    engine.dispose()


@pytest.fixture
def register(engine: Engine) -> PersonRegister:
    store = DatabaseStore(engine, KEYS.audit)
    return PersonRegister(DatabasePersonRows(engine, KEYS.audit), store, SECRET, lambda: AT)


def subject(who: Employee, *, address: bool = True) -> Subject:
    return Subject(who.tenant, who.id, frozenset({who.mailbox.address.upper()} if address else ()))


def _counts(document: Document) -> dict[str, int]:
    return {kind: len(found) for kind, found in document.items()}


def test_every_table_is_accounted_for(register: PersonRegister) -> None:
    tables = set(register.export(subject(SARA))) - {"forward_decided"}
    assert tables | NOT_OF_A_PERSON == set(Base.metadata.tables)
    assert tables & NOT_OF_A_PERSON == set()


def test_all_of_a_person_is_handed_out(register: PersonRegister) -> None:
    document = register.export(subject(SARA))
    assert _counts(document) == {
        "send_check": 1, "forward_request": 1, "forward_decided": 1, "forward_approver": 1, "forward_recipient": 0,
        "notice": 2, "thread_participant": 1, "feedback": 1, "habit": 1, "audit_event": 1,
    }  # fmt: skip
    (asked,), (decided,) = document["forward_request"], document["forward_decided"]
    assert (asked["address"], asked["comment"]) == (SARA.mailbox.address, "Bo behöver det.")
    assert asked["answer_comment"] == "Gärna."
    assert asked["recipients"] == ["bo.lind@example.se"]
    assert (decided["name"], decided["comment"]) == ("Sara", "Gärna.")
    assert "recipients" not in decided
    assert KERSTIN.mailbox.address not in repr(document)
    assert KERSTIN.actor not in repr(document)


def test_without_an_address_the_ones_that_are_known_count(register: PersonRegister) -> None:
    assert _counts(register.export(subject(SARA, address=False)))["thread_participant"] == 1
    assert not any(_counts(register.export(Subject("granvik", "nobody"))).values())


def test_somebody_who_is_a_recipient(register: PersonRegister) -> None:
    bo = Subject("granvik", "bo", frozenset({"Bo.Lind@example.se"}))
    assert len(register.export(bo)["forward_recipient"]) == 2
    assert register.erase(bo)[0]["forward_recipient"] == 2


@pytest.mark.parametrize("address", [True, False])
def test_nothing_is_left_after_erasure(address: bool, register: PersonRegister, engine: Engine) -> None:  # noqa: FBT001 - a column of the table
    strangers, before = content(engine, "elsewhere"), counted(engine, "granvik")
    others = register.export(subject(KERSTIN))
    counts, left = register.erase(subject(SARA, address=address))
    assert left == 0
    assert not any(_counts(register.export(subject(SARA))).values())
    assert content(engine, "elsewhere") == strangers
    lost = {table: count - counted(engine, "granvik")[table] for table, count in before.items()}
    assert lost["send_check"] == lost["feedback"] == lost["habit"] == lost["forward_request"] == 1
    # Somebody took part in the thread, whoever it was: without that, whoever is new there would be let go.
    assert (lost["flagged_thread"], lost["thread_participant"], lost["thread_print"]) == (0, 0, 0)
    assert (counts["audit_event"], counts["thread_participant"]) == (1, 1)
    after = register.export(subject(KERSTIN))
    # What was hers of Sara's is gone with Sara's request, and what Sara answered; the rest is as it was.
    gone = {"decided_at": "", "answer_comment": ""}
    for kind in ("send_check", "forward_request", "feedback", "habit", "thread_participant", "audit_event"):
        assert [one | gone for one in after[kind]] == [one | gone for one in others[kind]]


def test_threads_of_an_erased_person_let_nobody_in(register: PersonRegister, engine: Engine) -> None:
    before = set(_participants(engine))
    for who in (SARA, KERSTIN):
        register.erase(subject(who))
    after = set(_participants(engine))
    assert {(tenant, thread) for tenant, thread, _ in after} == {(tenant, thread) for tenant, thread, _ in before}
    assert all(len(key) == 64 and set(key) <= set("0123456789abcdef") for _, _, key in after)
    assert {one for one in before & after if one[0] == "granvik"} == set()
    assert len(after) == len(before)


def _participants(engine: Engine) -> list[tuple[str, str, str]]:
    row = ThreadParticipant
    with Session(engine) as session:
        return [
            (one, other, key)
            for one, other, key in session.execute(select(row.tenant, row.thread_id, row.participant_key))
        ]


def test_chain_holds_and_tells_of_the_erasure(register: PersonRegister, engine: Engine) -> None:
    register.erase(subject(SARA))
    with Session(engine) as session:
        found = verify(session, "granvik", KEYS.audit)
    assert (found.erased, found.fault) == (1, None)
    log = DatabaseStore(engine, KEYS.audit).look("granvik", lambda work: list(work.audit.rows()))
    assert log[-1].entry.event == "person_erased"
    assert (log[-1].entry.actor, log[-1].entry.details["send_checks"]) == ("", 1)
    assert SARA.actor not in {row.entry.actor for row in log}


def test_no_byte_of_the_person_is_left_in_the_file(register: PersonRegister, engine: Engine) -> None:
    path = Path(str(engine.url.database))
    register.erase(subject(SARA))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = b"".join(one.read_bytes() for one in path.parent.iterdir())
    assert KERSTIN.actor.encode() in kept
    assert SARA.actor.encode() not in kept


def test_name_is_taken_out_of_questions_of_others(register: PersonRegister, engine: Engine) -> None:
    register.erase(subject(SARA))
    store = DatabaseStore(engine, KEYS.audit)
    (request,) = store.look("granvik", lambda work: [one for one in [work.requests.get(f"{0:032x}")] if one])
    asked = ForwardSeals(SEALER, "granvik").opened_asked(request)
    assert asked
    assert (asked.requester, asked.told) == (KERSTIN.mailbox, ())
    assert (request.approvers, request.decider, request.sealed_answer) == ((), None, None)


def test_open_request_is_withdrawn_and_the_approver_told(register: PersonRegister, engine: Engine) -> None:
    store, seals = DatabaseStore(engine, KEYS.audit), ForwardSeals(SEALER, "granvik")
    sealed = seals.asked(f"{9:032x}", Asked(SARA.mailbox, told=(KERSTIN.mailbox,)))
    request = rows.forward_request(9, requester=SARA.actor, sealed=sealed)
    store.run("granvik", lambda work: work.requests.add(request))
    register.erase(subject(SARA))
    assert store.look("granvik", lambda work: work.requests.get(request.id)) is None
    told = store.look("granvik", lambda work: [one for one in work.notices.newest() if one.request_id == request.id])
    assert [one.kind for one in told] == [NoticeKind.REQUEST_WITHDRAWN]
    log = store.look("granvik", lambda work: [row.entry for row in work.audit.rows()])
    (entry,) = [one for one in log if one.event == "forward_withdrawn"]
    assert (entry.actor, entry.details["status"]) == ("", RequestStatus.PENDING)


def test_erasing_again_finds_nothing(register: PersonRegister) -> None:
    register.erase(subject(SARA))
    counts, left = register.erase(subject(SARA))
    assert (sum(counts.values()), left) == (0, 0)


def test_every_field_has_a_word(register: PersonRegister) -> None:
    document, words = register.export(subject(SARA)), read_audit_words()
    fields = {field for found in document.values() for row in found for field in row}
    assert fields <= set(words.fields)
    assert set(document) <= set(words.kinds)


def test_repr_tells_nobody() -> None:
    assert "sara" not in repr(subject(SARA))

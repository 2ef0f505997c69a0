"""Drafts and flagged threads with a real database: what joins a thread, what is a forward of it, what is spared."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from backend.domain.draft import Attachment, ComposeType, Draft, Mailbox
from backend.domain.label import Label
from backend.domain.person import Person
from backend.domain.threads import DraftTraces, Signal, ThreadStanding
from backend.extraction.parts import extract_parts
from backend.store.database import open_database
from backend.store.tables import FlaggedThreadEntry, ThreadMark, ThreadPrint
from backend.store.threads import DatabaseThreads
from backend.workflow.record_keys import RecordKeys
from backend.workflow.thread_watch import LabelledSend, ThreadWatch
from backend.workflow.verdict import VerdictSigner
from tests.backend.factories import COLLEAGUE, OUTSIDER, booking, draft

SECRET = b"s" * 64
SARA = Person("sara", "granvik", address="sara.lindqvist@granvik.example")
JOHAN = Person("johan", "granvik", address=COLLEAGUE)
STRANGER = replace(SARA, tenant="elsewhere")
JOHAN_BOX = Mailbox(COLLEAGUE)
NEW, REPLY, FORWARD = ComposeType
AT = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
TEXT = (
    "Hej Johan! Igår träffade vi Tuva Lind och hennes mamma hemma på Ekgatan 4. Mamman berättar att hon har haft svårt "
    "att få vardagen att gå ihop sedan i höstas, och att Tuva sällan kommer iväg till skolan före klockan tio. Skolan "
    "har ringt tre gånger. Vi kom överens om att Beata på elevhälsan ringer hem till dem på torsdag, och att vi ses "
    "igen den 14 december klockan 9. Pappan har fått samma besked av Ines. Säg till om du vill ha underlaget också."
)
ANSWER = "Tack, då vet jag. Jag återkommer i morgon."
QUOTE = f"Titta på det här, är du snäll.\n\nFrån: Sara\nSkickat: igår\nTill: Johan\nÄmne: Ärende\n\n{TEXT}"
IDS: dict[str, Any] = {"conversation_id": "AAQkADk=", "in_reply_to": "<1@granvik.example>"}


@dataclass(frozen=True, slots=True)
class Watcher:
    """A watch over one database."""

    engine: Engine
    watch: ThreadWatch

    def traces(self, given: Draft, person: Person) -> DraftTraces:
        return self.watch.traces(given, extract_parts(given), person, VerdictSigner(SECRET).digest(given))

    def standing(self, given: Draft, person: Person = SARA, *, labelled: bool = False) -> ThreadStanding:
        with Session(self.engine) as session:
            threads = DatabaseThreads(session, person.tenant)
            return self.watch.standing(threads, self.traces(given, person), given, person, labelled=labelled)

    def send(
        self, given: Draft, person: Person = SARA, label: Label = Label.KANSLIG, *, approved: bool = False
    ) -> None:
        """Sends it with a label, whatever it counts as."""
        standing = self.standing(given, person, labelled=True)
        send = LabelledSend(given, person, label, AT, approved)
        with Session(self.engine) as session, session.begin():
            for one in self.watch.registrations(standing, self.traces(given, person), send):
                DatabaseThreads(session, person.tenant).register(one)

    def signals(self, given: Draft, person: Person = SARA, *, labelled: bool = False) -> set[Signal]:
        return set(self.standing(given, person, labelled=labelled).signals)


@pytest.fixture
def watcher(tmp_path: Path) -> Iterator[Watcher]:
    engine = open_database(f"sqlite:///{tmp_path / 'threads.sqlite3'}")
    yield Watcher(engine, ThreadWatch(RecordKeys(SECRET), ("vb", "fw")))
    engine.dispose()


def sent(*addresses: str, **fields: Any) -> Draft:  # noqa: ANN401 - Draft's fields
    return draft(TEXT, *(addresses or (COLLEAGUE,)), **fields)


def answered(*addresses: str, body: str = ANSWER, kind: ComposeType = REPLY, **fields: Any) -> Draft:  # noqa: ANN401 - Draft's fields
    return replace(draft(body, *addresses, subject="SV: Ärende", **(IDS | fields)), compose_type=kind)


def eml(body: str, headers: str = "") -> bytes:
    return f"From: sara.lindqvist@granvik.example\nSubject: x\n{headers}\n{body}\n".encode()


def test_nothing_is_flagged_at_first(watcher: Watcher) -> None:
    assert watcher.standing(sent(**IDS)) == ThreadStanding()
    assert watcher.signals(sent(subject="VB: x", forward=True)) == {Signal.COMPOSE_TYPE, Signal.SUBJECT_PREFIX}


@pytest.mark.parametrize(
    ("given", "person", "expected"),
    [
        (answered(SARA.address), JOHAN, set()),
        (answered(SARA.address, body=f"{ANSWER}\n\n{QUOTE}"), JOHAN, set()),
        (answered(SARA.address, conversation_id=None, in_reply_to=None, body=QUOTE), JOHAN, set()),
        (answered(SARA.address, kind=NEW), JOHAN, set()),
        (answered(SARA.address.upper(), JOHAN.address), JOHAN, set()),
        (answered(SARA.address, OUTSIDER), JOHAN, {Signal.NEW_RECIPIENT}),
        (answered(OUTSIDER, conversation_id=None, in_reply_to=None, body=QUOTE), JOHAN, {Signal.NEW_RECIPIENT}),
        (replace(answered(SARA.address, kind=NEW), subject="Ärende"), JOHAN, {Signal.UNKNOWN_TYPE}),
        (answered(OUTSIDER, kind=FORWARD), JOHAN, {Signal.COMPOSE_TYPE, Signal.NEW_RECIPIENT}),
        (draft(QUOTE, OUTSIDER), JOHAN, {Signal.CONTENT}),
        (draft(QUOTE, OUTSIDER), SARA, {Signal.CONTENT}),
        (draft(QUOTE, SARA.address), JOHAN, {Signal.CONTENT}),
        (draft(QUOTE, OUTSIDER, subject="VB: x"), JOHAN, {Signal.CONTENT, Signal.SUBJECT_PREFIX}),
        (booking("Möte", QUOTE), JOHAN, {Signal.CONTENT}),
        (draft(ANSWER, OUTSIDER), JOHAN, set()),
        (draft(QUOTE, OUTSIDER), STRANGER, set()),
    ],
)  # fmt: skip
def test_what_is_done_with_a_flagged_mail(
    given: Draft, person: Person, expected: set[Signal], watcher: Watcher
) -> None:
    watcher.send(sent(**IDS))
    assert watcher.signals(given, person) == expected


@pytest.mark.parametrize("mail", ["<1@granvik.example>", "1@granvik.example", " <1@granvik.example> "])
def test_message_id_is_known_with_and_without_brackets(mail: str, watcher: Watcher) -> None:
    watcher.send(sent(in_reply_to="<1@granvik.example>"))
    assert watcher.standing(draft(ANSWER, OUTSIDER, in_reply_to=mail)).flagged


@pytest.mark.parametrize("label", [Label.KANSLIG, Label.MYCKET_KANSLIG])
def test_standing_tells_label_and_thread(label: Label, watcher: Watcher) -> None:
    watcher.send(sent(**IDS), label=label)
    standing = watcher.standing(draft(QUOTE, OUTSIDER))
    assert (standing.label, len(standing.threads), standing.is_forward) == (label, 1, True)


@pytest.mark.parametrize(
    "attachment",
    [
        Attachment("mail.eml", content=eml(TEXT)),
        Attachment("Ärende", "message/rfc822", content=eml(TEXT)),
        Attachment("x.eml", content=eml("Kort.", "Message-ID: <1@granvik.example>\n")),
        Attachment("x.eml", content=eml("Kort.", "In-Reply-To: <1@granvik.example>\n")),
        Attachment("x.eml", content=eml("Kort.", "References: <0@x.example>\n <1@granvik.example>\n")),
        Attachment("x.eml", content=eml("Kort.", "References: <1@granvik.example><2@x.example>\n")),
        Attachment("x.eml.", content=eml(TEXT)),
        Attachment("x.bin", "application/octet-stream", content=eml(TEXT)),
    ],
    ids=["text", "item", "message id", "in reply to", "references", "references without a blank", "dot", "bytes"],
)
def test_attached_mail_of_a_flagged_thread_is_a_forward(attachment: Attachment, watcher: Watcher) -> None:
    assert not watcher.signals(draft(ANSWER, OUTSIDER, attachments=(attachment,)))
    watcher.send(sent(**IDS))
    assert watcher.signals(draft(ANSWER, OUTSIDER, attachments=(attachment,))) & {Signal.ATTACHED_ITEM, Signal.CONTENT}
    inside = Attachment("outer.eml", content=_around(attachment.content or b""))
    assert watcher.signals(draft(ANSWER, OUTSIDER, attachments=(inside,)))


def _around(content: bytes) -> bytes:
    head = "From: x@granvik.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
    return head.encode() + b"Content-Type: message/rfc822\n\n" + content + b"\n--b--\n"


@pytest.mark.parametrize(
    ("attachment", "expected"),
    [
        (Attachment("mail.eml"), {Signal.ATTACHED_ITEM}),
        (Attachment("mail.MSG", content=b"broken"), {Signal.ATTACHED_ITEM}),
        (Attachment("Ärende", "message/rfc822; charset=utf-8"), {Signal.ATTACHED_ITEM}),
        (Attachment("mail.eml.pdf", "application/pdf"), set()),
    ],
)
def test_labelled_draft_with_an_attached_mail_is_a_forward(
    attachment: Attachment, expected: set[Signal], watcher: Watcher
) -> None:
    given = draft(ANSWER, COLLEAGUE, attachments=(attachment,))
    assert watcher.signals(given, labelled=True) == expected
    assert watcher.signals(given) == set()


def test_the_same_draft_checked_again_is_no_forward_of_itself(watcher: Watcher) -> None:
    given = sent(session="abc", **IDS)
    watcher.send(given)
    touched = replace(given, body=f"{TEXT} Hälsa Ines!", recipients=sent(COLLEAGUE, OUTSIDER).recipients)
    for again in (given, touched, replace(given, session=None)):
        assert watcher.signals(again) == set()
    assert watcher.standing(touched).flagged
    assert watcher.signals(touched, JOHAN)
    assert watcher.signals(replace(touched, session="def"))
    assert watcher.signals(replace(given, session=None, recipients=touched.recipients))


def test_recipient_who_is_added_to_a_checked_answer_is_seen(watcher: Watcher) -> None:
    watcher.send(sent(**IDS))
    given = answered(SARA.address, session="abc")
    watcher.send(given, JOHAN)
    assert watcher.signals(given, JOHAN) == set()
    more = replace(given, recipients=(*given.recipients, *sent(OUTSIDER).recipients))
    assert watcher.signals(more, JOHAN) == {Signal.NEW_RECIPIENT}


def test_approved_forward_joins_the_thread(watcher: Watcher) -> None:
    watcher.send(sent(**IDS))
    forward = draft(QUOTE, OUTSIDER, subject="VB: x", forward=True, conversation_id="other", session="abc")
    watcher.send(forward, JOHAN, Label.MYCKET_KANSLIG, approved=True)
    assert watcher.signals(forward, JOHAN) >= {Signal.COMPOSE_TYPE}
    assert Signal.CONTENT in watcher.signals(replace(forward, compose_type=NEW, subject=""), JOHAN)
    answer = replace(answered(OUTSIDER, body=QUOTE), conversation_id="other")
    assert watcher.standing(answer, JOHAN) == replace(watcher.standing(answer, JOHAN), signals=frozenset())
    with Session(watcher.engine) as session:
        assert session.scalars(select(FlaggedThreadEntry.label)).all() == [Label.MYCKET_KANSLIG]


def test_draft_of_two_threads_brings_its_recipients_into_both(watcher: Watcher) -> None:
    other = TEXT.replace("Tuva Lind", "Axel Berg").replace("skolan", "arbetet").replace("Ekgatan", "Björkvägen")
    watcher.send(sent(**IDS))
    watcher.send(draft(f"Nu gäller det något annat. {other[40:]} Vi hörs på måndag om lägenheten i Hult.", COLLEAGUE))
    both = answered(COLLEAGUE, OUTSIDER, body=f"{QUOTE}\n\n{other[40:]}")
    watcher.send(both, SARA, approved=True)
    assert watcher.signals(both) == set()


def test_what_only_has_the_text_joins_no_thread_of_others_unasked(watcher: Watcher) -> None:
    """Two form letters can look alike: who got the one must not pass for somebody who takes part in the other."""
    watcher.send(sent(**IDS))
    watcher.send(draft(TEXT, OUTSIDER, subject="x"), JOHAN)
    assert watcher.signals(answered(OUTSIDER, body=QUOTE)) == {Signal.NEW_RECIPIENT}
    with Session(watcher.engine) as session:
        assert len(session.scalars(select(FlaggedThreadEntry.id)).all()) == 2


def test_database_tells_nothing(watcher: Watcher, tmp_path: Path) -> None:
    watcher.send(sent(OUTSIDER, session="hemlig-session", **IDS))
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir()).decode("utf-8", "replace")
    words = ("Tuva", "tuva", "Ekgatan", OUTSIDER, "sara", "AAQkADk", "1@granvik", "hemlig-session")
    assert [word for word in words if word in kept] == []
    with Session(watcher.engine) as session:
        assert len(set(session.scalars(select(ThreadMark.kind)))) == 4
        before = set(session.scalars(select(ThreadPrint.value)))
    watcher.send(sent(OUTSIDER), STRANGER)
    with Session(watcher.engine) as session:
        of_other = set(session.scalars(select(ThreadPrint.value).where(ThreadPrint.tenant == STRANGER.tenant)))
    assert before
    assert of_other
    assert not before & of_other


def test_model_texts_flag_nothing(watcher: Watcher) -> None:
    plain = Watcher(watcher.engine, ThreadWatch(RecordKeys(SECRET), ("vb",), [TEXT]))
    plain.send(sent(**IDS))
    assert plain.signals(draft(QUOTE, OUTSIDER)) == set()


SHARED = Mailbox("mottagningen@granvik.example")


def test_shared_mailbox_that_somebody_sends_from_takes_part(watcher: Watcher) -> None:
    watcher.send(sent(sender=SHARED, **IDS))
    assert watcher.signals(answered(SHARED.address, SARA.address), JOHAN) == set()
    assert watcher.signals(answered(SHARED.address, JOHAN.address, sender=SHARED), JOHAN) == set()


def test_what_a_draft_calls_its_sender_is_not_believed(watcher: Watcher) -> None:
    watcher.send(sent(**IDS))
    given = answered(SARA.address, OUTSIDER, sender=Mailbox(OUTSIDER))
    assert watcher.signals(given, JOHAN) == {Signal.NEW_RECIPIENT}
    unnamed = replace(JOHAN, address="")
    assert watcher.signals(given, unnamed) == set()
    assert watcher.signals(answered(JOHAN.address, sender=JOHAN_BOX), unnamed) == set()

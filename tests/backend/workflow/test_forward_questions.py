"""What can be asked, by whom, of whom, and what is the same question. On both databases where they matter."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from backend.decision.policy import Policy
from backend.decision.policy_file import InformationOwner
from backend.domain.draft import Attachment, Draft, DraftKind, Mailbox
from backend.domain.errors import LimitReached, Refused
from backend.domain.forwarding import ApproverKind, DisclosureReason, RequestStatus
from backend.domain.label import Category, Label
from backend.domain.recipient import Concern, RecipientVerdict
from backend.workflow.forward_view import ForwardDecision
from tests.backend.store.conftest import engine, postgresql, postgresql_url, url  # noqa: F401 - fixtures
from tests.backend.workflow.asking import (
    BENGT,
    JOHAN_ADDRESS,
    KERSTIN,
    OMAR,
    OMAR_ADDRESS,
    SARA,
    Asking,
    code,
    forward,
    open_asking,
    policy_with,
)

YES, NO = ForwardDecision(approve=True), ForwardDecision(approve=False)
BOTH = (JOHAN_ADDRESS, OMAR_ADDRESS)
HARMLESS = "Skrivaren på plan 2 är trasig igen."
THREAD = "7" * 32


@pytest.fixture
def asking(engine: Engine, tmp_path: Path) -> Asking:  # noqa: F811 - the fixture
    return open_asking(engine, tmp_path)


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Asking:
    from backend.store.database import open_database  # noqa: PLC0415 - beside the fixtures

    return open_asking(open_database(f"sqlite:///{tmp_path / 'records.sqlite3'}"), tmp_path)


def test_a_question_asked_again_is_the_same_also_at_once(asking: Asking) -> None:
    question = asking.question()
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: asking.desk.ask(question, SARA), range(6)))
    assert len({view.id for view, _ in answers}) == 1
    assert sum(is_new for _, is_new in answers) == 1
    assert asking.events() == ["forward_requested"]
    assert len(asking.notices()) == 2
    asking.desk.decide(answers[0][0].id, YES, KERSTIN)
    view, is_new = asking.desk.ask(question, SARA)
    assert (view.id, view.status, is_new) == (answers[0][0].id, RequestStatus.APPROVED, False)


@pytest.mark.parametrize(
    "other",
    [
        {"reason": DisclosureReason.DUTY},
        {"recipients": (JOHAN_ADDRESS, OMAR_ADDRESS)},
        {"draft": forward(quoted="Placeringen av Tuva Lind upphör på fredag, pappan vet inget ännu.")},
        {"draft": forward(attachments=(Attachment("beslut.pdf", content=b"1"),))},
        {"draft": forward(kind=DraftKind.APPOINTMENT)},
        {"draft": forward("Tuva Lind är gravid och har fått diagnosen borderline.")},
    ],
)
def test_another_question_is_another_request(on_sqlite: Asking, other: dict[str, Any]) -> None:
    first = on_sqlite.asked()
    assert on_sqlite.asked(**other) != first


def test_other_harmless_words_above_are_the_same_question(on_sqlite: Asking) -> None:
    assert on_sqlite.asked() == on_sqlite.asked(forward("Hej Johan, se nedan.", session="another"))


def test_an_ended_request_is_asked_anew(on_sqlite: Asking) -> None:
    first = on_sqlite.asked()
    on_sqlite.desk.decide(first, NO, KERSTIN)
    second = on_sqlite.asked()
    on_sqlite.desk.withdraw(second, SARA)
    third = on_sqlite.asked()
    on_sqlite.clock.forward(72)
    fourth = on_sqlite.asked()
    assert len({first, second, third, fourth}) == 4


def test_who_has_asked_too_much_waits(engine: Engine, tmp_path: Path) -> None:  # noqa: F811 - the fixture
    def one_at_a_time(policy: Policy) -> Policy:
        return policy_with(policy, most_open=2)

    asking = open_asking(engine, tmp_path, one_at_a_time)
    drafts = [forward(quoted=f"Tuva Lind är placerad enligt LVU, beslut {number}.") for number in range(6)]

    def ask(draft: Draft) -> str:
        try:
            return asking.asked(draft)
        except LimitReached as error:
            return error.code

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(ask, drafts))
    assert answers.count("too_many_requests_open") == 4
    assert asking.asked(person=OMAR)


def test_an_information_owner_decides_by_branch_or_category_but_not_for_oneself(
    engine: Engine,  # noqa: F811 - the fixture
    tmp_path: Path,
) -> None:
    def owned(policy: Policy) -> Policy:
        of_branch = InformationOwner(
            id="ifo", branch="individual_and_family_care", account="bengt", address=BENGT.address, name="Bengt Ståhl"
        )
        of_health = InformationOwner(
            id="health", categories=frozenset({Category.HEALTH}), account="sara", address=SARA.address
        )
        return policy_with(policy, [ApproverKind.INFORMATION_OWNER], [of_branch, of_health])

    asking = open_asking(engine, tmp_path, owned)
    request = asking.asked()
    assert asking.notices() == [("approval_asked", BENGT.address)]
    assert code(asking.desk.decide, request, YES, KERSTIN) == "not_an_approver"
    assert asking.desk.decide(request, YES, BENGT).status is RequestStatus.APPROVED
    of_bengt = asking.asked(person=BENGT)
    assert asking.desk.seen(of_bengt, SARA).may_decide
    with pytest.raises(Refused, match="no_approver"):
        asking.asked(person=BENGT, verdict=asking.verdict(forward(), categories=[Category.SCHOOL_WELFARE]))


def test_recipients_default_to_the_drafts_and_each_counts_once(on_sqlite: Asking) -> None:
    draft = forward("", JOHAN_ADDRESS, JOHAN_ADDRESS.upper())
    view, _ = on_sqlite.desk.ask(on_sqlite.question(draft), SARA)
    assert len(view.recipients) == 1
    # Somebody who is not in the draft yet can be asked for.
    view, _ = on_sqlite.desk.ask(on_sqlite.question(draft, recipients=(OMAR_ADDRESS,)), SARA)
    assert [one.mailbox.address for one in view.recipients if one.mailbox] == [OMAR_ADDRESS]
    many = tuple(f"nr{number}@example.se" for number in range(101))
    for recipients, expected in (((" ",), "recipients_missing"), (many, "too_many_recipients")):
        assert code(on_sqlite.desk.ask, on_sqlite.question(draft, recipients=recipients), SARA) == expected


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("x" * 501, "comment_too_long"),
        ("Tuva Lind är placerad enligt LVU.", "comment_sensitive"),
        ("Eleven har adhd och behöver stöd i skolan.", "comment_sensitive"),
        ("Pappan dricker och slår barnen.", "comment_sensitive"),
        ("Hon är sjukskriven för utmattning.", "comment_sensitive"),
        ("Mamman är misstänkt för misshandel.", "comment_sensitive"),
        ("Han har skyddad identitet.", "comment_sensitive"),
        ("Tuva fick en diagnos i går.", "comment_sensitive"),
        ("Gäller 18900101-9802.", "comment_sensitive"),
    ],
)
def test_a_comment_says_nothing_of_the_case(on_sqlite: Asking, comment: str, expected: str) -> None:
    assert code(on_sqlite.desk.ask, on_sqlite.question(comment=comment), SARA) == expected
    request = on_sqlite.asked()
    decision = ForwardDecision(approve=False, comment=comment)
    assert code(on_sqlite.desk.decide, request, decision, KERSTIN) == expected
    assert on_sqlite.events() == ["forward_requested"]


@pytest.mark.parametrize(
    "comment",
    [
        "",
        "   ",
        "x" * 500,
        "Hon tar över efter mig.",
        "Han har lämnat samtycke skriftligt.",
        "Behövs före mötet på torsdag.",
        "Skolan behöver veta inför samverkansmötet.",
        "Polisen har begärt uppgifterna.",
        "Omar har inte med ärendet att göra.",
        "Jag är på semester nästa vecka, Anna tar ärendet.",
        "Ärende 2026-114, hon är medhandläggare.",
        "Enligt överenskommelse med vår jurist Gunnel.",
    ],
)
def test_an_ordinary_comment_is_taken(on_sqlite: Asking, comment: str) -> None:
    view, _ = on_sqlite.desk.ask(on_sqlite.question(comment=comment), SARA)
    assert view.comment == comment.strip()


def test_a_draft_that_says_nothing_sensitive_may_be_asked_about(on_sqlite: Asking) -> None:
    plain = forward(quoted=HARMLESS)
    view, _ = on_sqlite.desk.ask(on_sqlite.question(plain, verdict=""), SARA)
    assert (view.label, view.categories) == (Label.NONE, ())


def test_a_label_set_by_hand_counts_and_a_verdict_of_another_draft_does_not(on_sqlite: Asking) -> None:
    plain = forward(quoted=HARMLESS, label=Label.KANSLIG)
    view, _ = on_sqlite.desk.ask(on_sqlite.question(plain, verdict=on_sqlite.verdict(forward())), SARA)
    assert (view.label, view.categories) == (Label.KANSLIG, ())


def test_the_label_of_the_flagged_thread_is_what_the_approver_sees(on_sqlite: Asking) -> None:
    on_sqlite.flag(THREAD, "c-1")
    plain = forward("Johan Ek tar över.", quoted=HARMLESS, conversation_id="c-1")
    view, _ = on_sqlite.desk.ask(on_sqlite.question(plain, verdict=""), SARA)
    assert (view.label, view.categories) == (Label.MYCKET_KANSLIG, ())
    assert on_sqlite.desk.seen(view.id, KERSTIN).label is Label.MYCKET_KANSLIG
    assert Concern.SPOKEN_OF in view.recipients[0].concerns, "what gives cause for thought under this label"
    assert [row.entry.details["label"] for row in on_sqlite.log()] == ["mycket_kanslig"]
    assert on_sqlite.kept(view.id).threads == (THREAD,)


def test_a_request_is_about_the_threads_that_were_flagged_then(on_sqlite: Asking) -> None:
    draft = forward(conversation_id="c-1")
    first = on_sqlite.asked(draft)
    assert on_sqlite.kept(first).threads == ()
    on_sqlite.desk.decide(first, YES, KERSTIN)
    on_sqlite.flag(THREAD, "c-1")
    second = on_sqlite.asked(draft)
    assert second != first
    assert on_sqlite.kept(second).threads == (THREAD,)
    assert on_sqlite.asked(draft) == second


def test_a_thread_labelled_more_strictly_since_is_asked_about_anew(on_sqlite: Asking) -> None:
    draft = forward(quoted=HARMLESS, conversation_id="c-1")
    on_sqlite.flag(THREAD, "c-1", Label.KANSLIG)
    first = on_sqlite.asked(draft, verdict="")
    assert on_sqlite.asked(draft, verdict="") == first
    on_sqlite.flag(THREAD, "c-1")
    assert on_sqlite.asked(draft, verdict="") != first


def test_asking_and_withdrawing_again_and_again_has_an_end(
    engine: Engine,  # noqa: F811 - the fixture
    tmp_path: Path,
) -> None:
    def one_at_a_time(policy: Policy) -> Policy:
        return policy_with(policy, most_open=1)

    asking = open_asking(engine, tmp_path, one_at_a_time)
    for _ in range(5):
        asking.desk.withdraw(asking.asked(), SARA)
        asking.clock.forward(1)
    assert code(asking.asked) == "too_many_requests_open"
    assert asking.asked(person=OMAR)
    asking.clock.forward(18.9)
    assert code(asking.asked) == "too_many_requests_open"
    asking.clock.forward(0.2)
    assert asking.asked()


def test_recipients_are_shown_with_what_gives_cause_for_thought(on_sqlite: Asking) -> None:
    draft = forward("", "bo.lind@gmail.com", "omar.hadad@granvik.example")
    view, _ = on_sqlite.desk.ask(on_sqlite.question(draft), SARA)
    assert [one.verdict for one in view.recipients] == [RecipientVerdict.PRIVATE, RecipientVerdict.UNKNOWN]
    said = on_sqlite.desk.ask(on_sqlite.question(forward("Johan Ek är sjukskriven för utmattning.")), SARA)[0]
    assert Concern.SPOKEN_OF in said.recipients[0].concerns


def test_nobody_is_left_to_ask(engine: Engine, tmp_path: Path) -> None:  # noqa: F811 - the fixture
    def by_role(policy: Policy) -> Policy:
        return policy_with(policy, [ApproverKind.ROLE])

    asking = open_asking(engine, tmp_path, by_role, role_mailboxes=[Mailbox(SARA.address.upper())])
    with pytest.raises(Refused, match="no_approver"):
        asking.asked()
    assert asking.asked(person=KERSTIN)

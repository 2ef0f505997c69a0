"""What the policy's tables make of recipients: label × verdict, raised by concerns."""

import pytest

from backend.decision.policy import read_policy
from backend.decision.recipients import decide_recipients, recipient_facts
from backend.domain.directory import NotTold
from backend.domain.label import Label, SendDecision
from backend.domain.recipient import (
    Concern,
    DecidedRecipients,
    Doubt,
    JudgedRecipient,
    JudgedRecipients,
    RecipientVerdict,
    ToConfirm,
)
from backend.texts.catalog import read_texts
from tests.backend.factories import recipients

V, C = RecipientVerdict, Concern
ALLOW, PROMPT, BLOCK = SendDecision.ALLOW, SendDecision.PROMPT, SendDecision.BLOCK
NONE, KANSLIG, MYCKET = Label.NONE, Label.KANSLIG, Label.MYCKET_KANSLIG
TABLES = read_policy("standard").rules.recipients
WORDS = read_texts().recipients


def _one(address: str, verdict: RecipientVerdict, *concerns: Concern) -> JudgedRecipient:
    (recipient,) = recipients([address])
    return JudgedRecipient(recipient, verdict, doubts=tuple(map(Doubt, concerns)))


def _decided(label: Label, *judged: JudgedRecipient, concerns: tuple[Concern, ...] = ()) -> DecidedRecipients:
    return decide_recipients(TABLES, JudgedRecipients(judged, tuple(map(Doubt, concerns))), label)


def _facts(decided: DecidedRecipients, *confirmed: str) -> set[str]:
    return {fact for fact, holds in recipient_facts(decided, frozenset(confirmed)).items() if holds}


BY_VERDICT = {
    V.VERIFIED: (ALLOW, PROMPT),
    V.OTHER_UNIT: (ALLOW, PROMPT),
    V.GROUP: (ALLOW, PROMPT),
    V.EXTERNAL: (ALLOW, BLOCK),
    V.UNKNOWN: (PROMPT, BLOCK),
    V.DISABLED: (PROMPT, BLOCK),
    V.LOOKALIKE: (PROMPT, BLOCK),
    V.PRIVATE: (PROMPT, BLOCK),
    V.UNVERIFIABLE: (ALLOW, BLOCK),
}


@pytest.mark.parametrize("verdict", V)
def test_label_and_verdict(verdict: RecipientVerdict) -> None:
    without, with_label = BY_VERDICT[verdict]
    assert _decided(NONE, _one("a", verdict)).each[0].decision is without
    for label in (KANSLIG, MYCKET):
        (one,) = _decided(label, _one("a", verdict)).each
        assert (one.decision, one.needs_thought) == (with_label, verdict is not V.VERIFIED)


@pytest.mark.parametrize("concern", C)
def test_concern_never_makes_it_milder(concern: Concern) -> None:
    for label in Label:
        for verdict in V:
            plain = _decided(label, _one("a", verdict)).each[0].decision
            doubted = _decided(label, _one("a", verdict, concern)).each[0].decision
            assert doubted.rank >= plain.rank


@pytest.mark.parametrize(
    ("label", "judged", "to_confirm"),
    [
        (NONE, [], ToConfirm.NOBODY),
        (KANSLIG, [], ToConfirm.NOBODY),
        (NONE, [V.VERIFIED, V.OTHER_UNIT, V.GROUP, V.EXTERNAL], ToConfirm.NOBODY),
        (NONE, [V.VERIFIED, V.LOOKALIKE], ToConfirm.QUESTIONED),
        (NONE, [V.UNKNOWN], ToConfirm.QUESTIONED),
        (KANSLIG, [V.VERIFIED], ToConfirm.EACH),
        (MYCKET, [V.EXTERNAL], ToConfirm.EACH),
    ],
)
def test_whom_to_confirm(label: Label, judged: list[RecipientVerdict], to_confirm: ToConfirm) -> None:
    assert _decided(label, *(_one("a", one) for one in judged)).to_confirm is to_confirm


def test_harmless_draft_to_colleagues_asks_nothing() -> None:
    decided = _decided(NONE, _one("a", V.VERIFIED, C.NAMESAKE, C.FIRST_TIME, C.ODD_ONE_OUT), _one("b", V.OTHER_UNIT))
    assert _facts(decided) == set()


@pytest.mark.parametrize(
    ("confirmed", "holds"),
    [((), False), (("b",), False), (("a",), True), (("a", "b"), True), (("a", "b", "c"), False), (("a", "c"), False)],
)
def test_confirmation_is_of_this_set(confirmed: tuple[str, ...], *, holds: bool) -> None:
    decided = _decided(NONE, _one("a", V.LOOKALIKE), _one("b", V.VERIFIED))
    assert ("questioned_confirmed" in _facts(decided, *confirmed)) is holds


def test_group_with_outsiders_holds_a_labelled_draft() -> None:
    group = _one("g", V.GROUP, C.EXTERNAL_MEMBERS)
    assert _facts(_decided(KANSLIG, group)) == {"recipient_held", "recipient_questioned", "recipient_outside"}
    assert _facts(_decided(NONE, group)) == {"recipient_outside"}


def test_concerns_about_all_count() -> None:
    many = (C.EXTERNALS_SEE_EACH_OTHER,)
    assert _facts(_decided(NONE, _one("a", V.EXTERNAL), concerns=many)) == {"recipient_outside", "recipients_doubtful"}
    assert "recipient_held" in _facts(_decided(KANSLIG, _one("a", V.VERIFIED), concerns=many))
    assert _facts(_decided(NONE, _one("a", V.VERIFIED), concerns=(C.GREETING_DIFFERS,))) == set()


def test_sternest_concern_stands_first() -> None:
    (one,) = _decided(KANSLIG, _one("g", V.GROUP, C.LARGE_GROUP, C.AUTOMATIC_REPLY, C.EXTERNAL_MEMBERS)).each
    assert [doubt.decision for doubt in one.doubts] == [BLOCK, PROMPT, ALLOW]


def test_every_code_has_its_sentences() -> None:
    assert set(WORDS.verdicts) >= {verdict.value for verdict in V}
    assert set(WORDS.reasons) == {reason.value for reason in NotTold}
    assert set(WORDS.concerns) >= {concern.value for concern in C}
    every = [*WORDS.verdicts.values(), *WORDS.reasons.values(), *WORDS.concerns.values()]
    assert all(swedish and english and swedish != english for swedish, english in every)


FILLED = {"names": "N", "count": "7", "resembles": "R", "organisation": "O", "committee": "K", "branch": "B"}


@pytest.mark.parametrize("concern", C)
@pytest.mark.parametrize("words", [FILLED, {}])
def test_sentences_can_be_filled_in(concern: Concern, words: dict[str, str]) -> None:
    if not words and concern is not C.USUAL_ONE_MISSING:
        return
    (recipient,) = recipients(["a"])
    judged = JudgedRecipients(
        (JudgedRecipient(recipient, V.LOOKALIKE, resembles="R", doubts=(Doubt(concern, words),)),)
    )
    (one,) = decide_recipients(TABLES, judged, KANSLIG, WORDS).each
    said = [one.advice, one.advice_en, one.doubts[0].text, one.doubts[0].text_en]
    assert all(text and "{" not in text for text in said)

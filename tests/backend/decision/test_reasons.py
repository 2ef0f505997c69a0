"""Reasons: few, each once, the most telling first, and none without words and a place."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.finding import BY_MODEL, Finding
from backend.domain.label import Category, Label
from backend.domain.reason import Place, Role
from tests.backend.decision.explaining import WORDS, at, explained

C = Category


def test_words_are_there_for_every_category() -> None:
    assert set(WORDS.topics) == set(Category)
    assert set(WORDS.things) >= set(Category)


def test_reason_points_at_its_sentence() -> None:
    (reason,) = explained(at(C.HEALTH, sentence=3))[1]
    assert reason.text == "Om made_up."
    assert (reason.findings, reason.rules, reason.categories) == ((0,), ("health.made_up",), (C.HEALTH,))
    assert reason.sentence == Place("body", 40, 60, 3)
    assert reason.role is Role.DECIDES


def test_repeated_hits_are_one_reason() -> None:
    findings = [at(C.HEALTH, sentence=number, confidence=number / 10) for number in (1, 4, 4, 6)]
    (reason,) = explained(*findings)[1]
    assert reason.text == "Om made_up. Det står på tre ställen."
    assert reason.findings == (0, 1, 2, 3)
    assert [place.number for place in reason.places] == [1, 4, 6]
    assert reason.sentence == reason.places[2]
    assert reason.confidence == 0.6


def test_many_hits_are_counted_in_digits() -> None:
    (reason,) = explained(*(at(C.HEALTH, sentence=number) for number in range(1, 16)))[1]
    assert reason.text.endswith("Det står på 15 ställen.")


def test_second_meaning_in_the_same_sentence_is_not_told_again() -> None:
    (reason,) = explained(at(C.HEALTH, rule="a"), at(C.HEALTH, rule="b"))[1]
    assert (reason.text, reason.rules) == ("Om a.", ("health.a", "health.b"))


def test_another_category_in_the_same_sentence_is_told() -> None:
    assert [one.categories for one in explained(at(C.HEALTH), at(C.UNION))[1]] == [(C.HEALTH,), (C.UNION,)]


def test_beyond_three_of_a_category_the_rest_is_one() -> None:
    findings = [at(C.HEALTH, rule=f"r{number}", sentence=number) for number in range(1, 8)]
    reasons = explained(*findings)[1]
    assert [one.text for one in reasons] == [
        "Om r1.", "Om r2.", "Om r3.", "Texten säger mer om en persons hälsa. Det står på fyra ställen.",
    ]  # fmt: skip
    assert [index for one in reasons for index in one.findings] == list(range(7))


def test_what_decides_comes_first() -> None:
    findings = [
        at(C.PERSONNUMMER), at(C.UNION, confidence=1.0, sentence=2), at(C.HEALTH, sentence=3),
        at(C.HEALTH, "suicide", rule="grave", sentence=4, confidence=0.7),
    ]  # fmt: skip
    reasons = explained(*findings)[1]
    assert [one.rules[0] for one in reasons] == [
        "health.grave", "health.made_up", "union.made_up", "personnummer.made_up",
    ]  # fmt: skip


def test_what_would_carry_the_label_too_comes_after_the_personnummer_of_the_rule() -> None:
    findings = [at(C.UNION, sentence=2), at(C.HEALTH, sentence=3), at(C.PERSONNUMMER), at(C.PERSONNEL, sentence=4)]
    reasons = explained(*findings, personnummer=1, strong=True)[1]
    assert [(one.categories[0], one.role) for one in reasons] == [
        (C.HEALTH, Role.SHARES), (C.PERSONNUMMER, Role.DECIDES), (C.UNION, Role.SHARES), (C.PERSONNEL, Role.ADDS),
    ]  # fmt: skip


def test_roles() -> None:
    union, health, number = at(C.UNION), at(C.HEALTH), at(C.PERSONNUMMER)
    assert _roles(health, union) == {"health": Role.SHARES, "union": Role.SHARES}
    assert _roles(at(C.HEALTH, "suicide"), union) == {"health": Role.DECIDES, "union": Role.ADDS}
    assert _roles(health, union, severe=True) == {"health": Role.SHARES, "union": Role.SHARES}
    assert _roles(health, number, personnummer=1, strong=True, severe=True)["personnummer"] is Role.DECIDES
    assert _roles(number) == {"personnummer": Role.ADDS}
    assert _roles(health, number, personnummer=1, strong=True) == {
        "health": Role.DECIDES, "personnummer": Role.DECIDES,
    }  # fmt: skip


def _roles(*findings: Finding, **identity: Any) -> dict[str, Role]:  # noqa: ANN401 - Identity's fields
    return {one.categories[0].value: one.role for one in explained(*findings, **identity)[1] if one.findings}


@pytest.mark.parametrize(
    ("given_of", "text"),
    [
        ({"strong": True, "findable": True}, WORDS.sentences["findable"]),
        ({"people_in_findings": 5}, "Det handlar om fem personer eller fler."),
        ({"severe": True}, WORDS.sentences["likely_severe"]),
    ],
)
def test_what_is_no_finding_is_told_where_it_raises_the_label(given_of: dict[str, Any], text: str) -> None:
    level, reasons, _ = explained(at(C.HEALTH), **given_of)
    assert level.label is Label.MYCKET_KANSLIG
    assert [one.text for one in reasons] == ["Om made_up.", text]
    assert (reasons[1].findings, reasons[1].sentence, reasons[1].role) == ((), None, Role.DECIDES)
    assert text not in [one.text for one in explained(at(C.PERSONNUMMER), **given_of)[1]]


def test_model_says_what_it_does_not_know() -> None:
    (reason,) = explained(at(C.HEALTH, BY_MODEL, sentence=2))[1]
    assert "låter som något om en persons hälsa" in reason.text
    assert "känner inte igen ett enskilt ord" in reason.text
    assert reason.sentence is not None
    assert reason.sentence.number == 2


def test_plain_absence_and_general_talk_are_no_reasons() -> None:
    assert explained(at(C.HEALTH, "absence_plain"), at(C.UNION, about_person=False))[1] == ()


def test_outside_every_sentence_a_finding_is_its_own_place() -> None:
    (reason,) = explained(replace(at(C.PERSONNUMMER), part="location"))[1]
    assert reason.sentence == Place("location", 5, 9, None)


@given(
    st.lists(
        st.builds(
            lambda category, rule, sentence, said: at(category, rule=rule, sentence=sentence, about_person=said),
            st.sampled_from(list(Category)),
            st.sampled_from("abcdefgh"),
            st.integers(1, 30),
            st.booleans(),
        ),
        max_size=60,
    ),
    st.booleans(),
)
def test_every_finding_that_counts_is_in_one_reason(findings: list[Finding], severe: bool) -> None:  # noqa: FBT001 - hypothesis passes by position
    level, reasons, _ = explained(*findings, severe=severe)
    told = [index for one in reasons for index in one.findings]
    assert sorted(told) == [index for index, one in enumerate(findings) if one.about_person]
    assert len({(one.text, one.findings) for one in reasons}) == len(reasons) <= 4 * len(Category) + 3
    if level.label is not Label.NONE:
        assert reasons[0].role is not Role.ADDS
        assert all(index in told for index, one in enumerate(findings) if one in level.findings)

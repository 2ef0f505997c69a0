"""Rules and model together: what the model may take back, and what it may add."""

from dataclasses import replace

import pytest

from backend.decision.levels import level_of
from backend.decision.policy import read_policy
from backend.decision.policy_file import Thresholds
from backend.decision.weighing import Weighed, weigh
from backend.domain.classified import Classified
from backend.domain.detected import Sentence
from backend.domain.finding import BY_MODEL, SAID_OF_NAMED, UNSURE_TOPIC, WRITTEN_OUT, Finding
from backend.domain.label import Category, Label
from tests.backend.factories import detected, finding

THRESHOLDS = Thresholds(sensitive_from=0.5, rule_stands_from=0.2, severe_from=0.6, severe_over_rules_from=0.8)
POLICY = read_policy("standard").rules.model_copy(update={"thresholds": THRESHOLDS})
SENTENCE = Sentence("body", 100, 140, "hon har det svårt hemma")
C = Category


def _weighed(
    *findings: Finding,
    sensitive: float,
    severe: float = 0.0,
    moving: Sentence | None = SENTENCE,
    said: dict[Sentence, float] | None = None,
) -> Weighed:
    classified = Classified(sensitive, severe, {C.HEALTH: 0.3, C.UNION: 0.8}, moving, said or {})
    return weigh(detected(*findings), classified, POLICY, {"model.sentence": "…"})


@pytest.mark.parametrize(
    ("category", "sensitive", "stands"),
    [
        (C.HEALTH, 0.19, False),
        (C.HEALTH, 0.2, True),
        (C.PERSONNUMMER, 0.0, True),
        (C.PHOTO, 0.0, True),
    ],
)
def test_model_takes_back_what_stands_in_a_general_text(category: Category, sensitive: float, *, stands: bool) -> None:
    assert [one.about_person for one in _weighed(finding(category), sensitive=sensitive).findings] == [stands]


@pytest.mark.parametrize(
    ("severe", "confidence", "stands"),
    [
        (finding(C.PROTECTED_IDENTITY, confidence=0.8), 0.8, True),
        (finding(C.PROTECTED_IDENTITY, confidence=0.79), 0.79, False),
        (finding(C.SOCIAL_SERVICES, "abuse", confidence=0.9), 0.9, True),
        (finding(C.SOCIAL_SERVICES, confidence=0.9), 0.9, False),
        (finding(C.HEALTH, "psychiatric", confidence=0.95), 0.95, True),
    ],
)
def test_harmless_text_around_it_does_not_hide_what_is_very_sensitive(
    severe: Finding, confidence: float, *, stands: bool
) -> None:
    assert severe.confidence == confidence
    assert [one.about_person for one in _weighed(severe, sensitive=0.0).findings] == [stands]


@pytest.mark.parametrize(
    ("found", "own", "stands"),
    [
        (finding(C.PROTECTED_IDENTITY, confidence=0.8), 0.19, False),
        (finding(C.PROTECTED_IDENTITY, confidence=0.8), 0.2, True),
        (finding(C.SCHOOL_WELFARE, confidence=0.8), 0.49, False),
        (finding(C.SCHOOL_WELFARE, confidence=0.8), 0.5, True),
        (finding(C.SCHOOL_WELFARE, confidence=0.79), 0.99, False),
    ],
)
def test_a_clear_finding_stands_by_its_own_sentence(found: Finding, own: float, *, stands: bool) -> None:
    here = Sentence(found.part, found.start, found.end + 5, "det här sägs om någon")
    elsewhere = Sentence(found.part, found.end + 6, found.end + 9, "fika")
    weighed = _weighed(found, sensitive=0.0, said={elsewhere: 0.99, here: own})
    assert [one.about_person for one in weighed.findings] == [stands]


@pytest.mark.parametrize(
    ("found", "number_at", "stands"),
    [
        (finding(C.HEALTH), 30, True),
        (finding(C.HEALTH, confidence=0.79), 30, False),
        (finding(C.HEALTH), 60, False),
        (finding(C.HEALTH, part="quoted"), 30, False),
        (finding(C.HEALTH, about=False), 30, False),
    ],
)
def test_a_clear_finding_beside_a_personnummer_stands(found: Finding, number_at: int, *, stands: bool) -> None:
    number = replace(finding(C.PERSONNUMMER), start=number_at, end=number_at + 13)
    sentences = [Sentence(part, *place, "") for part in ("body", "quoted") for place in ((0, 50), (51, 100))]
    harmless = Classified(0.0, 0.0, {}, None, dict.fromkeys(sentences, 0.0))
    weighed = weigh(detected(found, number, sentences=sentences), harmless, POLICY, {})
    assert [one.about_person for one in weighed.findings] == [stands, True]


@pytest.mark.parametrize(
    ("confidence", "words", "sensitive", "stands"),
    [
        (0.8, 1, 0.03, True),
        (0.8, 15, 0.03, True),
        (0.8, 16, 0.03, False),
        (0.79, 3, 0.03, False),
        (0.8, 0, 0.03, False),
        (0.8, 3, 0.029, False),
    ],
)
def test_a_clear_finding_in_a_draft_of_a_few_words_stands(
    confidence: float, words: int, sensitive: float, *, stands: bool
) -> None:
    half = words // 2
    sentences = [Sentence("body", 0, 50, "ord " * half), Sentence("body", 51, 99, "ord " * (words - half))]
    harmless = Classified(sensitive, 0.0, {}, None, dict.fromkeys(sentences, 0.0))
    weighed = weigh(detected(finding(C.HEALTH, confidence=confidence), sentences=sentences), harmless, POLICY, {})
    assert [one.about_person for one in weighed.findings] == [stands]


@pytest.mark.parametrize(
    ("trait", "confidence", "sensitive", "stands"),
    [
        (SAID_OF_NAMED, 0.8, 0.03, True),
        (SAID_OF_NAMED, 0.79, 0.03, False),
        (SAID_OF_NAMED, 0.8, 0.029, False),
        (WRITTEN_OUT, 0.8, 0.0, True),
        (WRITTEN_OUT, 0.79, 0.03, False),
    ],
)
def test_what_is_said_of_a_name_or_written_out_stands_in_any_text(
    trait: str, confidence: float, sensitive: float, *, stands: bool
) -> None:
    found = finding(C.OTHER_SECRECY, trait, confidence=confidence)
    assert [one.about_person for one in _weighed(found, sensitive=sensitive).findings] == [stands]


def test_nothing_is_added_below_the_threshold() -> None:
    general = finding(C.HEALTH, about=False)
    assert _weighed(general, sensitive=0.49).findings == (general,)


def test_finding_in_the_moving_sentence_is_promoted() -> None:
    elsewhere = finding(C.UNION, about=False, confidence=0.99)
    here = Finding(
        C.HEALTH,
        "health.x",
        "body",
        110,
        120,
        "•••",
        about_person=False,
        confidence=0.4,
        explanation="",
        source=("M1",),
    )
    weighed = _weighed(elsewhere, here, sensitive=0.7)
    assert [one.about_person for one in weighed.findings] == [False, True]
    assert weighed.findings[1].confidence == 0.7


def test_model_points_at_the_sentence_where_no_rule_does() -> None:
    (own,) = _weighed(sensitive=0.9).findings
    assert (own.category, own.part, own.start, own.end, own.excerpt) == (C.UNION, "body", 100, 140, "•••")
    assert own.about_person


def test_personnummer_alone_does_not_hide_what_the_model_sees() -> None:
    weighed = _weighed(finding(C.PERSONNUMMER), sensitive=0.9)
    assert {one.category for one in weighed.findings if one.about_person} == {C.UNION, C.PERSONNUMMER}


def test_plain_absence_is_never_promoted() -> None:
    weighed = _weighed(finding(C.HEALTH, "absence_plain", about=False), sensitive=0.9)
    assert [one.rule for one in weighed.findings if one.about_person] == ["model.sentence"]


def test_draft_without_sentences_gets_no_finding() -> None:
    assert _weighed(sensitive=0.99, moving=None).findings == ()


@pytest.mark.parametrize(("sensitive", "severe", "likely"), [(0.5, 0.6, True), (0.49, 0.99, False), (0.9, 0.59, False)])
def test_likely_severe_needs_both_thresholds(sensitive: float, severe: float, *, likely: bool) -> None:
    assert _weighed(sensitive=sensitive, severe=severe).likely_severe is likely


@pytest.mark.parametrize(
    ("found", "severe", "likely"),
    [
        (finding(C.HEALTH), 0.79, False),
        (finding(C.HEALTH), 0.8, True),
        (finding(C.PERSONNUMMER), 0.6, True),
        (finding(C.HEALTH, "absence_plain"), 0.6, True),
    ],
)
def test_model_must_be_surer_where_rules_speak(found: Finding, severe: float, *, likely: bool) -> None:
    assert _weighed(found, sensitive=0.9, severe=severe).likely_severe is likely


ABSENCE = replace(finding(C.HEALTH, "absence_plain"), start=SENTENCE.start, end=SENTENCE.start + 5)
OTHER = Sentence("body", 150, 190, "hon kommer inte upp på morgnarna längre")


@pytest.mark.parametrize(
    ("said", "start"), [({}, None), ({SENTENCE: 0.9, OTHER: 0.49}, None), ({SENTENCE: 0.9, OTHER: 0.5}, OTHER.start)]
)
def test_a_plain_absence_is_not_what_the_model_means(said: dict[Sentence, float], start: int | None) -> None:
    own = [one for one in _weighed(ABSENCE, sensitive=0.9, said=said).findings if BY_MODEL in one.traits]
    assert [one.start for one in own] == ([] if start is None else [start])


@pytest.mark.parametrize(("union", "unsure"), [(0.49, True), (0.5, False)])
def test_topic_that_is_only_the_likeliest_is_told_so(union: float, *, unsure: bool) -> None:
    classified = Classified(0.9, 0.0, {C.HEALTH: 0.3, C.UNION: union}, SENTENCE)
    (own,) = weigh(detected(), classified, POLICY, {"model.sentence": "…"}).findings
    assert (own.category, UNSURE_TOPIC in own.traits) == (C.UNION, unsure)


@pytest.mark.parametrize(
    "words", ["xnamn xnamn xnamn xnamn xnamn", "närvarande xnamn xnamn sekreterare xnamn", "xpnr xpnr", ""]
)
def test_names_and_numbers_alone_give_the_model_nothing_to_point_at(words: str) -> None:
    assert _weighed(sensitive=0.99, severe=0.99, moving=Sentence("body", 0, 10, words)).findings == ()


@pytest.mark.parametrize(
    ("facts", "label"),
    [
        ({"likely_severe"}, Label.MYCKET_KANSLIG),
        ({"personnummer", "strong_identifier", "five_people"}, Label.KANSLIG),
    ],
)
def test_only_the_model_s_own_judgement_raises_its_own_finding(facts: set[str], label: Label) -> None:
    weighed = _weighed(sensitive=0.99, severe=0.99)
    assert level_of(POLICY, weighed.findings, frozenset(facts)).label is label

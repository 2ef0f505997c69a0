"""No draft is labelled without a reason that a person can read: the whole corpus, and drafts of what rules know."""

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.decision.policy import read_policy
from backend.detection.engine import Detector
from backend.detection.rule_files import read_rules
from backend.domain.assessment import Assessment
from backend.domain.classified import Classified, Classifier
from backend.domain.detected import Detected
from backend.domain.draft import Draft, DraftKind
from backend.domain.encoder import NoEncoder
from backend.domain.label import Category, Label
from backend.domain.reason import Role
from backend.extraction.parts import extract_parts
from backend.texts.catalog import read_texts
from backend.training.corpus_file import read_corpus
from backend.training.cross_validation import RulesOnly
from backend.workflow.assess_draft import Assessor
from tests.backend.served import assessor

RULES = read_rules()
SAID = sorted({text for rule in RULES for text in (*rule.matches, *rule.clean)})
SMALL_TALK = [
    "Hej!", "Ring mig 070-174 06 05.", "Personnummer 19120211-9986.", "Anna Berg, Storgatan 14", "född 1980-05-14",
    "Vi ses på torsdag.", "- Bo Ek", "Mvh", "> Tack för hjälpen", "Från: Bo Ek <bo.ek@example.se>", "SIP ang A.B.",
    "hon mår inte bra och vet inte vart hon ska ta vägen", "\t|", "",
]  # fmt: skip
LINES = st.lists(st.one_of(st.sampled_from(SAID), st.sampled_from(SMALL_TALK), st.text(max_size=30)), max_size=12)


def _check(draft: Draft, assessment: Assessment) -> None:
    lengths = {part.id: len(part.text) for part in extract_parts(draft)}
    if assessment.label is not Label.NONE:
        assert assessment.reasons[0].role is not Role.ADDS
        assert assessment.reasons[0].sentence is not None
        assert assessment.lowering
    for reason in assessment.reasons:
        assert reason.text.endswith((".", "?"))
        assert reason.text[0].isupper()
        assert not {"{", "}", "_"} & set(reason.text)
        assert all(assessment.findings[index].rule in reason.rules for index in reason.findings)
        for place in reason.places:
            assert 0 <= place.start < place.end <= lengths[place.part]
    for step in assessment.lowering:
        assert step.label.rank < assessment.label.rank
        assert step.text.endswith(".")
        assert all(assessment.findings[index].about_person for index in step.findings)


class Alarmed:
    """A classifier to which everything is grave, because of the longest sentence: the model's own reasons show."""

    version = "alarmed"
    encoder_version: str | None = None
    no_encoder = NoEncoder.MISSING

    def classify(self, detected: Detected) -> Classified:
        moving = max(detected.sentences, key=lambda one: one.end - one.start, default=None)
        return Classified(0.99, 0.99, {Category.UNION: 0.4, Category.HEALTH: 0.5}, moving)


DETECTOR = Detector()
CLASSIFIERS: dict[str, Classifier] = {"rules": RulesOnly(), "alarmed": Alarmed()}


def _assessor(classifier: str) -> Assessor:
    return Assessor(DETECTOR, CLASSIFIERS[classifier], read_policy("standard"), read_texts())


@dataclass(frozen=True)
class Calm:
    """A classifier that hears nothing in any sentence, and read all of them or not."""

    whole: bool
    version: str = "calm"
    encoder_version: str | None = None
    no_encoder: NoEncoder | None = NoEncoder.MISSING

    def classify(self, detected: Detected) -> Classified:
        return Classified(0.38, 0.0, {}, None, dict.fromkeys(detected.sentences, 0.0), self.whole)


@pytest.mark.parametrize("whole", [True, False])
def test_lower_label_is_promised_only_where_all_was_read(*, whole: bool) -> None:
    assessor = Assessor(DETECTOR, Calm(whole), read_policy("standard"), read_texts())
    (step,) = assessor.assess(Draft("", "Karin Ekdahl har fått diagnosen adhd.")).lowering
    assert ("kanske" in step.text) != whole


@pytest.mark.slow
@pytest.mark.parametrize("classifier", CLASSIFIERS)
def test_every_draft_of_the_corpus(classifier: str) -> None:
    reading = _assessor(classifier)
    labelled = 0
    for row in read_corpus():
        assessment = reading.assess(row.draft)
        labelled += assessment.label is not Label.NONE
        _check(row.draft, assessment)
    assert labelled > 1000


def test_drafts_of_the_corpus_as_they_are_served() -> None:
    for row in read_corpus()[::40]:
        _check(row.draft, assessor().assess(row.draft))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    LINES,
    st.lists(st.sampled_from(SAID), max_size=1),
    st.sampled_from(list(DraftKind)),
    st.sampled_from(sorted(CLASSIFIERS)),
)
def test_drafts_made_up_of_what_rules_know(
    body: list[str], subject: list[str], kind: DraftKind, classifier: str
) -> None:
    draft = Draft(subject="".join(subject), body="\n".join(body), kind=kind)
    _check(draft, _assessor(classifier).assess(draft))

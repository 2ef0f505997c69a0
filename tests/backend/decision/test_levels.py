"""The decision of the label rules, point by point, on findings and identities made for it."""

from functools import cache

import pytest

from backend.decision.facts import finding_facts
from backend.decision.levels import Level, categories_of, level_of
from backend.decision.policy import Policy, read_policy
from backend.domain.detected import Identity
from backend.domain.finding import Finding
from backend.domain.label import Category, Label
from tests.backend.factories import finding

NONE, KANSLIG, MYCKET = Label.NONE, Label.KANSLIG, Label.MYCKET_KANSLIG
C = Category
ARTICLE_9 = (C.HEALTH, C.ETHNIC_ORIGIN, C.POLITICAL, C.BELIEF, C.UNION)
SECRET = (C.SOCIAL_SERVICES, C.SCHOOL_WELFARE, C.PERSONNEL, C.CRIMINAL, C.OTHER_SECRECY)
POINT_7 = (*ARTICLE_9, *SECRET)
POINT_5 = (*ARTICLE_9, C.CRIMINAL, C.SOCIAL_SERVICES)
ALWAYS_SEVERE = (C.PROTECTED_IDENTITY, C.GENETIC, C.BIOMETRIC, C.SEX_LIFE)
STRICT_SOCIAL = ("child_at_risk", "lvu_lvm", "abuse", "addiction", "placement", "sheltered")
SPECIAL_HEALTH = ("psychiatric", "hiv_sti", "suicide", "abortion", "addiction_care")
NOBODY = Identity()
NAMED = Identity(full_names=1, people=1, people_in_findings=1)
STRONG = Identity(full_names=1, people=1, strong=True)
FOUR, FIVE = Identity(people_in_findings=4), Identity(people_in_findings=5)
NUMBER = Identity(personnummer=1, strong=True)
POLICIES = ("standard", "motala", "ronneby")

Row = tuple[Label, str, Identity, tuple[Finding, ...]]
TABLE: list[Row] = [
    *[(MYCKET, f"points 1 and 2 {one}", NOBODY, (finding(one),)) for one in ALWAYS_SEVERE],
    *[(MYCKET, f"point 3 {trait}", NOBODY, (finding(C.SOCIAL_SERVICES, trait),)) for trait in STRICT_SOCIAL],
    (KANSLIG, "point 3 without strict secrecy", NAMED, (finding(C.SOCIAL_SERVICES, "financial_aid"),)),
    (KANSLIG, "point 3 strict words on another category", NAMED, (finding(C.SCHOOL_WELFARE, "child_at_risk"),)),
    (MYCKET, "point 4 strong identifier", STRONG, (finding(C.HEALTH),)),
    (KANSLIG, "point 4 full name alone", NAMED, (finding(C.HEALTH),)),
    *[(KANSLIG, f"point 4 only for health {one}", STRONG, (finding(one),)) for one in POINT_7 if one is not C.HEALTH],
    *[(MYCKET, f"point 4 {trait}", NOBODY, (finding(C.HEALTH, trait),)) for trait in SPECIAL_HEALTH],
    (KANSLIG, "ruling: adhd is not psychiatric", NAMED, (finding(C.HEALTH, "neuropsychiatric"),)),
    *[(MYCKET, f"point 5 {one}", NUMBER, (finding(one), finding(C.PERSONNUMMER))) for one in POINT_5],
    *[
        (KANSLIG, f"point 5 not for {one}", NUMBER, (finding(one), finding(C.PERSONNUMMER)))
        for one in (C.SCHOOL_WELFARE, C.PERSONNEL, C.OTHER_SECRECY)
    ],
    (KANSLIG, "point 5 number that is none", NAMED, (finding(C.UNION), finding(C.PERSONNUMMER, about=False))),
    *[(MYCKET, f"point 6 {one}", FIVE, (finding(one),)) for one in POINT_7],
    *[(KANSLIG, f"point 6 four people {one}", FOUR, (finding(one),)) for one in POINT_7],
    *[(KANSLIG, f"point 7 {one}", NOBODY, (finding(one),)) for one in POINT_7],
    (KANSLIG, "point 8", Identity(personnummer=5, strong=True), (finding(C.PERSONNUMMER),) * 5),
    (NONE, "four numbers", Identity(personnummer=4, strong=True), (finding(C.PERSONNUMMER),) * 4),
    (NONE, "nothing", NOBODY, ()),
    (NONE, "names and addresses alone", Identity(full_names=9, people=9, strong=True), ()),
    (NONE, "plain absence", NAMED, (finding(C.HEALTH, "absence_plain"),)),
    (KANSLIG, "absence with its cause", NAMED, (finding(C.HEALTH, "absence_plain"), finding(C.HEALTH))),
    (NONE, "photo alone", NOBODY, (finding(C.PHOTO),)),
    *[(NONE, f"topic in general {one}", FIVE, (finding(one, about=False),)) for one in (*POINT_7, *ALWAYS_SEVERE)],
    (NONE, "psychiatry in general", STRONG, (finding(C.HEALTH, "psychiatric", about=False),)),
    (
        KANSLIG,
        "strict words in general",
        NAMED,
        (finding(C.SOCIAL_SERVICES), finding(C.SOCIAL_SERVICES, "lvu_lvm", about=False)),
    ),
    (MYCKET, "strictest wins", NAMED, (finding(C.UNION), finding(C.PROTECTED_IDENTITY))),
    *[(KANSLIG, f"quoted history {part}", NOBODY, (finding(C.HEALTH, part=part),)) for part in ("quoted", "subject")],
    (KANSLIG, "attachment's name", NOBODY, (finding(C.UNION, part="attachment_name:0"),)),
]


@cache
def _policy(name: str) -> Policy:
    return read_policy(name)


def _level(
    findings: tuple[Finding, ...], identity: Identity, policy: str = "standard", *, severe: bool = False
) -> Level:
    return level_of(_policy(policy).rules, findings, finding_facts(identity, findings, likely_severe=severe))


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize(("label", "identity", "findings"), [pytest.param(a, c, d, id=b) for a, b, c, d in TABLE])
def test_label(label: Label, identity: Identity, findings: tuple[Finding, ...], policy: str) -> None:
    assert _level(findings, identity, policy).label is label


def test_every_category_is_in_the_table() -> None:
    assert {one.category for row in TABLE for one in row[3]} == set(Category)


def test_level_rests_on_the_findings_that_carry_it() -> None:
    carrying = finding(C.HEALTH, "suicide")
    level = _level((finding(C.UNION), finding(C.HEALTH), carrying), NAMED)
    assert level.findings == (carrying,)
    assert level.rule is not None
    assert level.rule.id == "health_of_special_kind"


def test_likely_severe_raises_what_is_sensitive_and_nothing_else() -> None:
    assert _level((finding(C.UNION),), NAMED, severe=True).label is MYCKET
    assert _level((finding(C.PERSONNUMMER),), NUMBER, severe=True).label is NONE


def test_categories_are_those_said_of_a_person_in_the_order_of_the_list() -> None:
    findings = (
        finding(C.PHOTO),
        finding(C.UNION),
        finding(C.HEALTH, "absence_plain"),
        finding(C.BELIEF, about=False),
        finding(C.ETHNIC_ORIGIN),
        finding(C.UNION),
    )
    assert categories_of(findings) == (C.ETHNIC_ORIGIN, C.UNION, C.PHOTO)

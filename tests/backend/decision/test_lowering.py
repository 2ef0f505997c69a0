"""What to take out for a lower label: named, no more than needed, and true by the policy's own rules."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.decision.facts import finding_facts
from backend.decision.levels import level_of
from backend.domain.detected import Identity
from backend.domain.finding import BY_MODEL, Finding
from backend.domain.label import Category, Label
from tests.backend.decision.explaining import at, explained, policy

C = Category
NUMBER = {"personnummer": 1, "strong": True}
FINDABLE = {"strong": True, "findable": True}
Row = tuple[str, tuple[Finding, ...], dict[str, Any], list[str]]
TABLE: list[Row] = [
    ("nothing", (), {}, []),
    ("one thing", (at(C.HEALTH),), {}, ["Tar du bort det om hälsa behövs ingen märkning."]),
    (
        "two things",
        (at(C.HEALTH), at(C.UNION)),
        {},
        ["Tar du bort det om hälsa och det om facket behövs ingen märkning."],
    ),
    (
        "personnummer first",
        (at(C.HEALTH), at(C.PERSONNUMMER)),
        NUMBER,
        ["Tar du bort personnumret räcker märkningen Känslig.", "Tar du bort det om hälsa behövs ingen märkning."],
    ),
    (
        "two personnummer",
        (at(C.UNION), at(C.PERSONNUMMER), at(C.PERSONNUMMER, sentence=2)),
        {"personnummer": 2, "strong": True},
        ["Tar du bort personnumren räcker märkningen Känslig.", "Tar du bort det om facket behövs ingen märkning."],
    ),
    (
        "address",
        (at(C.HEALTH),),
        FINDABLE,
        [
            "Tar du bort adress och födelsedatum räcker märkningen Känslig.",
            "Tar du bort det om hälsa behövs ingen märkning.",
        ],
    ),
    (
        "personnummer and address",
        (at(C.HEALTH), at(C.PERSONNUMMER)),
        NUMBER | FINDABLE,
        [
            "Tar du bort personnumret och adress och födelsedatum räcker märkningen Känslig.",
            "Tar du bort det om hälsa behövs ingen märkning.",
        ],
    ),
    (
        "many people",
        (at(C.UNION),),
        {"people_in_findings": 5},
        [
            "Skriver du om färre än fem personer räcker märkningen Känslig.",
            "Tar du bort det om facket behövs ingen märkning.",
        ],
    ),
    (
        "many people and a personnummer",
        (at(C.UNION), at(C.PERSONNUMMER)),
        NUMBER | {"people_in_findings": 5},
        [
            "Tar du bort personnumret och skriver om färre än fem personer räcker märkningen Känslig.",
            "Tar du bort det om facket behövs ingen märkning.",
        ],
    ),
    (
        "the most telling of a category",
        (at(C.HEALTH, "suicide", rule="a"), at(C.HEALTH, rule="b", sentence=2)),
        {},
        [
            "Tar du bort det mest utlämnande i det om hälsa räcker märkningen Känslig.",
            "Tar du bort det om hälsa behövs ingen märkning.",
        ],
    ),
    (
        "health and number beside the union",
        (at(C.HEALTH, "suicide"), at(C.UNION), at(C.PERSONNUMMER)),
        NUMBER,
        [
            "Tar du bort det om hälsa och personnumret räcker märkningen Känslig.",
            "Tar du bort det om hälsa och det om facket behövs ingen märkning.",
        ],
    ),
    ("the model's sentence", (at(C.HEALTH, BY_MODEL),), {}, [
        "Tar du bort meningen som vi pekar på behövs kanske ingen märkning. Läs resten också: där kan stå mer."
    ]),
    ("five personnummer", (at(C.PERSONNUMMER),) * 5, {"personnummer": 5, "strong": True}, [
        "Tar du bort personnumren behövs ingen märkning."
    ]),
    (
        "the model raised the label",
        (at(C.UNION),),
        {"severe": True},
        ["Tar du bort det om facket behövs ingen märkning."],
    ),
    (
        "more than anybody wants listed",
        tuple(at(one) for one in (C.HEALTH, C.UNION, C.BELIEF, C.CRIMINAL, C.PERSONNEL)),
        {},
        ["Tar du bort allt det känsliga behövs ingen märkning."],
    ),
    (
        "the model thinks so too",
        (at(C.HEALTH),),
        FINDABLE | {"severe": True},
        [
            "Tar du bort adress och födelsedatum räcker kanske märkningen Känslig. Läs resten också: där kan stå mer.",
            "Tar du bort det om hälsa behövs ingen märkning.",
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("findings", "given_of", "texts"), [pytest.param(*row[1:], id=row[0]) for row in TABLE])
def test_steps(findings: tuple[Finding, ...], given_of: dict[str, Any], texts: list[str]) -> None:
    _, _, steps = explained(*findings, **given_of)
    assert [step.text for step in steps] == texts


def test_nothing_is_promised_where_the_model_sees_more() -> None:
    _, _, steps = explained(at(C.HEALTH), at(C.PERSONNUMMER), quiet=False, personnummer=1, strong=True)
    assert [step.text for step in steps] == [
        "Tar du bort personnumret räcker kanske märkningen Känslig. Läs resten också: där kan stå mer.",
        "Tar du bort det om hälsa behövs kanske ingen märkning. Läs resten också: där kan stå mer.",
    ]


def test_what_is_said_of_nobody_is_left_alone() -> None:
    _, _, steps = explained(at(C.HEALTH, about_person=False), at(C.HEALTH, sentence=2), at(C.PHOTO, sentence=3))
    assert [step.findings for step in steps] == [(1,)]


_TRAITS = st.sampled_from(["", "suicide", "lvu_lvm", "psychiatric"])
_FINDINGS = st.lists(
    st.builds(
        lambda category, trait, sentence, said: at(
            category, *filter(None, [trait]), sentence=sentence, rule=trait or "plain", about_person=said
        ),
        st.sampled_from(list(Category)),
        _TRAITS,
        st.integers(1, 20),
        st.booleans(),
    ),
    max_size=12,
)


@given(_FINDINGS, st.integers(0, 7), st.booleans(), st.booleans())
def test_taking_out_what_a_step_names_gives_its_label(
    findings: list[Finding],
    people: int,
    findable: bool,  # noqa: FBT001 - hypothesis hands them over
    severe: bool,  # noqa: FBT001 - the same
) -> None:
    numbers = sum(one.category is C.PERSONNUMMER and one.about_person for one in findings)
    person: dict[str, Any] = {"personnummer": numbers, "strong": numbers > 0 or findable, "findable": findable}
    level, _, steps = explained(*findings, severe=severe, **person, people_in_findings=people)
    assert bool(steps) == (level.label is not Label.NONE)
    for step in steps:
        assert step.label.rank < level.label.rank
        left = [one for index, one in enumerate(findings) if index not in step.findings]
        stay = sum(one.category is C.PERSONNUMMER and one.about_person for one in left)
        open_door = findable and "adress" not in step.text
        identity = Identity(
            personnummer=stay,
            strong=stay > 0 or open_door,
            people_in_findings=min(people, 4) if "färre" in step.text else people,
        )
        facts = finding_facts(identity, left, likely_severe=severe and "kanske" not in step.text)
        assert level_of(policy().rules, left, facts).label is step.label

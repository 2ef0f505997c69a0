"""A mail about ten other matters: what one sentence says of somebody is neither drowned nor made up."""

from dataclasses import replace

import pytest

from backend.assembly import build_assessor
from backend.domain.draft import DraftKind
from backend.domain.label import Label
from backend.settings import PROJECT_FOLDER, Settings
from backend.training.corpus_file import LabelledDraft, read_labelled
from backend.workflow.assess_draft import Assessor

SMALL_TOWN = PROJECT_FOLDER / "tests" / "samples" / "labelled" / "small_town.jsonl"
OTHER_MATTERS = (
    "Dagordningen ligger i mappen, fyll på med egna punkter före onsdag.",
    "Kaffemaskinen på plan två är lagad, men vattnet ska fortfarande hämtas i köket.",
    "Budgeten för nästa år går vi igenom efter lunch.",
    "Glöm inte att låsa cykelrummet när ni går hem.",
    "Den nya skrivaren står i korridoren och heter Hamnen 2 i listan.",
    "Parkeringen bakom huset asfalteras på torsdag, så ställ bilarna på torget.",
    "Julbordet blir den tolfte december och anmälan stänger på fredag.",
    "Fönstren putsas i veckan, plocka undan växterna.",
    "Utbildningen i det nya ekonomisystemet spelas in för den som inte kan vara med.",
    "Tack för en bra planeringsdag, anteckningarna kommer i morgon.",
)


@pytest.fixture(scope="module")
def messages() -> list[LabelledDraft]:
    return [row for row in read_labelled(SMALL_TOWN) if row.draft.kind is DraftKind.MESSAGE]


@pytest.fixture(scope="module")
def assessor() -> Assessor:
    return build_assessor("standard", Settings())


@pytest.mark.parametrize("before", [0, 5, 10])
def test_other_matters_change_little(before: int, messages: list[LabelledDraft], assessor: Assessor) -> None:
    changed: list[tuple[str, Label, Label]] = []
    for row in messages:
        matters = [*OTHER_MATTERS[:before], row.draft.body, *OTHER_MATTERS[before:]]
        alone = assessor.assess(row.draft).label
        among = assessor.assess(replace(row.draft, body="\n\n".join(matters))).label
        if (alone is Label.NONE) != (among is Label.NONE):
            changed.append((row.draft.id, alone, among))
    assert len(changed) <= 0.10 * len(messages), changed

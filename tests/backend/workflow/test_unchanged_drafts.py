"""An unchanged draft is answered without reading it again, and nothing else is."""

from dataclasses import replace
from datetime import date

import pytest

from backend.domain.draft import Attachment, ComposeType, Draft, DraftKind, Mailbox, Recipient
from backend.domain.sending import Circumstances
from backend.domain.threads import ThreadStanding
from backend.workflow.unchanged_drafts import UnchangedDrafts
from tests.backend.served import assessor

DAY = date(2026, 11, 1)
DRAFT = Draft(id="1", subject="Lunch", body="Vi ses kl. 12.", recipients=(Recipient(Mailbox("a@example.se")),))
NOWHERE = Circumstances()


def test_same_draft_is_answered_again_with_its_own_time() -> None:
    one = replace(assessor(), unchanged=UnchangedDrafts())
    first, second = one.assess(DRAFT), one.assess(DRAFT)
    assert replace(second, elapsed_ms=first.elapsed_ms) == first
    assert second.elapsed_ms < first.elapsed_ms


@pytest.mark.parametrize(
    "change",
    [
        {"id": "2"},
        {"subject": "Lunch?"},
        {"body": "Vi ses kl. 13."},
        {"kind": DraftKind.APPOINTMENT},
        {"compose_type": ComposeType.FORWARD},
        {"location": "Matsalen"},
        {"sender": Mailbox("b@example.se")},
        {"recipients": (Recipient(Mailbox("c@example.se")),)},
        {"attachments": (Attachment("lista.pdf"),)},
        {"attachments": (Attachment("lista.pdf", content=b"1"),)},
        {"conversation_id": "t-1"},
    ],
)
def test_any_change_gives_another_key(change: dict[str, object]) -> None:
    kept = UnchangedDrafts()
    assert kept.key(replace(DRAFT, **change), NOWHERE, DAY) != kept.key(DRAFT, NOWHERE, DAY)  # type: ignore[arg-type]  # a table of fields


@pytest.mark.parametrize(
    "circumstances",
    [
        Circumstances(thread=ThreadStanding(threads=("1",))),
        Circumstances(approved=True),
        Circumstances(grounds={"photo": "consent"}),
        Circumstances(confirmed=frozenset({"a@example.se"})),
    ],
)
def test_circumstances_count(circumstances: Circumstances) -> None:
    kept = UnchangedDrafts()
    assert kept.key(DRAFT, circumstances, DAY) != kept.key(DRAFT, NOWHERE, DAY)
    assert kept.key(DRAFT, NOWHERE, DAY) != kept.key(DRAFT, NOWHERE, date(2026, 11, 2))


def test_it_forgets_in_time_and_in_number() -> None:
    now = [0.0]
    kept = UnchangedDrafts(now=lambda: now[0])
    assessment = assessor().assess(DRAFT)
    keys = [kept.key(replace(DRAFT, id=str(number)), NOWHERE, DAY) for number in range(300)]
    for key in keys:
        kept.put(key, assessment)
    assert kept.get(keys[0], 0.1) is None
    assert kept.get(keys[-1], 0.1) is not None
    now[0] = 601.0
    assert kept.get(keys[-1], 0.1) is None


def test_keys_of_two_processes_differ() -> None:
    assert UnchangedDrafts().key(DRAFT, NOWHERE, DAY) != UnchangedDrafts().key(DRAFT, NOWHERE, DAY)

"""Flagged threads: what was sent with a label is not forwarded without approval; the database tells nothing of it."""

from dataclasses import replace
from typing import Any

import pytest

from backend.domain.draft import Attachment, ComposeType
from backend.domain.label import Label, SendDecision
from tests.backend.factories import COLLEAGUE, OUTSIDER, draft
from tests.backend.workflow.sending import HARMLESS, SARA, SEVERE, STRANGER, Desk, unmet

KANSLIG, MYCKET = Label.KANSLIG, Label.MYCKET_KANSLIG
BLOCK = SendDecision.BLOCK
THREAD: dict[str, Any] = {"conversation_id": "AAQkADk=", "in_reply_to": "<1@granvik.example>"}
REACHES_OUTSIDE = "projekt.samverkan@granvik.example"
GROUND = {"sensitive": "health_social_care"}


def _send_labelled(desk: Desk, **thread: Any) -> None:  # noqa: ANN401 - Draft's fields
    given = draft("x", COLLEAGUE, label=KANSLIG, **thread)
    assert desk.send(given, desk.verdict(given, KANSLIG)).decision is SendDecision.PROMPT


@pytest.mark.parametrize("ids", [("conversation_id",), ("in_reply_to",), ("conversation_id", "in_reply_to")], ids=str)
def test_harmless_forward_of_a_flagged_thread_is_blocked(ids: tuple[str, ...], desk: Desk) -> None:
    _send_labelled(desk, **THREAD)
    given = draft(HARMLESS, COLLEAGUE, forward=True, **{one: THREAD[one] for one in ids})
    check = desk.send(given)
    assert (check.decision, unmet(check), check.receipt) == (BLOCK, {"request_forward_approval"}, None)


@pytest.mark.parametrize(
    ("to", "compose_type", "expected"),
    [
        (OUTSIDER, ComposeType.FORWARD, {"request_forward_approval", "verify_recipients"}),
        (COLLEAGUE, ComposeType.FORWARD, {"request_forward_approval"}),
        # No forward: as it was.
        (COLLEAGUE, ComposeType.REPLY, set()),
    ],
)
def test_a_forward_goes_to_nobody_who_cannot_get_what_its_thread_holds(
    to: str, compose_type: ComposeType, expected: set[str], desk: Desk
) -> None:
    _send_labelled(desk, **THREAD)
    check = desk.send(replace(draft(HARMLESS, to, **THREAD), compose_type=compose_type))
    assert unmet(check) == expected


def test_what_is_wrong_with_who_cannot_get_a_flagged_thread_is_told(desk: Desk) -> None:
    given = draft(HARMLESS, REACHES_OUTSIDE, forward=True, **THREAD)
    told = desk.checker.assessor.texts.recipients.wrong["external_members"][0]
    assert told not in desk.send(given).message
    _send_labelled(desk, **THREAD)
    assert told in desk.send(given).message


def test_the_verdict_of_an_unflagged_time_does_not_help(desk: Desk) -> None:
    given = draft(HARMLESS, OUTSIDER, forward=True, **THREAD)
    verdict = desk.verdict(given)
    assert desk.send(given, verdict).decision is SendDecision.ALLOW
    _send_labelled(desk, **THREAD)
    assert desk.send(given, verdict).decision is BLOCK


@pytest.mark.parametrize(
    "thread",
    [
        {},
        {"conversation_id": "another"},
        {"conversation_id": THREAD["in_reply_to"], "in_reply_to": THREAD["conversation_id"]},
    ],
)
def test_other_threads_are_free(thread: dict[str, Any], desk: Desk) -> None:
    _send_labelled(desk, **THREAD)
    assert desk.send(draft(HARMLESS, OUTSIDER, forward=True, **thread)).decision is SendDecision.ALLOW


def test_another_tenant_sees_no_flags(desk: Desk) -> None:
    _send_labelled(desk, **THREAD)
    given = draft(HARMLESS, OUTSIDER, forward=True, **THREAD)
    assert desk.send(given, person=STRANGER).decision is SendDecision.ALLOW
    assert desk.send(given, person=SARA).decision is BLOCK


def test_blocked_and_unlabelled_sends_flag_nothing(desk: Desk) -> None:
    blocked = draft("x", OUTSIDER, label=KANSLIG, **THREAD)
    assert desk.send(blocked, desk.verdict(blocked, KANSLIG)).decision is BLOCK
    desk.send(draft(HARMLESS, OUTSIDER, **THREAD))
    assert desk.rows("flagged_thread") == []
    assert len(desk.rows("send_check")) == 2


def test_thread_only_becomes_stricter(desk: Desk) -> None:
    for label in (KANSLIG, MYCKET, KANSLIG):
        given = draft("x", COLLEAGUE, label=label, conversation_id="c")
        desk.send(given, desk.verdict(given, label))
    assert [row["label"] for row in desk.rows("flagged_thread")] == ["mycket_kanslig"]


def test_database_keeps_codes_only(desk: Desk) -> None:
    given = draft(SEVERE, COLLEAGUE, subject="Tuva Lind", label=MYCKET, **THREAD)
    made_up = {"photo": "19000101-9801", "approved": "consent"}
    desk.send(given, grounds=GROUND | made_up)
    (row,) = desk.rows("send_check")
    assert row["grounds"] == "sensitive:health_social_care"
    assert (row["tenant"], row["label"], row["decision"]) == ("granvik", "mycket_kanslig", "prompt")
    assert "social_services" in row["categories"].split()
    for hashed in (row["actor_key"], row["draft_digest"], *(one["mark_key"] for one in desk.rows("thread_mark"))):
        assert len(hashed) == 64
        int(hashed, 16)
    kept = b"".join(path.read_bytes() for path in desk.database.parent.iterdir()).decode("utf-8", "replace")
    assert [word for word in ("Tuva", "0101-9801", COLLEAGUE, "AAQkADk", "sara", "1@granvik") if word in kept] == []


def test_same_ids_in_two_tenants_have_different_hashes(desk: Desk) -> None:
    given = draft("x", COLLEAGUE, label=KANSLIG, **THREAD)
    for person in (SARA, STRANGER):
        desk.send(given, desk.verdict(given, KANSLIG, tenant=person.tenant), person)
    keys = {row["mark_key"] for row in desk.rows("thread_mark")}
    # Conversation, message and the draft itself, in each.
    assert len(keys) == 6
    assert len({row["actor_key"] for row in desk.rows("send_check")}) == 2


@pytest.mark.parametrize("forward", [True, False])
def test_attached_mail_that_cannot_be_read_is_asked_about(forward: bool, desk: Desk) -> None:  # noqa: FBT001 - a column of the table
    unread, read = Attachment("Möte", "message/rfc822"), Attachment("x.eml", content=b"From: a@example.se\n\nHej\n")
    check = desk.send(draft(HARMLESS, COLLEAGUE, forward=forward, attachments=(unread, read)))
    assert (check.decision, unmet(check)) == (SendDecision.PROMPT, {"request_forward_approval"})
    assert desk.rows("flagged_thread") == []
    assert desk.send(draft(HARMLESS, COLLEAGUE, forward=forward, attachments=(read,))).decision is SendDecision.ALLOW

"""Pressing Send: what the verdict, the sender's statements, recipients and the thread make of it."""

import pytest

from backend.domain.draft import BodyFormat, Draft, Mailbox, Recipient, RecipientRole
from backend.domain.label import Category, Label, SendDecision
from tests.backend.factories import COLLEAGUE, OUTSIDER, PRIVATE, booking, draft
from tests.backend.workflow.sending import HARMLESS, SEVERE, Desk, unmet

ALLOW, PROMPT, BLOCK = SendDecision.ALLOW, SendDecision.PROMPT, SendDecision.BLOCK
NONE, KANSLIG, MYCKET = Label.NONE, Label.KANSLIG, Label.MYCKET_KANSLIG
HEALTH = Category.HEALTH
GROUND = {"sensitive": "health_social_care"}
UNKNOWN = "nobody@granvik.example"
TEAMS = "https://teams.microsoft.com/l/meetup-join/1"


def test_harmless_draft_is_allowed_anywhere(desk: Desk) -> None:
    check = desk.send(draft(HARMLESS, OUTSIDER), confirm=False)
    assert (check.decision, check.obligations) == (ALLOW, ())
    assert check.receipt


@pytest.mark.parametrize(
    ("address", "decision"),
    [
        (COLLEAGUE, PROMPT),
        (COLLEAGUE.upper(), PROMPT),
        (OUTSIDER, BLOCK),
        (PRIVATE, BLOCK),
        (UNKNOWN, BLOCK),
        ("", BLOCK),
    ],
)
@pytest.mark.parametrize("role", RecipientRole)
def test_labelled_draft(address: str, decision: SendDecision, role: RecipientRole, desk: Desk) -> None:
    """Whatever field a recipient stands in, hidden copies included."""
    others = (Recipient(Mailbox(COLLEAGUE)), Recipient(Mailbox(address), role))
    given = Draft("", "x", recipients=others, label=MYCKET)
    check = desk.send(given, desk.verdict(given, MYCKET, HEALTH), grounds=GROUND)
    assert check.decision is decision
    assert (check.receipt is None) is (decision is BLOCK)


@pytest.mark.parametrize(
    ("chosen", "stated", "blocked"),
    [
        (None, None, True),
        (NONE, None, True),
        (KANSLIG, None, True),
        (MYCKET, None, False),
        (None, MYCKET, False),
        (MYCKET, KANSLIG, True),
        (MYCKET, NONE, True),
    ],
)
def test_label_is_at_least_the_suggestion(
    chosen: Label | None, stated: Label | None, *, blocked: bool, desk: Desk
) -> None:
    given = draft("x", COLLEAGUE, label=chosen)
    check = desk.send(given, desk.verdict(given, MYCKET, HEALTH), label=stated, grounds=GROUND)
    assert ("set_label" in unmet(check)) is blocked
    assert check.decision is (BLOCK if blocked else PROMPT)


@pytest.mark.parametrize(
    ("grounds", "missing"),
    [
        ({}, True),
        (GROUND, False),
        ({"sensitive": "legal_claims"}, False),
        ({"sensitive": "consent"}, True),
        ({"sensitive": ""}, True),
        ({"personnummer": "consent"}, True),
        ({"sensitive": "x" * 100_000}, True),
    ],
)
def test_ground(grounds: dict[str, str], *, missing: bool, desk: Desk) -> None:
    given = draft("x", COLLEAGUE, label=KANSLIG)
    check = desk.send(given, desk.verdict(given, KANSLIG, HEALTH), grounds=grounds)
    assert ("state_ground" in unmet(check)) is missing


@pytest.mark.parametrize(
    ("addresses", "confirmed", "missing"),
    [
        ([COLLEAGUE, OUTSIDER], [COLLEAGUE], True),
        ([COLLEAGUE, OUTSIDER], [COLLEAGUE, OUTSIDER], False),
        ([COLLEAGUE], [f" {COLLEAGUE.upper()} "], False),
        ([f" {COLLEAGUE}", COLLEAGUE.title()], [COLLEAGUE], False),
        ([COLLEAGUE], [COLLEAGUE.replace("e", "е")], True),
        ([COLLEAGUE], [], True),
        ([], [COLLEAGUE], True),
    ],
)
def test_every_recipient_is_confirmed(addresses: list[str], confirmed: list[str], *, missing: bool, desk: Desk) -> None:
    given = draft("x", *addresses, label=KANSLIG)
    check = desk.send(given, desk.verdict(given, KANSLIG), confirmed=frozenset(confirmed))
    assert ("verify_recipients" in unmet(check)) is missing


def test_label_by_hand_binds_a_harmless_draft(desk: Desk) -> None:
    given = draft(HARMLESS, OUTSIDER)
    check = desk.send(given, desk.verdict(given), label=KANSLIG)
    assert (check.decision, check.receipt) == (BLOCK, None)
    assert unmet(check) == {"use_secure_channel"}


LINKED = f'{SEVERE} <a href="{TEAMS}">Anslut</a>'
BOOKINGS = [
    ("labelled", booking("x"), set()),
    ("Teams", booking("x", online_meeting_url=TEAMS), {"use_secure_meeting"}),
    ("secure", booking("x", online_meeting_url="https://securemeeting.example/1"), set()),
    ("false friend", booking("x", online_meeting_url=f"{TEAMS}?x=securemeeting.example"), {"use_secure_meeting"}),
    ("link in HTML", booking("x", LINKED, body_format=BodyFormat.HTML), {"use_secure_meeting"}),
    ("link in the place", booking("x", SEVERE, location=TEAMS), {"use_secure_meeting"}),
    ("file", booking("x", files=["utredning.pdf"]), {"share_in_folder"}),
]  # fmt: skip


@pytest.mark.parametrize(("given", "asked"), [pytest.param(*row[1:], id=row[0]) for row in BOOKINGS])
def test_labelled_booking_is_blocked(given: Draft, asked: set[str], desk: Desk) -> None:
    """Without a verdict: the facts of the booking are read here and now."""
    check = desk.send(given, label=MYCKET)
    assert check.decision is BLOCK
    assert unmet(check) & {"use_secure_meeting", "share_in_folder"} == asked
    assert "neutral_subject" in unmet(check)


def test_message_fits_into_a_smart_alert(desk: Desk) -> None:
    given = draft(SEVERE, COLLEAGUE, OUTSIDER, PRIVATE, forward=True)
    check = desk.send(given, confirm=False)
    assert len(unmet(check)) >= 4
    assert 0 < len(check.message) <= 500
    assert check.message.endswith((".", "?"))


def test_blocked_send_says_only_what_blocks(desk: Desk) -> None:
    given = draft("x", COLLEAGUE)
    check = desk.send(given, desk.verdict(given, KANSLIG, HEALTH))
    texts = {one.code: one.text for one in check.obligations}
    assert texts["set_label"] in check.message
    assert texts["state_ground"] not in check.message


def test_nothing_shows_text_or_addresses_in_repr(desk: Desk) -> None:
    given = draft(SEVERE, OUTSIDER)
    request = repr(desk.send(given)) + repr(given) + repr(given.recipients)
    assert "Tuva" not in request
    assert "bo.lind" not in request

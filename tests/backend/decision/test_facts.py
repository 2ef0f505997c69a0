"""Facts about links, recipients and grounds, where callers have room to be clever."""

from collections.abc import Mapping

import pytest

from backend.decision.facts import draft_facts, sending_facts, valid_grounds
from backend.decision.policy import read_policy
from backend.decision.recipients import decide_recipients
from backend.domain.draft import Attachment
from backend.domain.label import Label
from backend.domain.recipient import (
    Concern,
    DecidedRecipients,
    Doubt,
    JudgedRecipient,
    JudgedRecipients,
    RecipientVerdict,
)
from backend.domain.sending import Circumstances
from backend.domain.threads import Signal, ThreadStanding
from tests.backend.factories import booking, draft

RULES = read_policy("standard").rules
APPROVED_LINKS = [
    "https://securemeeting.example/1",
    "https://SecureMeeting.example:443/1",
    "https://rooms.securemeeting.example/1",
    "securemeeting.example/1",
    "https://sefos.example./1",
    "",
    None,
]
OTHER_LINKS = [
    "https://teams.microsoft.com/l/meetup-join/1",
    "https://unheard-of.example/room",
    "https://teams.microsoft.com/l/1?to=securemeeting.example",
    "https://teams.microsoft.com/securemeeting.example",
    "https://teams.microsoft.com/#securemeeting.example",
    "https://securemeeting.example.evil.example/1",
    "https://notsecuremeeting.example/1",
    "https://securemeeting.example@zoom.us/1",
    "https://zoom.us\\@securemeeting.example/1",
    "http://[securemeeting.example",
    "kind regards",
]


@pytest.mark.parametrize("url", APPROVED_LINKS)
def test_approved_meeting_link(url: str | None) -> None:
    assert "other_meeting_link" not in draft_facts(booking(online_meeting_url=url), RULES, "")


@pytest.mark.parametrize("url", OTHER_LINKS)
def test_other_meeting_link(url: str) -> None:
    assert "other_meeting_link" in draft_facts(booking(online_meeting_url=url), RULES, "")


@pytest.mark.parametrize("host", RULES.places.meeting_hosts)
def test_link_in_the_text(host: str) -> None:
    assert "other_meeting_link" in draft_facts(booking(), RULES, f"anslut på https://x.{host}/1")


@pytest.mark.parametrize(
    ("addresses", "confirmed", "holds"),
    [
        (["a@example.se"], {"a@example.se"}, True),
        (["A@Example.SE"], {"a@example.se"}, True),
        ([" a@example.se "], {"a@example.se"}, True),
        (["a@example.se", "A@example.se"], {"a@example.se"}, True),
        (["a@example.se"], {"a@example.se", "b@example.se"}, False),
        (["a@example.se", "b@example.se"], {"a@example.se"}, False),
        (["a@example.se"], set(), False),
        ([], {"a@example.se"}, False),
        (["a@example.se"], {"a@example.se.evil.example"}, False),
    ],
)
def test_every_recipient_is_confirmed(addresses: list[str], confirmed: set[str], *, holds: bool) -> None:
    facts = sending_facts(
        draft("", *addresses), Circumstances(confirmed=frozenset(confirmed)), DecidedRecipients(), RULES
    )
    assert ("recipients_confirmed" in facts) is holds


@pytest.mark.parametrize(
    ("stated", "valid"),
    [
        ({"personnummer": "consent"}, {"personnummer": "consent"}),
        ({"photo": "consent", "sensitive": "legal_claims"}, {"photo": "consent", "sensitive": "legal_claims"}),
        ({"personnummer": "Consent"}, {}),
        ({"personnummer": "agreement"}, {}),
        ({"personnummer": "19000101-9801"}, {}),
        ({"approved": "consent", "": "consent"}, {}),
        (dict.fromkeys(map(str, range(10_000)), "consent"), {}),
    ],
    ids=str,
)
def test_grounds_are_those_of_the_policy(stated: Mapping[str, str], valid: Mapping[str, str]) -> None:
    assert valid_grounds(stated, RULES) == valid
    facts = sending_facts(draft(), Circumstances(grounds=stated), DecidedRecipients(), RULES)
    assert {fact.removeprefix("ground_") for fact in facts} == set(valid)


FORWARD = frozenset({Signal.COMPOSE_TYPE})


@pytest.mark.parametrize(
    ("verdict", "thread", "held"),
    [
        (RecipientVerdict.EXTERNAL, ThreadStanding(Label.KANSLIG, ("t",), FORWARD), True),
        (RecipientVerdict.PRIVATE, ThreadStanding(Label.MYCKET_KANSLIG, ("t",), FORWARD), True),
        (RecipientVerdict.VERIFIED, ThreadStanding(Label.MYCKET_KANSLIG, ("t",), FORWARD), False),
        (RecipientVerdict.EXTERNAL, ThreadStanding(Label.KANSLIG, ("t",)), False),
        (RecipientVerdict.EXTERNAL, ThreadStanding(signals=FORWARD), False),
        (RecipientVerdict.EXTERNAL, None, False),
    ],
)
def test_a_forward_of_a_flagged_thread_goes_where_its_label_may(
    verdict: RecipientVerdict,
    thread: ThreadStanding | None,
    held: bool,  # noqa: FBT001 - a table's column
) -> None:
    given = draft("", "a@example.se")
    judged = JudgedRecipients(tuple(JudgedRecipient(one, verdict) for one in given.recipients))
    decided = decide_recipients(RULES.recipients, judged, Label.NONE)
    facts = sending_facts(given, Circumstances(judged, thread=thread), decided, RULES)
    assert ("recipient_held" in facts) is held
    assert "labelled" not in facts


def test_a_doubt_about_all_together_holds_a_forward_too() -> None:
    doubts = JudgedRecipients(doubts=(Doubt(Concern.EXTERNALS_SEE_EACH_OTHER),))
    decided = decide_recipients(RULES.recipients, doubts, Label.NONE)
    thread = ThreadStanding(Label.KANSLIG, ("t",), FORWARD)
    assert "recipient_held" in sending_facts(draft(), Circumstances(thread=thread), decided, RULES)


@pytest.mark.parametrize("inline", [True, False])
def test_inline_pictures_are_no_attachments(*, inline: bool) -> None:
    given = draft(attachments=(Attachment("logo.png", inline=inline),))
    assert ("attachments" in draft_facts(given, RULES, "")) is not inline

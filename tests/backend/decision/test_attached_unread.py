"""A mail is attached that nobody could read: an approval is asked for, once, and never by a block of its own."""

import pytest

from backend.decision.facts import sending_facts
from backend.decision.obligations import obligations_of
from backend.decision.policy import read_policy
from backend.domain.label import Label, SendDecision
from backend.domain.recipient import DecidedRecipients
from backend.domain.sending import Circumstances
from backend.domain.threads import ThreadStanding
from tests.backend.factories import draft

PROMPT, BLOCK = SendDecision.PROMPT, SendDecision.BLOCK
POLICIES = [read_policy(name) for name in ("standard", "motala", "ronneby")]


@pytest.mark.parametrize(
    ("facts", "decisions"),
    [
        ((), [PROMPT]),
        (("approved",), []),
        (("flagged_thread",), [PROMPT]),
        (("forward",), [PROMPT]),
        (("forward", "approved"), []),
        (("flagged_thread", "forward"), [BLOCK]),
        (("labelled", "forward"), [BLOCK]),
        (("labelled", "forward", "flagged_thread"), [BLOCK]),
    ],
    ids=str,
)
def test_what_is_asked(facts: tuple[str, ...], decisions: list[SendDecision]) -> None:
    for policy in POLICIES:
        asked = obligations_of(policy, frozenset(facts) | {"attached_unread"}, Label.NONE)
        found = [one.decision for one in asked if one.code == "request_forward_approval" and not one.met]
        assert found == decisions


@pytest.mark.parametrize("unread", [True, False])
def test_fact(unread: bool) -> None:  # noqa: FBT001 - a column of the table
    given = Circumstances(thread=ThreadStanding(unread=unread))
    facts = sending_facts(draft(), given, DecidedRecipients(), POLICIES[0].rules)
    assert ("attached_unread" in facts) is unread

"""The signed verdict: it speaks for one draft, one tenant, one policy and one day, or not at all."""

import time
from dataclasses import replace
from typing import Any

import pytest
from itsdangerous import URLSafeTimedSerializer

from backend.domain.draft import (
    Attachment,
    BodyFormat,
    ComposeType,
    Draft,
    DraftKind,
    Mailbox,
    Recipient,
    RecipientRole,
)
from backend.domain.label import Category, Label, SendDecision
from backend.workflow.verdict import VerdictSigner
from tests.backend.factories import OUTSIDER, draft
from tests.backend.served import KEY
from tests.backend.workflow.sending import SARA, SEVERE, Desk, unmet

GIVEN = Draft(
    "Hej", "Text", attachments=(Attachment("a.pdf", content=b"1"),), recipients=(Recipient(Mailbox("a@example.se")),)
)
CHANGED: dict[str, dict[str, Any]] = {
    "subject": {"subject": "Hej!"},
    "body": {"body": "Text "},
    "moved": {"subject": "HejT", "body": "ext"},
    "format": {"body_format": BodyFormat.HTML},
    "kind": {"kind": DraftKind.APPOINTMENT},
    "compose type": {"compose_type": ComposeType.FORWARD},
    "place": {"location": "Rum 1"},
    "link": {"online_meeting_url": "https://zoom.us/1"},
    "no file": {"attachments": ()},
    "file's name": {"attachments": (Attachment("b.pdf", content=b"1"),)},
    "file's content": {"attachments": (Attachment("a.pdf", content=b"2"),)},
    "file in line": {"attachments": (Attachment("a.pdf", inline=True, content=b"1"),)},
    "second file": {"attachments": (*GIVEN.attachments, Attachment("c.pdf"))},
}
SAME: dict[str, dict[str, Any]] = {
    "label": {"label": Label.KANSLIG},
    "id": {"id": "x"},
    "recipients": {"recipients": (Recipient(Mailbox(OUTSIDER), RecipientRole.BCC),)},
    "sender": {"sender": Mailbox("a@example.se")},
}


@pytest.mark.parametrize("changes", CHANGED.values(), ids=CHANGED.keys())
def test_verdict_is_of_this_very_draft(changes: dict[str, Any], desk: Desk) -> None:
    verdict = desk.verdict(GIVEN)
    assert desk.signer.read(verdict, GIVEN, SARA.tenant) is not None
    assert desk.signer.read(verdict, replace(GIVEN, **changes), SARA.tenant) is None


@pytest.mark.parametrize("changes", SAME.values(), ids=SAME.keys())
def test_verdict_outlives_what_its_label_does_not_rest_on(changes: dict[str, Any], desk: Desk) -> None:
    assert desk.signer.read(desk.verdict(GIVEN), replace(GIVEN, **changes), SARA.tenant) is not None


def test_verdict_is_read_as_it_was_signed(desk: Desk) -> None:
    token = desk.verdict(GIVEN, Label.KANSLIG, Category.HEALTH, Category.UNION, facts=["personnummer"])
    verdict = desk.signer.read(token, GIVEN, SARA.tenant)
    assert verdict is not None
    assert (verdict.label, verdict.categories) == (Label.KANSLIG, (Category.HEALTH, Category.UNION))
    assert verdict.facts == {"message", "new", "personnummer"}


def test_largest_verdict_is_short(desk: Desk) -> None:
    every = {fact for rule in desk.checker.assessor.policy.rules.obligation for fact in rule.when}
    assert len(desk.verdict(GIVEN, Label.MYCKET_KANSLIG, *Category, facts=every)) < 1500


BAD = ["", ".", "junk", "a.b.c", "å", "\ud800", "\0", "a" * 100_000]


@pytest.mark.parametrize("token", BAD, ids=range(len(BAD)))
def test_junk_is_no_verdict(token: str, desk: Desk) -> None:
    assert desk.signer.read(token, GIVEN, SARA.tenant) is None


def test_forged_and_misused_tokens_are_no_verdicts(desk: Desk) -> None:
    token = desk.verdict(GIVEN)
    head, _, rest = token.partition(".")
    receipt = desk.send(GIVEN).receipt or ""
    tokens = [
        token[:-1], token[1:], f"{head}A.{rest}", token.upper(), receipt,
        VerdictSigner(b"x" * 64).sign(GIVEN, desk.blank(), SARA.tenant),
        URLSafeTimedSerializer(KEY.encode(), salt="receipt-1").dumps({"d": desk.signer.digest(GIVEN), "t": "granvik"}),
    ]  # fmt: skip
    assert [desk.signer.read(one, GIVEN, SARA.tenant) for one in tokens] == [None] * len(tokens)


def test_verdict_of_another_tenant_is_none(desk: Desk) -> None:
    assert desk.signer.read(desk.verdict(GIVEN, tenant="elsewhere"), GIVEN, SARA.tenant) is None


@pytest.mark.parametrize(("hours", "valid"), [(23, True), (25, False)])
def test_verdict_is_good_for_a_day(hours: int, *, valid: bool, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    verdict, now = desk.verdict(GIVEN), time.time()
    monkeypatch.setattr(time, "time", lambda: now + hours * 3600)
    assert (desk.signer.read(verdict, GIVEN, SARA.tenant) is not None) is valid


def test_sensitive_text_behind_a_harmless_verdict_is_read(desk: Desk) -> None:
    verdict = desk.verdict(draft("Hej", OUTSIDER))
    assert desk.send(draft("Hej", OUTSIDER), verdict).decision is SendDecision.ALLOW
    assert desk.send(draft(SEVERE, OUTSIDER), verdict).decision is SendDecision.BLOCK


@pytest.mark.parametrize("stale", [{"policy_version": "2020.1+00000000"}, {"tenant": "elsewhere"}], ids=str)
def test_stale_verdict_is_not_believed(stale: dict[str, Any], desk: Desk) -> None:
    given = draft(SEVERE, OUTSIDER)
    assert desk.send(given, desk.verdict(given, **stale)).decision is SendDecision.BLOCK


def test_false_compose_type_costs_the_verdict(desk: Desk) -> None:
    """A verdict for a new mail does not cover the same text as a forward."""
    as_new = draft(SEVERE, OUTSIDER, label=Label.MYCKET_KANSLIG)
    check = desk.send(replace(as_new, compose_type=ComposeType.FORWARD), desk.verdict(as_new))
    assert "request_forward_approval" in unmet(check)

"""Facts: the words in which policy files put their conditions. Each is a yes-or-no about one draft."""

from collections.abc import Collection, Mapping, Sequence
from urllib.parse import urlsplit

from backend.decision.policy_file import PolicyFile
from backend.decision.recipients import is_held_by_thread, recipient_facts
from backend.domain.detected import Identity
from backend.domain.draft import ComposeType, Draft, DraftKind
from backend.domain.finding import Finding
from backend.domain.label import Category, Label
from backend.domain.recipient import DecidedRecipients
from backend.domain.sending import Circumstances

MANY = 5
"""People or personnummer from which a draft is a list (label rules, points 6 and 8)."""

PLAIN_ABSENCE = "absence_plain"
"""Trait of findings that say only that someone is away: they give a tip, never a label."""

ODD_PERSONNUMMER = "personnummer.wrong_check_digit"
"""Rule of findings that call a number a personnummer which it cannot be: worth a hint."""

LIKELY_SEVERE = "likely_severe"
"""The model says that what is sensitive here is very sensitive."""

KNOWN_FACTS = frozenset(
    {
        "message", "booking", "new", "reply", "forward", "attachments", "other_meeting_link", "person_in_case",
        "suggested", "labelled", "kanslig", "mycket_kanslig", "label_set", "article_9", "personnummer", "photo",
        "odd_personnummer", "plain_absence", "strong_identifier", "five_people", "five_personnummer", "likely_severe",
        "recipients", "recipients_confirmed", "recipient_outside", "recipient_private", "private_known",
        "recipient_held", "recipient_questioned", "questioned_confirmed", "recipients_doubtful", "flagged_thread",
        "attached_unread", "approved", "resembles_flagged",
        "ground_personnummer", "ground_sensitive", "ground_photo",
    }
)  # fmt: skip


def finding_facts(identity: Identity, findings: Sequence[Finding], *, likely_severe: bool) -> frozenset[str]:
    """Facts that the label rules ask for."""
    facts = {
        "strong_identifier": identity.strong,
        "five_people": identity.people_in_findings >= MANY,
        "five_personnummer": identity.personnummer >= MANY,
        LIKELY_SEVERE: likely_severe,
        "person_in_case": identity.person_in_case,
        "personnummer": _said(findings, {Category.PERSONNUMMER}),
        "photo": _said(findings, {Category.PHOTO}),
        "odd_personnummer": any(finding.rule == ODD_PERSONNUMMER for finding in findings),
        "plain_absence": any(PLAIN_ABSENCE in finding.traits for finding in findings),
    }
    return frozenset(fact for fact, holds in facts.items() if holds)


def draft_facts(draft: Draft, policy: PolicyFile, links: str) -> frozenset[str]:
    """Facts of the draft itself. `links` is where a meeting link can stand, as one lower-case text."""
    hosts = [host for host in policy.places.meeting_hosts if host in links]
    facts = {
        "message": draft.kind is DraftKind.MESSAGE,
        "booking": draft.kind is DraftKind.APPOINTMENT,
        "new": draft.compose_type is ComposeType.NEW,
        "reply": draft.compose_type is ComposeType.REPLY,
        "attachments": any(not attachment.inline for attachment in draft.attachments),
        "other_meeting_link": bool(hosts) or _other_link(draft.online_meeting_url, policy),
    }
    return frozenset(fact for fact, holds in facts.items() if holds)


def label_facts(draft: Draft, suggested: Label, categories: Collection[Category], policy: PolicyFile) -> frozenset[str]:
    """Facts of the label: the stricter of what is suggested and what the sender has set."""
    chosen = draft.label or Label.NONE
    effective = max(suggested, chosen, key=lambda label: label.rank)
    facts = {
        "suggested": suggested is not Label.NONE,
        "labelled": effective is not Label.NONE,
        "label_set": chosen.rank >= suggested.rank,
        "article_9": any(policy.categories[category].article_9 for category in categories),
        effective.value: effective is not Label.NONE,
    }
    return frozenset(fact for fact, holds in facts.items() if holds)


def sending_facts(
    draft: Draft, circumstances: Circumstances, decided: DecidedRecipients, policy: PolicyFile
) -> frozenset[str]:
    """Facts of recipients, grounds, thread and approval. `decided` are the recipients under the label that holds."""
    addresses = {recipient.mailbox.key for recipient in draft.recipients}
    of_recipients = recipient_facts(decided, circumstances.confirmed)
    held = of_recipients["recipient_held"] or is_held_by_thread(policy.recipients, decided, circumstances.thread)
    facts = of_recipients | {
        "recipient_held": held,
        "recipients": bool(addresses),
        # Of exactly these: whoever was confirmed together with others has not been confirmed without them.
        "recipients_confirmed": bool(addresses) and addresses == circumstances.confirmed,
        "flagged_thread": circumstances.thread is not None and circumstances.thread.flagged,
        "forward": circumstances.thread is not None and circumstances.thread.is_forward,
        "resembles_flagged": circumstances.thread is not None and circumstances.thread.resembles,
        "attached_unread": circumstances.thread is not None and circumstances.thread.unread,
        "approved": circumstances.approved,
    }
    facts |= {f"ground_{kind}": True for kind in valid_grounds(circumstances.grounds, policy)}
    return frozenset(fact for fact, holds in facts.items() if holds) & KNOWN_FACTS


def valid_grounds(grounds: Mapping[str, str], policy: PolicyFile) -> dict[str, str]:
    """Of the grounds that were stated, those that the policy knows, by kind. The rest is a caller's own text."""
    known = {(ground.kind, ground.code) for ground in policy.ground}
    return {kind: code for kind, code in grounds.items() if (kind, code) in known}


def _said(findings: Sequence[Finding], categories: Collection[Category]) -> bool:
    return any(finding.about_person and finding.category in categories for finding in findings)


def _other_link(url: str | None, policy: PolicyFile) -> bool:
    """Whether `url` leads to anything but an approved host or a name under one."""
    if not url:
        return False
    host = _host(url)
    return not any(host == one or host.endswith(f".{one}") for one in policy.places.approved_meeting_hosts)


def _host(url: str) -> str:
    """The host that a browser would open, in lower case; empty where there is none."""
    # Browsers read a backslash as a slash, and a link without a scheme as a web address.
    slashed = url.strip().replace("\\", "/")
    try:
        return (urlsplit(slashed if "://" in slashed else f"//{slashed.lstrip('/')}").hostname or "").rstrip(".")
    except ValueError:
        return ""

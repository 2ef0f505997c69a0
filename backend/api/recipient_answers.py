"""Recipients as JSON objects: facts of the directory for whoever writes to them, codes and sentences."""

from typing import Any

from backend.domain.directory import DirectoryEntry, MailTips, Members
from backend.domain.recipient import DecidedDoubt, DecidedRecipient, DecidedRecipients, JudgedRecipient

_NO_TIPS = MailTips()


def recipients_answer(decided: DecidedRecipients) -> dict[str, Any]:
    """All recipients, in order."""
    return {
        "each": [recipient_answer(one) for one in decided.each],
        "concerns": [_concern(one) for one in decided.doubts],
        "to_confirm": decided.to_confirm.value,
    }


def recipients_in_brief(decided: DecidedRecipients) -> dict[str, Any]:
    """The same as codes alone: an assessment holds no name and no address."""
    return {
        "each": [
            {
                "verdict": one.judged.verdict.value,
                "decision": one.decision.value,
                "needs_thought": one.needs_thought,
                "concerns": [_concern_in_brief(doubt) for doubt in one.doubts],
            }
            for one in decided.each
        ],
        "concerns": [_concern_in_brief(doubt) for doubt in decided.doubts],
        "to_confirm": decided.to_confirm.value,
    }


def _concern_in_brief(doubt: DecidedDoubt) -> dict[str, str]:
    return {"code": doubt.concern.value, "decision": doubt.decision.value}


def recipient_answer(decided: DecidedRecipient) -> dict[str, Any]:
    """One recipient."""
    judged, entry = decided.judged, decided.judged.entry
    return {
        "address": judged.recipient.mailbox.address,
        "verdict": judged.verdict.value,
        "reason": judged.reason.value if judged.reason else None,
        "decision": decided.decision.value,
        "needs_thought": decided.needs_thought,
        "person": _person(judged, entry) if entry else None,
        "members": _members(entry.members) if entry and entry.members else None,
        "mail_tips": _tips(entry.tips) if entry and entry.tips != _NO_TIPS else None,
        "resembles": judged.resembles,
        "organisation": judged.organisation,
        "concerns": [_concern(one) for one in decided.doubts],
        "meant": [_meant(one) for one in judged.meant],
        "advice": decided.advice,
        "advice_en": decided.advice_en,
    }


def _person(judged: JudgedRecipient, entry: DirectoryEntry) -> dict[str, Any]:
    return {
        "kind": entry.kind.value,
        "address": entry.address,
        "name": entry.name,
        "title": entry.title,
        "department": entry.department,
        "office": entry.office,
        "company": entry.company,
        "manager": entry.manager,
        "enabled": entry.enabled,
        "guest": entry.guest,
        "committee": judged.committee,
        "branch": judged.branch,
    }


def _members(members: Members) -> dict[str, Any]:
    return {
        "count": members.count,
        "external": members.external,
        "at_least": members.at_least,
        "external_names": list(members.external_names),
    }


def _tips(tips: MailTips) -> dict[str, bool]:
    return {
        "automatic_reply": tips.automatic_reply,
        "mailbox_full": tips.mailbox_full,
        "moderated": tips.moderated,
    }


def _meant(entry: DirectoryEntry) -> dict[str, str]:
    return {"address": entry.address, "name": entry.name, "title": entry.title, "department": entry.department}


def _concern(doubt: DecidedDoubt) -> dict[str, str]:
    return {
        "code": doubt.concern.value,
        "decision": doubt.decision.value,
        "text": doubt.text,
        "text_en": doubt.text_en,
    }

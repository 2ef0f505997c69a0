"""What the policy's tables make of recipients: label × verdict, raised by what gives cause to think twice."""

from collections.abc import Sequence

from backend.decision.policy_file import RecipientTables
from backend.domain.label import Label, SendDecision
from backend.domain.recipient import (
    Concern,
    DecidedDoubt,
    DecidedRecipient,
    DecidedRecipients,
    Doubt,
    JudgedRecipient,
    JudgedRecipients,
    RecipientVerdict,
    RecipientWords,
    ToConfirm,
)

_NO_WORDS = RecipientWords({}, {}, {})
_NO_TEXT = ("", "")


def decide_recipients(
    tables: RecipientTables, judged: JudgedRecipients, label: Label, words: RecipientWords = _NO_WORDS
) -> DecidedRecipients:
    """Each recipient's decision under `label` (the stricter of suggested and set), with its sentences."""
    each = tuple(_decided(tables, one, label, words) for one in judged.each)
    doubts = tuple(_doubt(tables, one, label, words) for one in judged.doubts)
    questioned = any(one.needs_thought for one in each)
    if label is not Label.NONE and each:
        to_confirm = ToConfirm.EACH
    else:
        to_confirm = ToConfirm.QUESTIONED if questioned else ToConfirm.NOBODY
    return DecidedRecipients(each, doubts, to_confirm)


def recipient_facts(decided: DecidedRecipients, confirmed: frozenset[str]) -> dict[str, bool]:
    """The policy's words for recipients. `confirmed` are mailbox keys; they hold for exactly this set of recipients."""
    keys = frozenset(one.judged.key for one in decided.each)
    questioned = frozenset(one.judged.key for one in decided.each if one.needs_thought)
    decisions = {one.decision for one in decided.each} | {one.decision for one in decided.doubts}
    verdicts = {one.judged.verdict for one in decided.each}
    return {
        "recipient_held": SendDecision.BLOCK in decisions,
        "recipient_questioned": bool(questioned),
        "questioned_confirmed": bool(questioned) and questioned <= confirmed <= keys,
        "recipients_doubtful": any(one.decision is not SendDecision.ALLOW for one in decided.doubts),
        "recipient_outside": any(one.judged.outside for one in decided.each),
        "recipient_private": RecipientVerdict.PRIVATE in verdicts,
    }


def _decided(tables: RecipientTables, judged: JudgedRecipient, label: Label, words: RecipientWords) -> DecidedRecipient:
    by_verdict = tables.verdicts[label][judged.verdict]
    doubts = tuple(_doubt(tables, one, label, words) for one in judged.doubts)
    # A verified colleague is asked about together with the others: the label asks, not the recipient.
    questionable = judged.verdict is not RecipientVerdict.VERIFIED and by_verdict is not SendDecision.ALLOW
    advice = _advice(judged, words)
    return DecidedRecipient(
        judged=judged,
        decision=_strictest([by_verdict, *(one.decision for one in doubts)]),
        needs_thought=questionable or any(one.decision is not SendDecision.ALLOW for one in doubts),
        doubts=tuple(sorted(doubts, key=lambda one: -one.decision.rank)),
        advice=advice[0],
        advice_en=advice[1],
    )


def _doubt(tables: RecipientTables, doubt: Doubt, label: Label, words: RecipientWords) -> DecidedDoubt:
    code = doubt.concern.value
    if doubt.concern is Concern.USUAL_ONE_MISSING and not doubt.words:
        code = "usual_one_missing_unnamed"
    text, text_en = _filled(words.concerns.get(code, _NO_TEXT), dict(doubt.words))
    return DecidedDoubt(doubt.concern, tables.concerns[label][doubt.concern], text, text_en)


def _advice(judged: JudgedRecipient, words: RecipientWords) -> tuple[str, str]:
    if judged.reason is not None:
        return _filled(words.reasons.get(judged.reason.value, _NO_TEXT), {})
    code = judged.verdict.value
    if judged.verdict is RecipientVerdict.EXTERNAL and judged.organisation:
        code = "external_known"
    if judged.verdict is RecipientVerdict.EXTERNAL and judged.entry is not None:
        code = "external_listed"
    filling = {"resembles": judged.resembles, "organisation": judged.organisation, "committee": judged.committee}
    return _filled(words.verdicts.get(code, _NO_TEXT), filling | {"branch": judged.branch})


def _filled(pair: tuple[str, str], words: dict[str, str]) -> tuple[str, str]:
    return pair[0].format_map(words), pair[1].format_map(words)


def _strictest(decisions: Sequence[SendDecision]) -> SendDecision:
    return max(decisions, key=lambda one: one.rank)

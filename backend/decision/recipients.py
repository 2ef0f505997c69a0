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
from backend.domain.threads import ThreadStanding

_NO_WORDS = RecipientWords({}, {}, {}, {})
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


def label_of_recipients(label: Label, thread: ThreadStanding | None) -> Label:
    """What the recipients may get: the draft's own label, or its thread's where a flagged one is forwarded."""
    if thread is None or not (thread.flagged and thread.is_forward):
        return label
    return max(label, thread.label, key=lambda one: one.rank)


def is_held_by_thread(tables: RecipientTables, decided: DecidedRecipients, thread: ThreadStanding | None) -> bool:
    """Whether a flagged thread is forwarded to somebody who cannot get what has its label. The draft may have none."""
    label = label_of_recipients(Label.NONE, thread)
    judged = JudgedRecipients(tuple(one.judged for one in decided.each), tuple(map(_undecided, decided.doubts)))
    return label is not Label.NONE and _is_held(decide_recipients(tables, judged, label))


def recipient_facts(decided: DecidedRecipients, confirmed: frozenset[str]) -> dict[str, bool]:
    """The policy's words for recipients. `confirmed` are mailbox keys; they hold for exactly this set of recipients."""
    keys = frozenset(one.judged.key for one in decided.each)
    questioned = {one.judged.key: one.judged.verdict for one in decided.each if one.needs_thought}
    verdicts = {one.judged.verdict for one in decided.each}
    return {
        "recipient_held": _is_held(decided),
        # A private address has an obligation of its own.
        "recipient_questioned": any(verdict is not RecipientVerdict.PRIVATE for verdict in questioned.values()),
        "questioned_confirmed": bool(questioned) and questioned.keys() <= confirmed <= keys,
        "recipients_doubtful": any(one.decision is not SendDecision.ALLOW for one in decided.doubts),
        "recipient_outside": any(one.judged.outside for one in decided.each),
        "recipient_private": RecipientVerdict.PRIVATE in verdicts,
        "private_known": _private_are_known(decided),
    }


def _is_held(decided: DecidedRecipients) -> bool:
    decisions = {one.decision for one in decided.each} | {one.decision for one in decided.doubts}
    return SendDecision.BLOCK in decisions


def _undecided(doubt: DecidedDoubt) -> Doubt:
    return Doubt(doubt.concern)


def _private_are_known(decided: DecidedRecipients) -> bool:
    private = [one for one in decided.each if one.judged.verdict is RecipientVerdict.PRIVATE]
    return bool(private) and not any(one.needs_thought for one in private)


def _decided(tables: RecipientTables, judged: JudgedRecipient, label: Label, words: RecipientWords) -> DecidedRecipient:
    by_verdict = SendDecision.ALLOW if _is_settled(judged, label) else tables.verdicts[label][judged.verdict]
    doubts = tuple(_doubt(tables, one, label, words) for one in judged.doubts)
    # A verified colleague is asked about together with the others: the label asks, not the recipient.
    plain = judged.verdict is RecipientVerdict.VERIFIED or _is_everyday(judged)
    questionable = not plain and by_verdict is not SendDecision.ALLOW
    advice = _advice(judged, words)
    return DecidedRecipient(
        judged=judged,
        decision=_strictest([by_verdict, *(one.decision for one in doubts)]),
        needs_thought=questionable or any(one.decision is not SendDecision.ALLOW for one in doubts),
        doubts=tuple(sorted(doubts, key=lambda one: -one.decision.rank)),
        advice=advice[0],
        advice_en=advice[1],
    )


def _is_settled(judged: JudgedRecipient, label: Label) -> bool:
    """A citizen's private address is asked about once: not of who answers, or has written there before."""
    return label is Label.NONE and judged.verdict is RecipientVerdict.PRIVATE and judged.known


def _is_everyday(judged: JudgedRecipient) -> bool:
    """Some write across committees all day: with whom they do so again and again is no question any more."""
    return judged.verdict is RecipientVerdict.OTHER_UNIT and judged.trusted


def wrong_words(decided: DecidedRecipients, words: RecipientWords) -> tuple[str, ...]:
    """What is wrong with recipients that need a thought, one Swedish sentence a kind, nobody named."""
    codes = [one.judged.verdict.value for one in decided.each if one.needs_thought]
    codes += [doubt.concern.value for one in decided.each for doubt in one.doubts if doubt.decision.rank > 0]
    return tuple(words.wrong[code][0] for code in words.wrong if code in codes)


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
    members = judged.entry.members if judged.entry else None
    if judged.verdict is RecipientVerdict.GROUP and members is not None and members.count:
        code = "group_counted"
    if judged.verdict is RecipientVerdict.EXTERNAL and judged.organisation:
        code = "external_known"
    if judged.verdict is RecipientVerdict.EXTERNAL and judged.entry is not None:
        code = "external_listed"
    filling = {"resembles": judged.resembles, "organisation": judged.organisation, "committee": judged.committee}
    filling |= {"branch": judged.branch, "count": str(members.count) if members else ""}
    return _filled(words.verdicts.get(code, _NO_TEXT), filling)


def _filled(pair: tuple[str, str], words: dict[str, str]) -> tuple[str, str]:
    return pair[0].format_map(words), pair[1].format_map(words)


def _strictest(decisions: Sequence[SendDecision]) -> SendDecision:
    return max(decisions, key=lambda one: one.rank)

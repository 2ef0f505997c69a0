"""What an entry of the audit log may say beside its event: keys of a closed set, and values of a closed kind each.

A name in lower case and a number look like codes. So a key takes either words of one closed set, or a version, a hash
or a count; and what policies bring (obligations, grounds) may have few digits.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from backend.domain.audit import Detail, Event
from backend.domain.forwarding import ApproverKind, DisclosureReason, RequestStatus
from backend.domain.label import Category, Label, SendDecision
from backend.domain.notices import NoticeKind
from backend.domain.recipient import Concern, RecipientVerdict
from backend.domain.threads import MarkKind, Signal

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_DIGITS = frozenset("0123456789")
_CODE = _LETTERS | _DIGITS | frozenset("_.:+-")
_HEX = frozenset("0123456789abcdef")
_HASH_LENGTHS = {32, 64}
_LONGEST = 80
_MOST_CODES = 100
_MOST_DIGITS = 4
"""In a code of a policy: a year, but no number of a person and no telephone number."""
_VERDICTS = frozenset(one.value for one in RecipientVerdict)
_MOST = 2**53
_HIGHEST_COUNT = 10**9


def _of(*sets: type[StrEnum]) -> Callable[[str], bool]:
    known = frozenset(one.value for words in sets for one in words)
    return known.__contains__


def _word(code: str) -> bool:
    """A code that a policy or another stage brings."""
    digits = sum(letter in _DIGITS for letter in code)
    return code[:1] in _LETTERS and set(code) <= _CODE and len(code) <= _LONGEST and digits <= _MOST_DIGITS


def _version(code: str) -> bool:
    return bool(code) and set(code) <= _CODE and len(code) <= _LONGEST


def _hash(code: str) -> bool:
    return len(code) in _HASH_LENGTHS and set(code) <= _HEX


def _counted_verdict(code: str) -> bool:
    """A verdict and how many recipients had it."""
    verdict, _, count = code.partition(":")
    return verdict in _VERDICTS and count.isascii() and count.isdecimal() and len(count) <= _MOST_DIGITS


def _removed(code: str) -> bool:
    """Of erased rows that were purged: number of the erasing event, how many, and their sum (see `audit_chain`)."""
    number, _, rest = code.partition(":")
    count, _, total = rest.partition(":")
    return number.isdecimal() and count.isdecimal() and _hash(total)


CODES: Mapping[str, Callable[[str], bool]] = {
    "label": _of(Label),
    "suggested": _of(Label),
    "thread_label": _of(Label),
    "decision": _of(SendDecision),
    "categories": _of(Category),
    "reason": _of(DisclosureReason),
    "status": _of(RequestStatus),
    "kind": _of(NoticeKind, ApproverKind, MarkKind),
    "signals": _of(Signal),
    "recipients": _counted_verdict,
    "concerns": _of(Concern),
    "event": _of(Event),
    "unmet": _word,
    "grounds": _word,
    "error": _word,
    "format": _word,
    "policy": _version,
    "model": _version,
    "request": _hash,
    "thread": _hash,
    "threads": _hash,
    "notice": _hash,
    "rows_digest": _hash,
    "last_digest": _hash,
    "removed_erased": _removed,
}
"""Keys whose values are codes, with what a value must be."""

COUNTS = frozenset(
    {
        "recipients", "approved_recipients", "approvers", "external_recipients", "open_requests", "tries", "rows",
        "audit_rows", "last_removed", "flagged_threads", "thread_marks", "thread_participants", "thread_blocks",
        "thread_prints", "forward_requests", "forward_recipients", "forward_approvers", "request_addresses",
        "withdrawn_requests", "notices", "notice_addresses", "send_checks", "feedback", "habits", "days",
    }
)  # fmt: skip
"""Keys whose values are counts, or numbers of rows."""


def written_details(details: Mapping[str, Detail]) -> str:
    """The details as the log keeps them: JSON with sorted keys. Raises ValueError for what is no code and no count."""
    for key, value in details.items():
        if not _fits(key, value):
            # Without the value: it may be what must not be seen.
            raise ValueError(key)
    return json.dumps(dict(details), sort_keys=True, separators=(",", ":"))


def read_details(written: str) -> dict[str, Detail]:
    """What was written. Raises ValueError for anything else than `written_details` writes."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in json.loads(written).items()}


def _fits(key: str, value: object) -> bool:
    if isinstance(value, bool):
        return False
    if isinstance(value, int):
        return key in COUNTS and 0 <= value < (_MOST if key == "last_removed" else _HIGHEST_COUNT)
    return key in CODES and _are_codes(CODES[key], (value,) if isinstance(value, str) else value)


def _are_codes(is_one: Callable[[str], bool], values: object) -> bool:
    if not isinstance(values, tuple) or len(values) > _MOST_CODES:
        return False
    given: Iterable[object] = values
    return all(isinstance(value, str) and is_one(value) for value in given)

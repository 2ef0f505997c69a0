"""What the prefix of a subject says of a mail: an answer, a forward, or nothing."""

from collections.abc import Collection
from enum import Enum, auto
from typing import Final

from backend.threads.plain_text import plain_text

_REPLY: Final = frozenset({"sv", "re", "aw", "antw", "ref", "svar"})
_GATEWAY: Final = frozenset({"ext", "extern", "externt", "external", "spam"})
"""Words that a mail gateway puts before the subject, with a colon."""
_LONGEST: Final = 40
"""Of a tag in brackets, and of a prefix. Longer ones belong to the subject."""
_MOST_TAGS: Final = 5
_BRACKETS: Final = {"[": "]", "(": ")", "{": "}", "<": ">"}
_COUNTER: Final = "0123456789[]()^* "
_LENGTH: Final = 400
"""Of the subject, in which its prefix is looked for."""


class Prefix(Enum):
    """What the leading prefix says."""

    NONE = auto()
    REPLY = auto()
    FORWARD = auto()


def leading_prefix(subject: str, forward_prefixes: Collection[str]) -> Prefix:
    """What the first prefix says: "SV: VB: …" answers. Tags such as "[Externt]" before it do not count.

    `forward_prefixes` are the policy's, in lower case. Any case, blanks, counters ("VB[2]:"), full-width and invisible
    characters, and letters that look like Latin ones, make no difference.
    """
    rest = plain_text(subject[:_LENGTH]).casefold().lstrip()
    for _ in range(_MOST_TAGS):
        word, colon, after = rest[: _LONGEST + 1].partition(":")
        word = word.strip(_COUNTER + "\t\"'*.-")
        if colon and word in forward_prefixes:
            return Prefix.FORWARD
        if colon and word in _REPLY:
            return Prefix.REPLY
        tagged = _after_tag(rest)
        if tagged is None and not (colon and word in _GATEWAY):
            return Prefix.NONE
        rest = tagged if tagged is not None else rest[len(rest[: _LONGEST + 1]) - len(after) :].lstrip()
    return Prefix.NONE


def _after_tag(subject: str) -> str | None:
    """What follows a tag in brackets; None where there is none."""
    closing = _BRACKETS.get(subject[:1])
    end = subject.find(closing, 0, _LONGEST) if closing else -1
    return None if end < 0 else subject[end + 1 :].lstrip(" \t:-")

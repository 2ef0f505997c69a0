"""Quoted header blocks (`Från: … Skickat: … Till: … Ämne: …`) and the banners before them."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from backend.extraction.lines import Line
from backend.extraction.mail_words import WORDS

_LONGEST_LABEL: Final = 20
# How far a block reaches, and how many lines a long list of recipients may run on between two labels.
_MOST_LINES: Final = 14
_MOST_UNLABELLED: Final = 3
_MOST_BLANK: Final = 1
_FEWEST_DASHES: Final = 3
_FEWEST_UNDERSCORES: Final = 10


def header_kind(words: str) -> str | None:
    """The kind of header (`from`, `sent`, `subject`, …) that a line begins with, None for other lines."""
    label, colon, _ = words[: _LONGEST_LABEL + 1].partition(":")
    if not colon:
        return None
    plain = label.strip(" \t*\u00a0").lower()
    # Some programs write å as two code points.
    return WORDS.headers.get(plain if plain.isascii() else unicodedata.normalize("NFC", plain))


def is_header_block(lines: Sequence[Line], at: int, *, announced: bool) -> bool:
    """Whether a quoted header block begins at line `at`, which is a header line.

    It needs a sender, a time with a digit in it and a subject or recipient. "Datum" alone is a common word on forms, so
    it needs a subject too, or an address. `announced`: a rule or a mark of the mail program stands before it; then a
    sender and one more header that no form has are enough. Looks at a bounded number of lines.
    """
    kinds: set[str] = set()
    address = timed = False
    unlabelled = blank = 0
    for line in lines[at : at + _MOST_LINES]:
        kind = header_kind(line.words)
        if kind is None:
            blank = 0 if line.words else blank + 1
            unlabelled += bool(line.words)
            if blank > _MOST_BLANK or unlabelled > _MOST_UNLABELLED:
                break
            continue
        if kind in kinds and kind == "from":
            break
        unlabelled = blank = 0
        kinds.add(kind)
        address = address or "@" in line.words
        timed = timed or (kind in {"sent", "date"} and any(map(str.isdigit, line.words)))
    return _is_complete(kinds, address=address, timed=timed, announced=announced)


def _is_complete(kinds: set[str], *, address: bool, timed: bool, announced: bool) -> bool:
    if "from" not in kinds:
        return False
    if announced and ("sent" in kinds or "subject" in kinds or timed or ("to" in kinds and address)):
        return True
    if not timed:
        return False
    if "sent" in kinds:
        return "subject" in kinds or "to" in kinds
    return "subject" in kinds or ("to" in kinds and address)


def is_banner(words: str) -> bool:
    """`-----Ursprungligt meddelande-----` and its like."""
    if not words.startswith("-" * _FEWEST_DASHES):
        return words.endswith(":") and words.lower() in WORDS.banners_alone
    if not words.endswith("-" * _FEWEST_DASHES):
        return False
    return words.lower().strip("- \t:") in WORDS.banners_between_dashes


def is_rule(text: str, line: Line) -> bool:
    """A line of underscores, as Outlook on the web draws one above a quoted header block."""
    raw = text[line.start : line.end].strip()
    return len(raw) >= _FEWEST_UNDERSCORES and not raw.strip("_")

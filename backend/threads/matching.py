"""When a draft holds so much of a flagged thread's text that it counts as the same text.

The numbers are measured (docs/threads.md).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from backend.domain.threads import BlockMatch

LEAST_OF_BLOCK: Final = 2
"""Fingerprints that a draft shares with a block before the block counts at all."""
_LEAST_OF_THREAD: Final = 6
"""Over all of a thread's blocks: ordinary phrases share fewer."""
_UNCUT_FROM: Final = 0.95
"""Of the plain fingerprints, from which nothing is cut away or changed: then the names have to be there too."""
_NAMES_OF_ANOTHER: Final = 0.35
"""Of the particular ones of an uncut text; with fewer it is another text."""
_FORM_FROM: Final = 0.8
"""Of the plain fingerprints, from which a text can be a form letter that was filled in for somebody else."""
_NAMES_OF_SAME: Final = 0.7
"""The share of particular ones to that of plain ones: below it, what was changed was names above all."""
_FEW_NAMES: Final = 8
"""Particular fingerprints that one cut sentence can have held; a name in a text makes four."""
_FEWEST_NAMES: Final = 6
"""With fewer in the text, they tell nothing of whose letter it is."""
_PASSAGE_BELOW: Final = 0.5
"""Of all fingerprints of the stretches that are touched."""


class Likeness(StrEnum):
    """How a draft's text is like a thread's."""

    SAME = "same"
    PASSAGE = "passage"
    """Some sentences of it are there."""
    SIMILAR = "similar"
    """All the words are there and many of the names are not: a form letter, as likely as not."""


@dataclass(frozen=True, slots=True)
class ContentMatch:
    """A thread whose text the draft holds, with how many fingerprints agree."""

    thread: str
    likeness: Likeness
    shared: int


def matched_threads(matches: Iterable[BlockMatch]) -> tuple[ContentMatch, ...]:
    """Threads whose text the draft holds, the most of it first."""
    of_thread: defaultdict[str, list[BlockMatch]] = defaultdict(list)
    for match in matches:
        if match.shared >= LEAST_OF_BLOCK:
            of_thread[match.thread].append(match)
    found = [
        ContentMatch(thread, likeness, sum(one.shared for one in blocks))
        for thread, blocks in of_thread.items()
        if (likeness := _likeness(blocks)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (-one.shared, one.thread)))


def _likeness(blocks: list[BlockMatch]) -> Likeness | None:
    """How like the texts are; None where they are two.

    A letter to somebody else after the same model has all the plain words and few of the names; a text that is cut has
    lost some of both.
    """
    shared, kept = sum(one.shared for one in blocks), sum(one.kept for one in blocks)
    names, kept_names = sum(one.shared_particular for one in blocks), sum(one.kept_particular for one in blocks)
    if shared < _LEAST_OF_THREAD:
        return None
    words = (shared - names) / (kept - kept_names) if kept > kept_names else 1.0
    if kept_names and words >= _UNCUT_FROM and names < _NAMES_OF_ANOTHER * kept_names:
        return None
    if kept_names > _FEW_NAMES and not names:
        return None
    if kept_names >= _FEWEST_NAMES and words >= _FORM_FROM and names < _NAMES_OF_SAME * words * kept_names:
        return Likeness.SIMILAR
    return Likeness.PASSAGE if shared < _PASSAGE_BELOW * kept else Likeness.SAME

"""Counts what the fingerprints recognise, with a register that is a plain table in memory."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random

from backend.domain.part import Part
from backend.domain.threads import BlockMatch, Print
from backend.threads.fingerprints import Fingerprints
from backend.threads.matching import ContentMatch, matched_threads
from backend.threads.words import words_of
from tests.backend.threads.edits import SIGNATURE, Edit, parts_as_html, parts_of

FINGERPRINTS = Fingerprints(b"k" * 32)


class Register:
    """Blocks of many texts, found by their fingerprints."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._blocks = [
            (str(number), block.prints)
            for number, text in enumerate(texts)
            for block in FINGERPRINTS.of(parts_of(text))[1]
        ]
        self._at: defaultdict[int, list[tuple[int, Print]]] = defaultdict(list)
        for block, (_, prints) in enumerate(self._blocks):
            for one in prints:
                self._at[one.value].append((block, one))

    def found(self, parts: Sequence[Part]) -> tuple[int, ...]:
        """Numbers of the texts that are found in a draft of these parts."""
        shared: defaultdict[int, list[Print]] = defaultdict(list)
        for value in FINGERPRINTS.of(parts)[0]:
            for block, one in self._at.get(value, ()):
                shared[block].append(one)
        return tuple(int(one.thread) for one in self.matches(shared))

    def matches(self, shared: Mapping[int, Sequence[Print]]) -> Sequence[ContentMatch]:
        return matched_threads(self._match(block, prints) for block, prints in shared.items())

    def _match(self, block: int, shared: Sequence[Print]) -> BlockMatch:
        thread, kept = self._blocks[block]
        return BlockMatch(thread, block, len(shared), len(kept), _particular(shared), _particular(kept))


def _particular(prints: Iterable[Print]) -> int:
    return sum(one.particular for one in prints)


def share_found(texts: Sequence[str], edit: Edit) -> float:
    """Of texts that are all registered, the share that is found in its edited copy."""
    chance = Random(1)  # noqa: S311 - the same edits in every run
    return _share(texts, (parts_of(edit(text, chance)) for text in texts))


def share_found_as_html(texts: Sequence[str]) -> float:
    return _share(texts, map(parts_as_html, texts))


def _share(texts: Sequence[str], drafts: Iterable[Sequence[Part]]) -> float:
    register = Register(texts)
    return sum(number in register.found(parts) for number, parts in enumerate(drafts)) / len(texts)


def share_of_pastes_found(texts: Sequence[str]) -> tuple[float, int]:
    """One paragraph of 300–600 characters out of a long mail, below another mail's beginning: (share, how many)."""
    pastes = [
        (text, one) for text in texts for one in text.split("\n\n")[:4] if 300 <= len(one) <= 600 and len(text) > 900
    ]
    register = Register([text for text, _ in pastes])
    drafts = [texts[number][:400] + "\n\n" + one + SIGNATURE for number, (_, one) in enumerate(pastes)]
    return sum(number in register.found(parts_of(one)) for number, one in enumerate(drafts)) / len(pastes), len(pastes)


def false_matches(registered: Sequence[str], asked: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs that match although hardly any of their words stand in the same order.

    Not counted are near-duplicates: pairs whose longest common run of words has ten or more (a quotation), or that
    share a fifth of the shorter one's runs of three words. Both are measured without any fingerprint.
    """
    register = Register(registered)
    for text in asked:
        for number in register.found(parts_of(text)):
            if not _near_duplicates(registered[number], text):
                yield registered[number], text


def _near_duplicates(one: str, other: str) -> bool:
    threes, others = _runs(one, 3), _runs(other, 3)
    if len(threes & others) >= 0.2 * min(len(threes), len(others)):
        return True
    return bool(_runs(one, 10) & _runs(other, 10))


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = words_of(text, 100_000).words
    return {words[start : start + length] for start in range(len(words) - length + 1)}

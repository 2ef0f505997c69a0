"""Content fingerprints: what of a text is the same again when somebody quotes, cuts or touches it up.

A text's shingles (every four words in a row) are hashed under a key. A draft is looked up by all of its hashes. Of a
draft to be remembered the lowest hashes of each stretch are kept: the same ones in every copy (MinHash; Broder, "On the
resemblance and containment of documents", 1997).
"""

from collections.abc import Sequence
from hashlib import blake2b
from heapq import nsmallest
from struct import Struct
from typing import Final

from backend.domain.part import Part
from backend.domain.threads import Block, Print
from backend.threads.words import Words, words_of

SHINGLE_WORDS: Final = 4
BLOCK_SHINGLES: Final = 64
KEPT_OF_EACH: Final = 12
"""Of a block, so many plain prints and as many particular ones; more of one kind where the other has fewer."""
FEWEST_SHINGLES: Final = 12
"""A text with fewer is not kept: too short to tell whose it is."""
MOST_BLOCKS: Final = 60
"""Of a draft. The stretches of a longer one are longer."""
MOST_LOOKED_UP: Final = 4000
"""The lowest of a draft's hashes. A kept one is among the lowest of its stretch, so a book is recognised by these."""
MOST_WORDS: Final = 100_000
"""That are read of a draft: some 600,000 characters."""

_TEXT_PARTS: Final = frozenset({"body", "quoted", "attachment"})
_SIGNED: Final = Struct(">q")

_Shingles = list[tuple[int, bool]]
"""Hashes in the text's order, each with whether it holds a particular word."""


class Fingerprints:
    """Fingerprints under one tenant's key (at most 64 bytes). What `model_texts` hold tells no draft from another."""

    def __init__(self, key: bytes, model_texts: Sequence[str] = ()) -> None:
        self._hasher = blake2b(digest_size=_SIGNED.size, key=key)
        self._everywhere: frozenset[int] = frozenset()
        self._everywhere = frozenset(
            value for text in model_texts for value, _ in self._shingles(words_of(text, MOST_WORDS))
        )

    def of(self, parts: Sequence[Part]) -> tuple[frozenset[int], tuple[Block, ...]]:
        """All hashes that a draft is looked up by (at most 4,000), and the blocks that are kept of it.

        Body, quoted history and attachments' text count; subject, place and file names do not. Signatures are looked
        up, for they may be none in another's eyes, but not kept.
        """
        left = MOST_WORDS
        found: set[int] = set()
        kept: list[_Shingles] = []
        for part in parts:
            if part.id.partition(":")[0] not in _TEXT_PARTS:
                continue
            words = words_of(part.text, left)
            left -= len(words.words)
            shingles = self._shingles(words)
            found.update(value for value, _ in shingles)
            if part.signatures:
                shingles = self._shingles(words_of(_without_signatures(part), len(words.words)))
            if len(shingles) >= FEWEST_SHINGLES:
                kept.append(shingles)
        return frozenset(nsmallest(MOST_LOOKED_UP, found)), tuple(_blocks(kept))

    def _shingles(self, words: Words) -> _Shingles:
        """Those of model texts are left out."""
        runs = zip(*(words.words[at:] for at in range(SHINGLE_WORDS)), strict=False)
        names = zip(*(words.particular[at:] for at in range(SHINGLE_WORDS)), strict=False)
        return [
            (value, any(particular))
            for run, particular in zip(runs, names, strict=True)
            if (value := self._hashed(" ".join(run))) not in self._everywhere
        ]

    def _hashed(self, shingle: str) -> int:
        hasher = self._hasher.copy()
        hasher.update(shingle.encode("utf-8", "replace"))
        value: int = _SIGNED.unpack(hasher.digest())[0]
        return value


def _without_signatures(part: Part) -> str:
    pieces, at = [], 0
    for span in sorted(part.signatures, key=lambda span: span.start):
        pieces.append(part.text[at : span.start])
        at = max(at, span.end)
    return "\n".join([*pieces, part.text[at:]])


def _blocks(texts: Sequence[_Shingles]) -> list[Block]:
    """Each text in stretches of about equal length."""
    size = max(BLOCK_SHINGLES, -(-sum(map(len, texts)) // MOST_BLOCKS))
    blocks = []
    for text in texts:
        count = max(round(len(text) / size), 1)
        ends = [number * len(text) // count for number in range(count + 1)]
        blocks += [Block(_lowest(text[ends[number] : ends[number + 1]])) for number in range(count)]
    return blocks[:MOST_BLOCKS]


def _lowest(stretch: _Shingles) -> tuple[Print, ...]:
    names = {value for value, is_particular in stretch if is_particular}
    plain = {value for value, _ in stretch} - names
    kept_names = nsmallest(2 * KEPT_OF_EACH - min(len(plain), KEPT_OF_EACH), names)
    kept_plain = nsmallest(2 * KEPT_OF_EACH - min(len(names), KEPT_OF_EACH), plain)
    return (*(Print(one) for one in kept_plain), *(Print(one, particular=True) for one in kept_names))

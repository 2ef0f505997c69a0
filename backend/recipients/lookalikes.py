"""Domains that are easily taken for another: the organisation's own, a known organisation's or a private mailbox's."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from backend.recipients import added_words, domain_names, folding, slips
from backend.recipients.domain_names import DomainName
from backend.recipients.guarded_names import LONG, SHORT, GuardedName, gathered
from backend.recipients.known_domains import KnownDomains

_KEPT = 4096
_SWEDISH = frozenset("åäö")
_MOST_SLIPS = 2


class Likeness(StrEnum):
    """What makes a domain look like another. Codes are stable."""

    EMBEDDED = "embedded"
    """The whole other domain stands in front: `granvik.se.example.com`."""
    HOMOGLYPH = "homoglyph"
    SPELLING = "spelling"
    """Another way to write it: with or without dots, hyphens, `ae` for `ä`."""
    ADDED_WORD = "added_word"
    TOP_DOMAIN = "top_domain"
    SLIP = "slip"


@dataclass(frozen=True, slots=True)
class Resemblance:
    """The domain that another is taken for, whose it is (empty where not known), and why. `repr` shows the code."""

    domain: str = field(repr=False)
    organisation: str = field(repr=False)
    likeness: Likeness


class Lookalikes:
    """Compares domains with those that matter. Thread-safe; remembers the newest answers."""

    def __init__(self, own: Iterable[str], known: KnownDomains, private: Iterable[str]) -> None:
        own, private = frozenset(own), frozenset(private)
        self._known = known
        self._names = gathered(sorted(own), known, sorted(private))
        self._real = own | private | known.organisations.keys() | {name.domain for name in self._names}
        self._by_label: dict[str, list[GuardedName]] = defaultdict(list)
        self._without_hyphens: dict[str, list[GuardedName]] = defaultdict(list)
        for name in self._names:
            self._by_label[name.label].append(name)
            self._without_hyphens[name.label.replace("-", "")].append(name)
        self._labels = list(self._by_label)
        self._remembered = lru_cache(maxsize=_KEPT)(self._resembled)

    def resembled(self, domain: str) -> Resemblance | None:
        """What `domain` (A-labels or as people read it) is taken for. None for a real or unlike one. Never raises."""
        return self._remembered(domain) if len(domain) <= domain_names.LONGEST else None

    def organisation(self, domain: str) -> str:
        """The name of the known organisation whose domain it is, or one under it; empty when there is none."""
        name = domain_names.read(domain)
        above = domain_names.above(name.ascii) if name else ()
        return next((self._known.organisations[part] for part in above if part in self._known.organisations), "")

    def _resembled(self, domain: str) -> Resemblance | None:
        name = domain_names.read(domain)
        if name is None or not name.registrable:
            return None
        real = next((part for part in domain_names.above(name.ascii) if part in self._real), None)
        if real is not None:
            # Full-width and the like: the very same domain to a machine, but nobody types it.
            disguised = unicodedata.normalize("NFC", domain.lower()) not in (name.ascii, name.written)
            return self._like(real, Likeness.HOMOGLYPH) if disguised else None
        front = next((part for part in domain_names.in_front(name.ascii) if part in self._real), None)
        if front is not None:
            return self._like(front, Likeness.EMBEDDED)
        if any(part in self._known.ordinary for part in domain_names.above(name.ascii)):
            return None
        found = min(self._alike(name), key=lambda pair: not pair[0].own, default=None)
        return found and self._like(found[0].domain, found[1])

    def _like(self, domain: str, likeness: Likeness) -> Resemblance:
        return Resemblance(domain, self.organisation(domain), likeness)

    def _alike(self, name: DomainName) -> Iterator[tuple[GuardedName, Likeness]]:
        """Names that it is taken for, the plainest likeness first."""
        label = folding.plain(name.label)
        if label != name.label:
            yield from self._disguised(name, label)
        is_word = label in self._known.words
        if not is_word:
            yield from self._redrawn(name, label)
        for meant in self._by_label.get(label, ()):
            if label == name.label and (meant.own or not is_word) and _is_swapped(meant, name.suffix):
                yield meant, Likeness.TOP_DOMAIN
        for meant in added_words.without(label, self._by_label):
            yield meant, Likeness.ADDED_WORD
        if not is_word and label not in self._by_label:
            yield from self._slipped(name, label)

    def _disguised(self, name: DomainName, label: str) -> Iterator[tuple[GuardedName, Likeness]]:
        """Letters with accents or of other scripts. Swedish letters make other short words: not asked about."""
        swedish = all(letter.isascii() or letter in _SWEDISH for letter in name.label)
        for meant in self._by_label.get(label, ()):
            if not meant.reaches(name.suffix) or len(label) < SHORT:
                continue
            if name.label in meant.spelled:
                yield meant, Likeness.SPELLING
            elif not swedish or meant.own or len(label) >= LONG:
                yield meant, Likeness.HOMOGLYPH

    def _redrawn(self, name: DomainName, label: str) -> Iterator[tuple[GuardedName, Likeness]]:
        for meant in self._by_label.get(name.label, ()):
            if meant.suffix == name.suffix:
                # Real domains have been told already: this is one under an own domain, with a hyphen for its dot.
                yield meant, Likeness.SPELLING
        for redrawn in folding.redrawn(label):
            for meant in self._by_label.get(redrawn, ()) if redrawn != label and len(redrawn) >= SHORT else ():
                if meant.reaches(name.suffix):
                    yield meant, Likeness.HOMOGLYPH
        bare = label.replace("-", "")
        for meant in self._without_hyphens.get(bare, ()):
            if meant.label != label and meant.reaches(name.suffix) and len(bare) > SHORT:
                yield meant, Likeness.SPELLING
        short = folding.spelled_short(bare)
        for meant in self._by_label.get(short, ()):
            if short != bare and meant.spelled and meant.reaches(name.suffix):
                yield meant, Likeness.SPELLING

    def _slipped(self, name: DomainName, label: str) -> Iterator[tuple[GuardedName, Likeness]]:
        near = process.extract(label, self._labels, scorer=OSA.distance, score_cutoff=_MOST_SLIPS, limit=None)
        found = []
        for meant_label, _, _ in near:
            work = slips.effort(meant_label, label)
            found += [(work, meant) for meant in self._by_label[meant_label] if work]
        for work, meant in sorted(found, key=lambda pair: pair[0]):
            if work <= meant.widest_slip(name.suffix):
                yield meant, Likeness.SLIP


def _is_swapped(meant: GuardedName, suffix: str) -> bool:
    """Whether a name under another suffix than its own is taken for it."""
    if suffix == meant.suffix or len(meant.label) < SHORT:
        return False
    if OSA.distance(suffix, meant.suffix) == 1:
        if not domain_names.is_top_domain(suffix):
            return True
        if meant.private and meant.suffix == "com" and len(meant.label) > SHORT:
            return True
    return meant.reaches(suffix)

"""Which of many entries are easily taken for one: people of almost the same name, and what a wrong address meant."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from backend.directory.name_forms import PEOPLE, Form, Source, address_forms, name_forms, words_of
from backend.directory.spelling import plain, sounding
from backend.domain.directory import DirectoryEntry

MOST = 5
_SAME, _SWAPPED, _LETTER_OFF, _PART, _INITIAL = range(5)
_SHORTEST_INITIALLED = 3


class _Slack(NamedTuple):
    """When a letter may be off: how many letters (as they sound) the name asked and the one found must have.

    `same_first` says that it may not be the first one.
    """

    asked: int
    found: int
    same_first: bool


_AMONG_NAMES = _Slack(5, 5, same_first=True)
"""Bo and Bob are two names, and nobody picks a Dahlberg for an Ahlberg from a list."""
_IN_WHAT_WAS_TYPED = _Slack(2, 3, same_first=False)
"""An address that leads nowhere has a slip in it; a letter may be left out."""


class NameIndex:
    """Many entries, to be asked often: about 0.1 ms a name among 60,000. Disabled accounts are left out."""

    def __init__(self, entries: Iterable[DirectoryEntry]) -> None:
        self._entries = [entry for entry in entries if entry.enabled]
        self._at: dict[tuple[str, str], list[tuple[int, Source]]] = {}
        self._surnames: dict[str, list[str]] = {}
        self._givens: dict[str, list[str]] = {}
        self._locals: dict[str, list[int]] = {}
        self._local_ends: dict[str, list[str]] = {}
        for number, entry in enumerate(self._entries):
            self._add(number, entry)

    def namesakes(self, entry: DirectoryEntry) -> tuple[DirectoryEntry, ...]:
        """Other people of the same or almost the same full name, likeliest first; at most five."""
        if entry.kind not in PEOPLE:
            return ()
        found = (
            (_PART if form.source or source else cost, number)
            for form in name_forms(entry)
            for cost, number, source in self._near(form, _AMONG_NAMES)
            if _tells(cost, form.source, source) and not _is(self._entries[number], entry)
        )
        name = plain(entry.name)
        return self._likeliest(found, lambda other: OSA.distance(plain(other.name), name))

    def meant_by(self, address: str) -> tuple[DirectoryEntry, ...]:
        """Who may have been meant by an address that nobody has (or the part before its @), likeliest first."""
        by_name = (
            (cost, number)
            for form in address_forms(address)
            for cost, number, _ in chain(self._near(form, _IN_WHAT_WAS_TYPED), self._by_initial(form))
        )
        typed = address.lower()
        # Without a domain all are as far off by theirs.
        typed += "" if "@" in typed else "@"
        found = chain(by_name, self._by_local(address))
        return self._likeliest(found, lambda other: OSA.distance(other.address.lower(), typed))

    def _add(self, number: int, entry: DirectoryEntry) -> None:
        forms = list(name_forms(entry))
        words = words_of(entry.address)
        if entry.kind in PEOPLE and len(words) > 1:
            written = Form(sounding(words[0]), sounding("".join(words[1:])), Source.ADDRESS)
            forms += [written] if written[:2] not in [form[:2] for form in forms] else []
        elif words:
            self._add_local(number, sounding("".join(words)))
        for given, surname, source in forms:
            holders = self._at.setdefault((given, surname), [])
            if not holders:
                self._surnames.setdefault(given, []).append(surname)
                self._givens.setdefault(surname, []).append(given)
            holders.append((number, source))

    def _add_local(self, number: int, local: str) -> None:
        if local not in self._locals:
            for end in _ends(local):
                self._local_ends.setdefault(end, []).append(local)
        self._locals.setdefault(local, []).append(number)

    def _near(self, form: Form, slack: _Slack) -> Iterator[tuple[int, int, Source]]:
        """Cost, number and source of all whose name is this one, swapped, or has a letter off in one of its halves."""
        given, surname = form.given, form.surname
        pairs = chain(
            [(_SAME, given, surname), (_SWAPPED, surname, given)],
            ((_LETTER_OFF, given, near) for near in _one_off(surname, self._surnames.get(given, ()), slack)),
            ((_LETTER_OFF, near, surname) for near in _one_off(given, self._givens.get(surname, ()), slack)),
        )
        for cost, first, last in pairs:
            for number, source in self._at.get((first, last), ()):
                yield cost, number, source

    def _by_initial(self, form: Form) -> Iterator[tuple[int, int, Source]]:
        if len(form.given) != 1 or len(form.surname) < _SHORTEST_INITIALLED:
            return
        for given in self._givens.get(form.surname, ()):
            if given.startswith(form.given):
                yield from ((_INITIAL, *holder) for holder in self._at[given, form.surname])

    def _by_local(self, address: str) -> Iterator[tuple[int, int]]:
        """Addresses that are no names (reception, bjorkskolan) with a letter off."""
        local = sounding("".join(words_of(address)))
        alike = {other for end in _ends(local) for other in self._local_ends.get(end, ())}
        for near in {local, *_one_off(local, list(alike), _IN_WHAT_WAS_TYPED)}:
            cost = _SAME if near == local else _LETTER_OFF
            yield from ((cost, number) for number in self._locals.get(near, ()))

    def _likeliest(
        self, found: Iterable[tuple[int, int]], far: Callable[[DirectoryEntry], int]
    ) -> tuple[DirectoryEntry, ...]:
        costs: dict[int, int] = {}
        for cost, number in found:
            costs[number] = min(cost, costs.get(number, cost))
        cheapest = sorted(costs.values())[:MOST]
        close = [(cost, self._entries[at]) for at, cost in costs.items() if cost <= cheapest[-1]]
        # Among those as likely the plainest address goes first: anna.berg before anna.berg2.
        close.sort(key=lambda one: (one[0], far(one[1]), len(one[1].address), one[1].address))
        return tuple(entry for _, entry in close[:MOST])


def namesakes(entry: DirectoryEntry, others: Iterable[DirectoryEntry]) -> tuple[DirectoryEntry, ...]:
    """Those of `others` whose full name is easily taken for the entry's, likeliest first; at most five.

    The same name but for case, accents, hyphens and spelling (Karlsson, Carlsson), given name and surname swapped, a
    letter off in one of them, or half a double surname left out. The same surname alone is not enough.
    """
    return NameIndex(others).namesakes(entry)


def meant_by(address: str, others: Iterable[DirectoryEntry]) -> tuple[DirectoryEntry, ...]:
    """Those of `others` that may have been meant by an address which does not exist, likeliest first; at most five."""
    return NameIndex(others).meant_by(address)


def _one_off(name: str, among: Sequence[str], slack: _Slack) -> list[str]:
    if not among or len(name) < slack.asked:
        return []
    close = extract(name, among, scorer=OSA.distance, score_cutoff=1, limit=None)
    begin = name[0] if slack.same_first else ""
    return [other for other, off, _ in close if off and len(other) >= slack.found and other.startswith(begin)]


def _tells(cost: int, asked: Source, found: Source) -> bool:
    """Whether two names so alike are namesakes. Half a name has to be the same, and the other one whole."""
    if Source.ADDRESS in (asked, found):
        return False
    return not (asked or found) or (cost == _SAME and not (asked and found))


def _ends(local: str) -> set[str]:
    """What at least one of stays when a letter is off."""
    return {f"{local[:2]}…", f"…{local[-2:]}"}


def _is(one: DirectoryEntry, other: DirectoryEntry) -> bool:
    return one.id == other.id or one.address.lower() == other.address.lower()

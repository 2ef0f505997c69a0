"""One look-up in Graph: what the addresses are, then what is to be known of those found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from backend.directory.graph.access import GraphAccess, GraphLimits
from backend.directory.graph.answers import Reply
from backend.directory.graph.asks import Ask, KeyAsk, asks_for, groups_ask, member_asks, people_asks, place_ask
from backend.directory.graph.batches import Batches
from backend.directory.graph.members import UNCOUNTED, members
from backend.directory.graph.near import namesake_clauses, stray_clauses, stray_stem
from backend.directory.graph.reading import SOURCES, Found, found, tips
from backend.directory.names import MOST, NameIndex
from backend.domain.directory import DirectoryEntry, EntryKind, MailTips, NotTold

_WORST_FIRST = (
    NotTold.SIGN_IN_AGAIN,
    NotTold.NOT_PERMITTED,
    NotTold.DIRECTORY_BUSY,
    NotTold.DIRECTORY_SLOW,
    NotTold.DIRECTORY_DOWN,
)


_MOST_CANDIDATES = 3_000
_TO_READ = 0.2
"""Seconds kept for going through what the second stage brings."""


@dataclass(frozen=True, slots=True)
class Told:
    """What Graph told of a key: an entry, that there is none (both None), or why it did not tell.

    `lasting` says that nothing is missing which another try might bring, so that it may be kept. `of_caller`: it was
    the caller's own token that failed, which says nothing to another caller.
    """

    entry: DirectoryEntry | None = None
    near: tuple[DirectoryEntry, ...] = ()
    reason: NotTold | None = None
    lasting: bool = True
    of_caller: bool = False


@dataclass(frozen=True, slots=True)
class _Claimed:
    """Those who have an address, the one who gets its mail first; or why that is not known."""

    by: tuple[Found, ...] = ()
    reason: NotTold | None = None


@dataclass(slots=True)
class _Further:
    """The second stage's questions, and by question number what they are about."""

    asks: list[Ask] = field(default_factory=list)
    groups: dict[str, range] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    people: range = range(0)
    stems: range = range(0)

    def add(self, asks: Sequence[Ask]) -> range:
        """Where they stand."""
        start = len(self.asks)
        self.asks.extend(asks)
        return range(start, len(self.asks))


class LookUp:
    """Asks for one caller, with the caller's token, until a time on `time.monotonic`: two rounds, and retries."""

    def __init__(self, access: GraphAccess, limits: GraphLimits, batches: Batches, token: str, until: float) -> None:
        self._access = access
        self._limits = limits
        self._batches = batches
        self._token = token
        self._until = until
        self.claims = ""
        """A claims challenge that Graph answered with, empty where there was none."""

    def told(self, keys: Sequence[str]) -> dict[str, Told]:
        """What is told of each key."""
        asked = asks_for(keys, self._access)
        replies = self._run([one.ask for one in asked], self._until)
        claimed = _claimed(keys, asked, replies)
        tipped = dict(_tips(asked, replies))
        further = self._further(claimed)
        answers = self._run(further.asks, self._until - _TO_READ)
        candidates = list(islice(_candidates(further, answers, claimed), _MOST_CANDIDATES))
        missed = _missed(claimed, candidates)
        index = NameIndex(one.entry for one in candidates)
        unsure = any(answers[at].passing for at in (*further.people, *further.stems))
        told = {}
        strays = set(self._strays(claimed))
        for key, claim in (claimed | missed).items():
            if claim.reason:
                told[key] = Told(reason=claim.reason, lasting=False)
            elif not claim.by:
                told[key] = Told(near=index.meant_by(key) if key in strays else (), lasting=not unsure)
            else:
                whole, lasting = _completed(claim.by[0], further, answers)
                whole = replace(whole, tips=tipped.get(key, MailTips()))
                others = (*(other.entry for other in claim.by[1:]), *index.namesakes(whole))
                near = tuple({one.id: one for one in others if one.id != whole.id}.values())
                told[key] = Told(whole, near[:MOST], lasting=lasting and not unsure and key not in missed)
        return told

    def _run(self, asks: Sequence[Ask], until: float) -> list[Reply]:
        replies = self._batches.run(asks, self._token, until)
        self.claims = self.claims or next((one.claims for one in replies if one.claims), "")
        return replies

    def _further(self, claimed: Mapping[str, _Claimed]) -> _Further:
        further = _Further()
        entries = {claim.by[0].entry.id: claim.by[0] for claim in claimed.values() if claim.by}
        for one in entries.values():
            if one.entry.kind is EntryKind.GROUP and not one.hidden:
                further.groups[one.entry.id] = further.add(member_asks(one.entry.id, contacts=not one.unified))
            if one.entry.kind is EntryKind.SHARED_MAILBOX and self._access.rooms:
                further.places[one.entry.id] = further.add([place_ask(one.entry.address)]).start
        people = [one.entry for one in entries.values() if one.entry.kind is EntryKind.PERSON and one.entry.enabled]
        strays = self._strays(claimed)
        clauses = [clause for one in people[: self._limits.people] for clause in namesake_clauses(one)]
        clauses += [clause for key in strays for clause in stray_clauses(key)]
        further.people = further.add(people_asks(clauses))
        further.stems = further.add(groups_ask(filter(None, map(stray_stem, strays))))
        return further

    def _strays(self, claimed: Mapping[str, _Claimed]) -> list[str]:
        """Absent addresses of one's own for whom somebody is sought who may have been meant: the first few."""
        absent = [key for key, claim in claimed.items() if not claim.by and not claim.reason and self._own(key)]
        return absent[: self._limits.strays]

    def _own(self, key: str) -> bool:
        return key.rpartition("@")[2] in self._access.domains


def _claimed(keys: Sequence[str], asked: Sequence[KeyAsk], replies: Sequence[Reply]) -> dict[str, _Claimed]:
    """Who has each key. Nobody has it only where every source has answered in full and none had it."""
    reasons: dict[str, dict[str, NotTold]] = {key: {} for key in keys}
    having: dict[str, dict[str, Found]] = {key: {} for key in keys}
    for one, reply in zip(asked, replies, strict=True):
        if one.source not in SOURCES:
            continue
        read = [found(one.source, row) for row in reply.rows]
        unread = NotTold.NOT_PERMITTED if None in read else None
        for key in one.keys:
            having[key] |= {entry.entry.id: entry for entry in read if entry and entry.has(key)}
            if reason := reply.reason or unread:
                reasons[key][one.source] = reason
    return {key: _claim(key, list(having[key].values()), reasons[key]) for key in keys}


def _claim(key: str, having: list[Found], reasons: Mapping[str, NotTold]) -> _Claimed:
    """A source that was not told of may have had somebody who comes first: then nothing is claimed."""
    ranked = sorted(having, key=lambda one: one.rank(key))
    surely = ranked and key in ranked[0].mailed
    before = SOURCES[: SOURCES.index(ranked[0].source)] if surely else SOURCES
    in_the_way = {reason for source, reason in reasons.items() if source in before}
    if in_the_way:
        return _Claimed(reason=next(one for one in _WORST_FIRST if one in in_the_way))
    return _Claimed(tuple(ranked))


def _completed(one: Found, further: _Further, answers: Sequence[Reply]) -> tuple[DirectoryEntry, bool]:
    """The entry with what the second stage told of it, and whether that will last."""
    entry = one.entry
    if entry.kind is EntryKind.GROUP:
        counts = [answers[at] for at in further.groups.get(entry.id, ())]
        counted = members(counts) if counts else UNCOUNTED
        return replace(entry, members=counted), not any(count.passing for count in counts)
    if entry.id in further.places:
        place = answers[further.places[entry.id]]
        return (replace(entry, kind=EntryKind.ROOM) if place.rows and not place.reason else entry), not place.passing
    return entry, True


def _candidates(further: _Further, answers: Sequence[Reply], claimed: Mapping[str, _Claimed]) -> Iterator[Found]:
    """Everybody who may be taken for one of those asked about, each once."""
    given = set()
    rows = (("users", row) for at in further.people for row in answers[at].rows)
    stems = (("groups", row) for at in further.stems for row in answers[at].rows)
    read = (found(source, row) for source, row in chain(rows, stems))
    for one in chain((one for claim in claimed.values() for one in claim.by), read):
        if one and one.entry.id not in given:
            given.add(one.entry.id)
            yield one


def _missed(claimed: Mapping[str, _Claimed], candidates: Sequence[Found]) -> dict[str, _Claimed]:
    """Keys that nobody had when they were asked for, but somebody of like name does: an index lags or compares letters.

    Whoever has them was not asked about in the second stage, so what is told of them is not to be kept.
    """
    nobodys = {key for key, claim in claimed.items() if not claim.by and not claim.reason}
    return {key: _Claimed((one,)) for one in candidates for key in nobodys & one.keys}


def _tips(asked: Sequence[KeyAsk], replies: Sequence[Reply]) -> Iterator[tuple[str, MailTips]]:
    for one, reply in zip(asked, replies, strict=True):
        if one.source == "tips":
            yield from (tips(row) for row in reply.rows)

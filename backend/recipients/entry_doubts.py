"""Doubts that a directory entry raises by itself: whom a group reaches, what happens to mail, who is called alike."""

from collections.abc import Iterator, Sequence

from backend.domain.directory import DirectoryEntry, EntryKind
from backend.domain.recipient import Concern, Doubt

_MOST_NAMES = 3


def doubts_of(entry: DirectoryEntry, namesakes: Sequence[DirectoryEntry], large_from: int) -> Iterator[Doubt]:
    """The entry's own doubts. A group counts as large from `large_from` members."""
    if entry.kind is EntryKind.GROUP:
        yield from _of_group(entry, large_from)
    yield from _tips(entry)
    if namesakes and entry.kind is EntryKind.PERSON:
        yield Doubt(Concern.NAMESAKE, {"names": ", ".join(describe(one) for one in namesakes[:_MOST_NAMES])})


def describe(entry: DirectoryEntry) -> str:
    """A name with what tells it from its namesake's: "Anna Berg (Miljöförvaltningen)"."""
    unit = entry.department or entry.title or entry.address
    return f"{entry.name or entry.address} ({unit})"


def _of_group(entry: DirectoryEntry, large_from: int) -> Iterator[Doubt]:
    members = entry.members
    if members is None or members.count is None or members.external is None:
        yield Doubt(Concern.MEMBERS_UNKNOWN)
    if members is not None and members.external:
        names = ", ".join(members.external_names[:_MOST_NAMES]) or str(members.external)
        yield Doubt(Concern.EXTERNAL_MEMBERS, {"names": names})
    if members is not None and (members.count or 0) >= large_from:
        yield Doubt(Concern.LARGE_GROUP, {"count": f"{'≥ ' if members.at_least else ''}{members.count}"})


def _tips(entry: DirectoryEntry) -> Iterator[Doubt]:
    tips = entry.tips
    if tips.automatic_reply:
        yield Doubt(Concern.AUTOMATIC_REPLY)
    if tips.mailbox_full:
        yield Doubt(Concern.MAILBOX_FULL)
    if tips.moderated:
        yield Doubt(Concern.MODERATED)

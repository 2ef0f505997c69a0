"""Doubts that a directory entry raises by itself: whom a group reaches, what happens to mail, who is called alike."""

from collections import Counter
from collections.abc import Iterator, Sequence

from backend.domain.directory import DirectoryEntry, EntryKind
from backend.domain.recipient import Branch, Concern, Doubt
from backend.recipients.branches import Branches

_MOST_NAMES = 3


def doubts_of(entry: DirectoryEntry, namesakes: Sequence[DirectoryEntry], large_from: int) -> Iterator[Doubt]:
    """The entry's own doubts. A group counts as large from `large_from` members."""
    if entry.kind is EntryKind.GROUP:
        yield from _of_group(entry, large_from)
    yield from _tips(entry)
    if namesakes and entry.kind is EntryKind.PERSON:
        yield Doubt(Concern.NAMESAKE, {"names": ", ".join(describe(one) for one in namesakes[:_MOST_NAMES])})


def other_units(entry: DirectoryEntry, border: Branch | None, branches: Branches) -> Iterator[Doubt]:
    """Of a group: whom it reaches across the sender's secrecy borders, by committee where that differs."""
    if entry.members is None or border is None:
        return
    reached: Counter[str] = Counter()
    for department, count in entry.members.departments:
        branch = branches.named(department)
        if branch is not None and branch.id != border.id:
            reached[branch.name if branch.committee == border.committee else branch.committee] += count
    if reached:
        told = ", ".join(f"{name} ({count})" for name, count in reached.most_common(_MOST_NAMES))
        yield Doubt(Concern.OTHER_UNITS_IN_GROUP, {"names": told})


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

"""How many people each group reaches: groups in groups are followed, and everybody counts once."""

from collections.abc import Iterator, Mapping

from backend.directory.departments import departments_of
from backend.directory.export_entries import Listed
from backend.directory.mail_address import domain_of
from backend.domain.directory import DirectoryEntry, EntryKind, Members

_MOST_NAMES = 3


def count_members(listed: Mapping[str, Listed], domains: frozenset[str]) -> Iterator[tuple[str, Members]]:
    """Every group's key with its members. A group whose members the file does not list could not be counted."""
    for key, one in listed.items():
        if one.entry.kind is EntryKind.GROUP and key == one.entry.id:
            yield key, _members(key, listed, domains)


def _members(group: str, listed: Mapping[str, Listed], domains: frozenset[str]) -> Members:
    if listed[group].members is None:
        return Members(None, None)
    reached: dict[str, None] = {}
    uncounted = False
    # Rings are fine: no group is opened twice.
    opened, waiting = {group}, [group]
    while waiting:
        members = listed[waiting.pop()].members
        uncounted |= members is None
        for key in members or ():
            member = listed.get(key)
            if member is None or member.entry.kind is not EntryKind.GROUP:
                reached[member.entry.id if member else key] = None
            elif member.entry.id not in opened:
                opened.add(member.entry.id)
                waiting.append(member.entry.id)
    outside = [key for key in reached if is_outside(key, listed.get(key), domains)]
    names = tuple(_name(key, listed) for key in outside[:_MOST_NAMES])
    at_work = departments_of(one.entry.department for key in reached if (one := listed.get(key)))
    return Members(len(reached), len(outside), at_least=uncounted, external_names=names, departments=at_work)


def is_outside(key: str, listed: Listed | None, domains: frozenset[str]) -> bool:
    """Whether a member is not the organisation's own: a guest, a contact, an address of a foreign domain."""
    if listed and (listed.entry.guest or listed.entry.kind is EntryKind.CONTACT):
        return True
    domain = domain_of(key)
    return domain not in domains and not any(domain.endswith(f".{own}") for own in domains)


def _name(key: str, listed: Mapping[str, Listed]) -> str:
    one = listed.get(key)
    return (one.entry.name if one else "") or key


def own_domains(entries: Mapping[str, DirectoryEntry]) -> frozenset[str]:
    """The domains of the people in the file who are no guests."""
    people = (one for one in entries.values() if one.kind is EntryKind.PERSON and not one.guest)
    return frozenset(domain_of(one.id) for one in people)

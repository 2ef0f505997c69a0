"""Makes directory entries of an export's rows, and refuses rows that could mean two things."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from backend.directory.export_rows import Row
from backend.directory.export_words import answer_of, kind_of
from backend.directory.mail_address import address_key
from backend.directory.shown_text import shown
from backend.domain.directory import DirectoryEntry, EntryKind, MailTips

# The Microsoft 365 admin centre joins proxy addresses by +; a lone one belongs to the address.
_BETWEEN = re.compile(r"[\s;,]+|\+(?=smtp:)")
_PREFIX = "smtp:"


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry as its row tells of it. `members` are the keys that a group lists, None where the row lists none."""

    entry: DirectoryEntry
    members: Sequence[str] | None


def read_entries(rows: Iterable[Row]) -> dict[str, Listed]:
    """Everything that the rows list by each of its keys, in the file's order. Raises WrongSettings."""
    by_key: dict[str, Listed] = {}
    for row in rows:
        listed = _listed(row)
        for key in dict.fromkeys([listed.entry.id, *_aliases(row)]):
            if key in by_key:
                raise row.wrong("address" if key == listed.entry.id else "aliases")
            by_key[key] = listed
    return by_key


def with_managers(listed: Mapping[str, Listed], entries: Iterable[DirectoryEntry]) -> Iterator[DirectoryEntry]:
    """The entries with the manager's name, address and account, where the file names or addresses somebody in it.

    A name that several people have leads to nobody: the name alone is kept.
    """
    people = {one.entry.id: one.entry for one in listed.values() if one.entry.kind is EntryKind.PERSON}
    named: dict[str, DirectoryEntry | None] = {}
    for person in people.values():
        named[person.name] = None if person.name in named else person
    for entry in entries:
        by_address = "@" in entry.manager
        found = people.get(address_key(entry.manager)) if by_address else named.get(entry.manager or "-")
        if found is not None:
            yield replace(entry, manager=found.name, manager_account=found.account, manager_address=found.address)
        else:
            yield replace(entry, manager="") if by_address else entry


def _listed(row: Row) -> Listed:
    address = row.text("address")
    key = address_key(address)
    kind = kind_of(row.text("kind"))
    if not key:
        raise row.wrong("address")
    if kind is None:
        raise row.wrong("kind")
    members = _members(row)
    if members is not None and kind[0] is not EntryKind.GROUP:
        raise row.wrong("members")
    given_name, surname = shown(row.text("given_name")), shown(row.text("surname"))
    entry = DirectoryEntry(
        id=key,
        kind=kind[0],
        address=address,
        name=shown(row.text("name")) or f"{given_name} {surname}".strip(),
        given_name=given_name,
        surname=surname,
        title=shown(row.text("title")),
        department=shown(row.text("department")),
        office=shown(row.text("office")),
        company=shown(row.text("company")),
        manager=shown(row.text("manager")),
        account=row.text("account").strip().lower(),
        enabled=_says(row, "enabled", unsaid=True) and not _says(row, "blocked"),
        guest=kind[1] or _says(row, "guest"),
        tips=_tips(_says(row, "automatic_reply"), _says(row, "mailbox_full"), _says(row, "moderated")),
    )
    return Listed(entry, members)


def _says(row: Row, column: str, *, unsaid: bool = False) -> bool:
    word = row.text(column)
    answer = answer_of(word) if word else unsaid
    if answer is None:
        raise row.wrong(column)
    return answer


@cache
def _tips(automatic_reply: bool, mailbox_full: bool, moderated: bool) -> MailTips:  # noqa: FBT001 - its three fields
    return MailTips(automatic_reply, mailbox_full, moderated)


def _aliases(row: Row) -> list[str]:
    """Further addresses. What else Exchange lists beside them (X500, SIP) is left out."""
    further = row.cells.get("address", ())[1:]
    return [key for key in map(address_key, chain(_words(further), _words(row.cells.get("aliases", ())))) if key]


def _members(row: Row) -> tuple[str, ...] | None:
    if "members" not in row.cells:
        return None
    keys = tuple(map(address_key, _words(row.cells["members"])))
    if not all(keys):
        raise row.wrong("members")
    return keys


def _words(cells: Iterable[str | Sequence[str]]) -> Iterator[str]:
    for cell in cells:
        joined = cell if isinstance(cell, str) else " ".join(cell)
        yield from (word.removeprefix(_PREFIX) for word in _BETWEEN.split(joined.lower()) if word)

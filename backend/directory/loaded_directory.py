"""A whole directory in memory, and what it answers. Never changes: a new export makes a new one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from backend.directory.export_entries import read_entries, with_managers
from backend.directory.export_rows import Row
from backend.directory.group_members import count_members, own_domains
from backend.directory.mail_address import address_key, domain_of
from backend.directory.names import NameIndex
from backend.domain.directory import DirectoryAnswer, NotTold

_KEPT_ANSWERS = 20_000
_MOST_STRAYS = 20
"""Absent addresses of one look-up for which somebody is sought who may have been meant."""


class LoadedDirectory:
    """The entries of an export by address. `domains` are taken from its people's addresses where none are given."""

    def __init__(self, rows: Iterable[Row], domains: frozenset[str] = frozenset()) -> None:
        listed = read_entries(rows)
        bare = {one.entry.id: one.entry for one in listed.values()}
        self.domains = domains or own_domains(bare)
        entries = {entry.id: entry for entry in with_managers(listed, bare.values())}
        for key, members in count_members(listed, self.domains):
            entries[key] = replace(entries[key], members=members)
        self.entries = tuple(entries.values())
        self._by_key = {key: entries[one.entry.id] for key, one in listed.items()}
        index = NameIndex(self.entries)
        self._namesakes = lru_cache(_KEPT_ANSWERS)(lambda key: index.namesakes(entries[key]))
        self._meant_by = lru_cache(_KEPT_ANSWERS)(index.meant_by)

    def answer(self, keys: Sequence[str]) -> DirectoryAnswer:
        """What is known of each key. An empty directory tells nothing."""
        asked = dict.fromkeys(keys)
        if not self.entries:
            return DirectoryAnswer(not_told=dict.fromkeys(asked, NotTold.NO_DIRECTORY))
        addresses = {key: address_key(key) for key in asked}
        entries = {key: self._by_key[address] for key, address in addresses.items() if address in self._by_key}
        absent = frozenset(key for key, address in addresses.items() if address and key not in entries)
        near = {key: self._namesakes(entry.id) for key, entry in entries.items()}
        strays = [key for key in addresses if key in absent and domain_of(addresses[key]) in self.domains]
        near |= {key: self._meant_by(addresses[key]) for key in strays[:_MOST_STRAYS]}
        return DirectoryAnswer(
            entries=entries,
            absent=absent,
            not_told={key: NotTold.NOT_AN_ADDRESS for key, address in addresses.items() if not address},
            near={key: found for key, found in near.items() if found},
        )

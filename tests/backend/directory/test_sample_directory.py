"""The invented municipality: everything that the demonstration shows is there, and nothing of anybody real."""

from collections import Counter

import pytest

from backend.directory.names import NameIndex
from backend.directory.sample_directory import sample_directory
from backend.domain.directory import EntryKind, Members
from tests.backend.directory.exports import ask
from tests.backend.factories import counted

DIRECTORY = sample_directory()
BY_ID = {entry.id: entry for entry in DIRECTORY.known_entries()}
RESERVED = (".example", "@example.se", "@example.com")
"""RFC 2606 and RFC 6761; example.se is kept by the Swedish registry for the same."""


def test_domains_are_the_municipalitys_and_reserved() -> None:
    assert DIRECTORY.domains == {"granvik.example", "skola.granvik.example"}
    assert all(key.endswith(RESERVED) for key in BY_ID)


def test_every_kind_is_there() -> None:
    kinds = Counter(entry.kind for entry in BY_ID.values())
    assert kinds.keys() == set(EntryKind)
    assert kinds[EntryKind.PERSON] > 40
    assert [one.name for one in BY_ID.values() if not one.enabled] == ["Lars Holm"]
    assert [one.name for one in BY_ID.values() if one.guest] == ["Petra Falk"]


def test_staff_have_a_title_a_unit_an_office_and_a_manager_who_exists() -> None:
    staff = [one for one in BY_ID.values() if one.kind is EntryKind.PERSON and not one.guest]
    names = {one.name for one in staff}
    assert [one.name for one in staff if not (one.title and one.department and one.office)] == []
    assert [one.name for one in staff if one.manager not in names] == ["Ulla Sandström"]
    assert len({one.department.partition(",")[0] for one in staff}) == 6


@pytest.mark.parametrize(
    ("address", "department"),
    [
        ("sara.lindqvist@granvik.example", "Socialförvaltningen, barn och familj"),
        ("kerstin.aberg@granvik.example", "Socialförvaltningen, barn och familj"),
        ("johan.ek@granvik.example", "Kommunledningsförvaltningen, HR"),
        ("omar.haddad@granvik.example", "Barn- och utbildningsförvaltningen, Björkskolan"),
    ],
)
def test_units_of_those_who_sign_in(address: str, department: str) -> None:
    assert BY_ID[address].department == department
    assert ask(DIRECTORY, address).near == {}


@pytest.mark.parametrize(
    ("group", "members"),
    [
        ("alla@granvik.example", Members(43, 0)),
        ("personal.bjorkskolan@skola.granvik.example", Members(6, 0)),
        ("projekt.samverkan@granvik.example", Members(5, 2, external_names=("Petra Falk", "BUP Granvik"))),
        ("chefer@granvik.example", Members(None, None)),
    ],
)
def test_groups(group: str, members: Members) -> None:
    assert counted(BY_ID[group].members) == members


def test_two_pairs_of_namesakes_and_no_more() -> None:
    index = NameIndex(BY_ID.values())
    near = {one.id: [other.id for other in index.namesakes(one)] for one in BY_ID.values()}
    assert {one: others for one, others in near.items() if others} == {
        "anna.berg@granvik.example": ["anna.berg2@granvik.example"],
        "anna.berg2@granvik.example": ["anna.berg@granvik.example"],
        "maria.eriksson@granvik.example": ["mariah.ericsson@skola.granvik.example"],
        "mariah.ericsson@skola.granvik.example": ["maria.eriksson@granvik.example"],
    }


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("anna.bergh@granvik.example", ["anna.berg@granvik.example", "anna.berg2@granvik.example"]),
        ("sara.lindkvist@granvik.example", ["sara.lindqvist@granvik.example"]),
        ("omar.haddad@skola.granvik.example", ["omar.haddad@granvik.example"]),
        ("soscialjouren@granvik.example", ["socialjouren@granvik.example"]),
        ("nobody@granvik.example", []),
    ],
)
def test_who_was_meant(typed: str, meant: list[str]) -> None:
    assert [one.id for one in ask(DIRECTORY, typed).near.get(typed, ())] == meant

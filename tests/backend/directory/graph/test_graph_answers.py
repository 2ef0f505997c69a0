"""What is told of each kind of address, asked of a stand-in Graph over HTTPS on a person's behalf."""

from dataclasses import replace
from typing import Any

import pytest

from backend.directory.graph.graph_directory import GraphDirectory
from backend.domain.directory import EntryKind, Members, NotTold
from backend.domain.person import Person
from tests.backend.directory.graph.graph_tenant import OWN, guid
from tests.backend.factories import counted


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (f"anna.berg@{OWN}", {"kind": EntryKind.PERSON, "name": "Anna Berg", "given_name": "Anna", "surname": "Berg",
                              "title": "Socialsekreterare", "department": "Socialförvaltningen",
                              "office": "Stadshuset", "manager": "Kerstin Åberg",
                              "manager_account": guid("k"), "manager_address": f"kerstin.aberg@{OWN}",
                              "enabled": True, "guest": False}),
        (f"kerstin@{OWN}", {"address": f"kerstin.aberg@{OWN}", "name": "Kerstin Åberg", "manager": ""}),
        (f"pesj01@{OWN}", {"address": f"per.sjo@{OWN}"}),
        (f"sara.o'neil@{OWN}", {"surname": "O'Neil"}),
        (f"bo+r&d#1@{OWN}", {"surname": "R&D"}),
        (f"eva.gone@{OWN}", {"kind": EntryKind.PERSON, "enabled": False}),
        ("gun.gast@byggbolag.example", {"kind": EntryKind.PERSON, "guest": True, "enabled": True}),
        ("carl@kund.example", {"kind": EntryKind.CONTACT, "company": "Landbo AB"}),
        (f"socialjouren@{OWN}", {"kind": EntryKind.SHARED_MAILBOX, "enabled": True}),
        (f"rum.eken@{OWN}", {"kind": EntryKind.SHARED_MAILBOX}),
        (f"alla@{OWN}", {"kind": EntryKind.GROUP,
                         "members": Members(64, 2, external_names=("Gun Gäst", "Carl Kund"))}),
        (f"projekt@{OWN}", {"kind": EntryKind.GROUP, "members": Members(3, 1, external_names=("Gun Gäst",))}),
        (f"hemlig@{OWN}", {"kind": EntryKind.GROUP, "members": Members(None, None)}),
    ],
)  # fmt: skip
def test_found(address: str, expected: dict[str, Any], directory: GraphDirectory, sara: Person) -> None:
    answer = directory.look_up(sara, [address])
    assert (set(answer.absent), dict(answer.not_told)) == (set(), {})
    entry = answer.entries[address]
    entry = replace(entry, members=counted(entry.members)) if entry.members else entry
    assert {name: getattr(entry, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("address", "near"),
    [
        (f"nobody.atall@{OWN}", []),
        (f"anna.bergg@{OWN}", ["Anna Berg", "Anna Bergh"]),
        (f"berg.anna@{OWN}", ["Anna Berg", "Anna Bergh"]),
        (f"socialjuren@{OWN}", ["Socialjouren"]),
        (f"proyekt@{OWN}", ["Projekt"]),
        (f"aberg.kerstin@{OWN}", ["Kerstin Åberg"]),
        ("anna.bergg@elsewhere.example", []),
        (f"%61nna.berg@{OWN}", []),
        (f"anna.berg@{OWN}&$filter=x", []),
        (f"utan.adress@{OWN}", []),
        (f"' or mail ne '@{OWN}".replace(" ", "_"), []),
        (f"a')or(startswith(mail,'a@{OWN}", []),
        ("x" * 64 + "@" + "y" * 60 + "." + "z" * 60 + ".example", []),
    ],
)
def test_absent(address: str, near: list[str], directory: GraphDirectory, sara: Person) -> None:
    answer = directory.look_up(sara, [address])
    assert answer.absent == {address}
    assert [one.name for one in answer.near.get(address, ()) if one.address.split("@")[0][:6] != "person"] == near


@pytest.mark.parametrize(
    "key",
    ["", "anna", "@", f"@{OWN}", "anna@", f"anna berg@{OWN}", f"anna\n@{OWN}", "a" * 65 + f"@{OWN}", "a@" + "b" * 253],
)  # fmt: skip
def test_what_is_no_address_is_not_asked(key: str, directory: GraphDirectory, sara: Person) -> None:
    assert directory.look_up(sara, [key]).not_told == {key: NotTold.NOT_AN_ADDRESS}

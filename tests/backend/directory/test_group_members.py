"""How many a group reaches: everybody once, whatever stands in what."""

from pathlib import Path

import pytest

from backend.domain.directory import Members
from tests.backend.directory.exports import csv_directory

PEOPLE = "kind,address,aliases,name,guest,members\n" + "".join(
    f"{row}\n"
    for row in (
        "person,a@granvik.example,alias@granvik.example,A,,",
        "person,b@granvik.example,,B,,",
        "person,g@konsult.example,,Guest,ja,",
        "contact,c@granvik.example,,Contact,,",
        "shared_mailbox,box@granvik.example,,Box,,",
        "group,unlisted@granvik.example,,,,",
        "group,ab@granvik.example,,,,a@granvik.example b@granvik.example",
        "group,ring1@granvik.example,,,,ring2@granvik.example a@granvik.example",
        "group,ring2@granvik.example,,,,ring1@granvik.example b@granvik.example",
    )
)
TABLE = [
    ("a@granvik.example", Members(1, 0)),
    ("a@granvik.example;A@GRANVIK.example,alias@granvik.example", Members(1, 0)),
    ("ab@granvik.example", Members(2, 0)),
    ("ab@granvik.example a@granvik.example", Members(2, 0)),
    ("ring1@granvik.example", Members(2, 0)),
    ("team@granvik.example a@granvik.example", Members(1, 0)),
    ("box@granvik.example", Members(1, 0)),
    ("nobody@granvik.example", Members(1, 0)),
    ("a@granvik.example x@example.se", Members(2, 1, external_names=("x@example.se",))),
    ("g@konsult.example c@granvik.example", Members(2, 2, external_names=("Guest", "Contact"))),
    ("ab@granvik.example unlisted@granvik.example", Members(2, 0, at_least=True)),
    ("unlisted@granvik.example", Members(0, 0, at_least=True)),
    ("", Members(None, None)),
    (
        " ".join(f"x{number}@example.se" for number in range(9)),
        Members(9, 9, external_names=("x0@example.se", "x1@example.se", "x2@example.se")),
    ),
]


@pytest.mark.parametrize(("cell", "members"), TABLE)
def test_members(cell: str, members: Members, tmp_path: Path) -> None:
    directory = csv_directory(tmp_path, f'{PEOPLE}group,team@granvik.example,,Team,,"{cell}"\n')
    assert directory.known_entries()[-1].members == members


def test_only_groups_have_members(tmp_path: Path) -> None:
    entries = csv_directory(tmp_path, PEOPLE).known_entries()
    assert [one.members is None for one in entries] == [one.kind.value != "group" for one in entries]


def test_deep_chain_of_groups(tmp_path: Path) -> None:
    chain = "".join(f"group,g{at}@granvik.example,,,,g{at + 1}@granvik.example\n" for at in range(300))
    directory = csv_directory(tmp_path, f"{PEOPLE}{chain}group,g300@granvik.example,,,,a@granvik.example\n")
    assert {one.members for one in directory.known_entries()[-301:]} == {Members(1, 0)}

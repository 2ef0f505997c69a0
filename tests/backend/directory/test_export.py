"""Exports as they come: CSV and JSON, our columns and Microsoft's; and what is refused, without a word of content."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.directory.export_rows import read_rows
from backend.directory.file_directory import FileDirectory
from backend.directory.loaded_directory import LoadedDirectory
from backend.domain.directory import EntryKind, MailTips
from backend.domain.errors import WrongSettings
from tests.backend.directory.exports import ask, csv_directory, json_directory, only

ANNA: dict[str, Any] = {"address": "anna.berg@granvik.example", "name": "Anna Åberg", "enabled": True, "guest": False}
SHAPES = [
    ("address,name\nanna.berg@granvik.example,Anna Åberg\n", "utf-8"),
    ("address,name\nanna.berg@granvik.example,Anna Åberg\n", "utf-8-sig"),
    ("address,name\nanna.berg@granvik.example,Anna Åberg\n", "utf-16"),
    ("name;address\r\nAnna Åberg;anna.berg@granvik.example\r\n", "utf-8"),
    ("name\taddress\nAnna Åberg\tanna.berg@granvik.example", "utf-8"),
    ('"address";"name"\n"anna.berg@granvik.example";"Anna Åberg"\n', "utf-8"),
    ("#TYPE System.Object\naddress,name\nanna.berg@granvik.example,Anna Åberg\n", "utf-8"),
    ("sep=;\naddress;name\nanna.berg@granvik.example;Anna Åberg\n", "utf-8-sig"),
    ("address,name\n\n anna.berg@granvik.example ,  Anna Åberg\n,\n\n", "utf-8"),
    ("Shoe size,ADDRESS,name\n43,anna.berg@granvik.example,Anna Åberg\n", "utf-8"),
    ("address,name\nanna.berg@granvik.example,Anna Åberg,,\n", "utf-8"),
    ("address,name,enabled,guest\nanna.berg@granvik.example,Anna Åberg,JA,nej\n", "utf-8"),
    ("address,name,enabled,guest\nanna.berg@granvik.example,Anna Åberg,1,0\n", "utf-8"),
    ("address,given_name,surname\nanna.berg@granvik.example,Anna,Åberg\n", "utf-8"),
    ("Förnamn;Efternamn;E-post\nAnna;Åberg;anna.berg@granvik.example\n", "utf-8"),
    ('address,name\nanna.berg@granvik.example,"Anna\nÅberg"\n', "utf-8"),
    ("address,name\nanna.berg@granvik.example,Anna\u202e \u200bÅberg\n", "utf-8"),
]


@pytest.mark.parametrize(("text", "encoding"), SHAPES)
def test_shapes_of_csv(text: str, encoding: str, tmp_path: Path) -> None:
    entry = only(csv_directory(tmp_path, text, encoding=encoding))
    assert {field: getattr(entry, field) for field in ANNA} == ANNA


@pytest.mark.parametrize(
    "row",
    [
        ANNA,
        {**ANNA, "enabled": "ja", "guest": None, "title": None, "shoeSize": 43, "photo": {"width": 1}},
        {"mail": ANNA["address"], "displayName": ANNA["name"], "accountEnabled": True, "userType": "Member"},
        {"address": ANNA["address"], "given_name": "Anna", "surname": "Åberg", "aliases": []},
    ],
)
def test_shapes_of_json(row: dict[str, Any], tmp_path: Path) -> None:
    entry = only(json_directory(tmp_path, row))
    assert {field: getattr(entry, field) for field in ANNA} == ANNA


def test_every_column(tmp_path: Path) -> None:
    directory = csv_directory(
        tmp_path,
        "kind,address,aliases,name,given_name,surname,title,department,office,company,manager,enabled,guest,"
        "automatic_reply,mailbox_full,moderated\n"
        "person,Bo.Ek@granvik.example,b.ek@granvik.example; bo@granvik.example,Bo Ek,Bo,Ek,Lärare,Skolan,Rum 1,"
        "Granvik,eva@granvik.example,nej,ja,ja,nej,ja\n"
        "person,eva@granvik.example,,Eva Dahl,,,,,,,Ulla Sand,,,,,\n",
    )
    bo, eva = directory.known_entries()
    assert (bo.id, bo.address, bo.kind) == ("bo.ek@granvik.example", "Bo.Ek@granvik.example", EntryKind.PERSON)
    assert (bo.given_name, bo.surname, bo.title, bo.department) == ("Bo", "Ek", "Lärare", "Skolan")
    assert (bo.office, bo.company, bo.manager, eva.manager) == ("Rum 1", "Granvik", "Eva Dahl", "Ulla Sand")
    assert (bo.enabled, bo.guest, bo.tips, eva.tips) == (
        False,
        True,
        MailTips(automatic_reply=True, moderated=True),
        MailTips(),
    )
    assert set(ask(directory, "b.ek@granvik.example", "bo@granvik.example").entries.values()) == {bo}


def test_users_from_the_admin_centre(tmp_path: Path) -> None:
    directory = csv_directory(
        tmp_path,
        "Block credential,City,Department,Display name,First name,Last name,Office,Proxy addresses,Title,"
        "User principal name\n"
        "False,Granvik,Skolan,Bo Ek,Bo,Ek,Rum 1,SMTP:bo.ek@granvik.example+smtp:bo+ek@granvik.example,Lärare,"
        "bo.ek@granvik.example\n"
        "True,,,Eva Dahl,,,,SMTP:eva@granvik.example,,eva@granvik.example\n",
    )
    bo, eva = directory.known_entries()
    assert (bo.name, bo.surname, bo.title, bo.enabled, eva.enabled) == ("Bo Ek", "Ek", "Lärare", True, False)
    assert ask(directory, "bo+ek@granvik.example").entries == {"bo+ek@granvik.example": bo}


def test_users_from_entra(tmp_path: Path) -> None:
    directory = csv_directory(
        tmp_path,
        "userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle,accountEnabled,officeLocation\n"
        "boek01@granvik.example,Bo Ek,Ek,bo.ek@granvik.example,Bo,1,Member,Lärare,True,Rum 1\n"
        "p_konsult.example#EXT#@granvik.onmicrosoft.example,P Falk,,p@konsult.example,,2,Guest,,True,\n",
    )
    bo, guest = directory.known_entries()
    assert (bo.id, bo.office, guest.id, guest.guest) == ("bo.ek@granvik.example", "Rum 1", "p@konsult.example", True)
    assert ask(directory, "boek01@granvik.example").entries["boek01@granvik.example"] == bo
    assert directory.domains == {"granvik.example"}


@pytest.mark.parametrize(
    ("word", "kind", "guest"),
    [
        ("", EntryKind.PERSON, False),
        ("UserMailbox", EntryKind.PERSON, False),
        ("GuestMailUser", EntryKind.PERSON, True),
        ("SharedMailbox", EntryKind.SHARED_MAILBOX, False),
        ("shared_mailbox", EntryKind.SHARED_MAILBOX, False),
        ("Funktionsbrevlåda", EntryKind.SHARED_MAILBOX, False),
        ("EquipmentMailbox", EntryKind.ROOM, False),
        ("rum", EntryKind.ROOM, False),
        ("MailUser", EntryKind.CONTACT, False),
        ("DynamicDistributionGroup", EntryKind.GROUP, False),
        ("GroupMailbox", EntryKind.GROUP, False),
    ],
)
def test_kinds_as_exchange_calls_them(word: str, kind: EntryKind, guest: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a column of the table
    entry = only(csv_directory(tmp_path, f"RecipientTypeDetails,PrimarySmtpAddress\n{word},bo@granvik.example\n"))
    assert (entry.kind, entry.guest) == (kind, guest)


REFUSED = [
    ("", "row 1: address"),
    ("name,title\nHemlig,Hemlig\n", "row 1: address"),
    ("address,name\n,Hemlig\n", "row 2: address"),
    ("address\nhemlig\n", "row 2: address"),
    ("address\nhemlig@\n", "row 2: address"),
    ("address\nhem lig@example.se\n", "row 2: address"),
    ("address\nhemlig@x@example.se\n", "row 2: address"),
    ("address\na@example.se\nhemlig@example.se\nHEMLIG@Example.se\n", "row 4: address"),
    ("address,aliases\nhemlig@example.se,\nb@example.se,hemlig@example.se\n", "row 3: aliases"),
    ("address,aliases\na@example.se,hemlig@example.se\nhemlig@example.se,\n", "row 3: address"),
    ("address,kind\na@example.se,hemlig\n", "row 2: kind"),
    ("address,enabled\na@example.se,hemlig\n", "row 2: enabled"),
    ("address,guest\na@example.se,hemlig\n", "row 2: guest"),
    ("address,moderated\na@example.se,hemlig\n", "row 2: moderated"),
    ("address,members,kind\na@example.se,b@example.se hemlig,group\n", "row 2: members"),
    ("address,members,kind\na@example.se,b@example.se,person\n", "row 2: members"),
    ("address,name\na@example.se,hemlig,hemlig\n", "row 2: more cells than columns"),
    ("address,name,enabled\na@example.se,hemlig\n", "row 2: fewer cells than columns"),
    ("address,name,enabled\na@example.se,hemlig,nej\nb@example.s", "row 3: fewer cells than columns"),
    ('address,name\na@example.se,b\nc@example.se,"hemlig\n', "row 3: quotes"),
    ('address,name\n"a@example.se"x,hemlig\n', "row 2: quotes"),
    ('{"address": "hemlig@example.se"}', "not a list of objects"),
    ('[{"address": "hemlig@example.se"', "not JSON"),
    ("[" * 100_000, "not JSON"),
    ('["hemlig"]', "row 1: not an object"),
    ('[{"address": "a@example.se"}, {"name": "hemlig"}]', "row 2: address"),
    ('[{"address": {"hemlig": 1}}]', "row 1: address"),
    ('[{"address": ["hemlig@example.se"]}]', "row 1: address"),
    ('[{"address": "a@example.se", "title": ["hemlig"]}]', "row 1: title"),
    ('[{"address": "a@example.se", "members": [1]}]', "row 1: members"),
    ('[{"address": "a@example.se", "kind": 3.5}]', "row 1: kind"),
]


@pytest.mark.parametrize(("text", "detail"), REFUSED)
def test_refused(text: str, detail: str, tmp_path: Path) -> None:
    with pytest.raises(WrongSettings) as refused:
        csv_directory(tmp_path, text)
    assert (refused.value.code, refused.value.detail) == ("directory_invalid", detail)
    assert "hemlig" not in f"{refused.value!r}{refused.value.__cause__!r}".lower()


@pytest.mark.parametrize("content", [None, b"address\n\xff\xfehemlig@example.se\n", b"\xff\xfea", b"\x80"])
def test_unreadable(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WrongSettings) as refused:
        FileDirectory(path)
    assert refused.value.code == "directory_unreadable"
    assert "hemlig" not in f"{refused.value!r}{refused.value.__cause__!r}"


@given(text=st.text(alphabet=st.characters(codec="utf-8")))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    for content in (text, f"address,kind,members\n{text}"):
        path.write_text(content, encoding="utf-8", newline="")
        try:
            LoadedDirectory(read_rows(path)).answer([text])
        except WrongSettings as refused:
            assert refused.code in {"directory_invalid", "directory_unreadable"}  # noqa: PT017 - either an answer or this refusal is right


def test_a_manager_is_found_by_address_or_by_a_name_that_one_person_has(tmp_path: Path) -> None:
    text = (
        "address,name,manager,konto\n"
        "eva@granvik.example,Eva Dahl,,OID-EVA\n"
        "bo1@granvik.example,Bo Ek,,oid-bo\n"
        "bo2@granvik.example,Bo Ek,,\n"
        "a@granvik.example,A,EVA@granvik.example,\n"
        "b@granvik.example,B,Eva Dahl,\n"
        "c@granvik.example,C,Bo Ek,\n"
        "d@granvik.example,D,gone@granvik.example,\n"
        "e@granvik.example,E,Somebody Else,\n"
    )
    found = {one.name: one for one in csv_directory(tmp_path, text).known_entries()}
    told = {name: (one.manager, one.manager_account, one.manager_address) for name, one in found.items()}
    assert found["Eva Dahl"].account == "oid-eva"
    assert told["A"] == told["B"] == ("Eva Dahl", "oid-eva", "eva@granvik.example")
    assert (told["C"], told["D"], told["E"]) == (("Bo Ek", "", ""), ("", "", ""), ("Somebody Else", "", ""))

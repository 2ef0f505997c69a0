"""What can be switched on and off, who is chosen among several, and what is never said aloud."""

from collections.abc import Mapping
from typing import Any

import pytest
from structlog.testing import capture_logs

from backend.domain.directory import DirectoryAnswer, EntryKind, MailTips, NotTold
from backend.domain.person import Person
from tests.backend.directory.graph.conftest import Made
from tests.backend.directory.graph.graph_service import GraphService
from tests.backend.directory.graph.graph_tenant import OWN, contact, guest, user
from tests.backend.entra_faults import DOWN

ANNA, EKEN, JOUREN = f"anna.berg@{OWN}", f"rum.eken@{OWN}", f"socialjouren@{OWN}"


def asked(graph: GraphService) -> str:
    return "\n".join(url for urls in graph.batches for url in urls)


@pytest.mark.parametrize(
    ("choice", "asked_for"),
    [
        ({}, {"/users?", "/groups?", "/contacts?", "$expand=manager"}),
        ({"contacts": False}, {"/users?", "/groups?", "$expand=manager"}),
        ({"managers": False}, {"/users?", "/groups?", "/contacts?"}),
        ({"rooms": True}, {"/users?", "/groups?", "/contacts?", "$expand=manager", "/places/"}),
        ({"mail_tips": True}, {"/users?", "/groups?", "/contacts?", "$expand=manager", "/me/getMailTips"}),
    ],
)
def test_only_what_is_chosen_is_asked(
    choice: Mapping[str, Any], asked_for: set[str], made: Made, sara: Person, graph: GraphService
) -> None:
    made(**choice).look_up(sara, [ANNA, JOUREN])
    parts = ("/users?", "/groups?", "/contacts?", "$expand=manager", "/places/", "/me/getMailTips")
    assert {part for part in parts if part in asked(graph)} == asked_for


def test_rooms(made: Made, sara: Person, graph: GraphService) -> None:
    directory = made(rooms=True)
    entries = directory.look_up(sara, [EKEN, JOUREN]).entries
    assert (entries[EKEN].kind, entries[JOUREN].kind) == (EntryKind.ROOM, EntryKind.SHARED_MAILBOX)
    graph.forget()
    directory.look_up(sara, [EKEN, JOUREN])
    assert graph.batches == []


@pytest.mark.parametrize(
    ("said", "tips"),
    [
        ({}, MailTips()),
        ({"automaticReplies": {"message": "<p>På semester</p>"}}, MailTips(automatic_reply=True)),
        ({"mailboxFull": True}, MailTips(mailbox_full=True)),
        ({"isModerated": True}, MailTips(moderated=True)),
        ({"deliveryRestricted": True}, MailTips(moderated=True)),
        ({"automaticReplies": 7, "mailboxFull": "true", "isModerated": 1}, MailTips()),
        ({"emailAddress": None, "mailboxFull": True}, MailTips()),
    ],
)
def test_mail_tips(said: dict[str, Any], tips: MailTips, made: Made, sara: Person, graph: GraphService) -> None:
    graph.tenant.tips[ANNA] = said
    assert made(mail_tips=True).look_up(sara, [ANNA]).entries[ANNA].tips == tips


def test_mail_tips_that_fail_change_nothing(made: Made, sara: Person, graph: GraphService) -> None:
    directory = made(mail_tips=True)
    graph.refusal = lambda url: (429, {"Retry-After": "60"}) if "getMailTips" in url else None
    assert directory.look_up(sara, [ANNA]).entries[ANNA].tips == MailTips()
    assert f"kerstin@{OWN}" in directory.look_up(sara, [f"kerstin@{OWN}"]).entries


@pytest.mark.parametrize(
    ("claimants", "first", "others"),
    [
        ([user("Ada", "Ny", "a1@granvik.example"), user("Bo", "Gammal", "a2@granvik.example", accountEnabled=False)],
         "Ada Ny", []),
        ([user("Ada", "Ny", "a1@granvik.example"), user("Bo", "Två", "a2@granvik.example")], "Ada Ny", ["Bo Två"]),
        ([guest("Ada", "Gäst", "a1@extern.example"), user("Bo", "Egen", "a2@granvik.example")],
         "Bo Egen", ["Ada Gäst"]),
        ([guest("Ada", "Gäst", "a1@extern.example"), contact("Ada Kontakt", "a2@extern.example")],
         "Ada Gäst", ["Ada Kontakt"]),
        ([user("Ada", "Inloggad", "a1@granvik.example", userPrincipalName="both@granvik.example"),
          user("Bo", "Mottagare", "a2@granvik.example")], "Bo Mottagare", ["Ada Inloggad"]),
    ],
)  # fmt: skip
def test_several_have_the_address(  # noqa: PLR0913, PLR0917 - fixtures
    claimants: list[dict[str, Any]], first: str, others: list[str], made: Made, sara: Person, graph: GraphService
) -> None:
    tenant = graph.tenant
    for row in claimants:
        if row.get("userPrincipalName") != "both@granvik.example":
            row = row | {"proxyAddresses": [*row["proxyAddresses"], "smtp:both@granvik.example"]}  # noqa: PLW2901 - the row of this variant
        (tenant.users if "accountEnabled" in row else tenant.contacts).append(row)
    answer = made().look_up(sara, ["both@granvik.example"])
    assert answer.entries["both@granvik.example"].name == first
    near = [one.name for one in answer.near.get("both@granvik.example", ()) if one.enabled]
    assert near == others


def test_namesakes(made: Made, sara: Person) -> None:
    near = made().look_up(sara, [ANNA]).near[ANNA]
    assert [one.name for one in near if not one.address.startswith("person")] == ["Anna Bergh"]
    assert len(near) <= 5


def test_row_that_does_not_have_the_address_is_not_it(made: Made, sara: Person, graph: GraphService) -> None:
    graph.tenant.users[0]["proxyAddresses"].append(f"sip:anna@{OWN}")
    graph.tenant.users[0]["proxyAddresses"].append(f"smtp:anna.berg@{OWN}.example")
    assert made().look_up(sara, [f"anna@{OWN}"]).absent == {f"anna@{OWN}"}


def test_alias_that_the_index_does_not_know_is_not_absent(made: Made, sara: Person, graph: GraphService) -> None:
    alias = f"anna.b.berg@{OWN}"
    graph.tenant.users[0]["proxyAddresses"].append(f"smtp:{alias}")
    graph.tenant.unfindable = frozenset({f"smtp:{alias}"})
    directory = made()
    answer = directory.look_up(sara, [alias, f"anna.c.berg@{OWN}"])
    assert (answer.entries[alias].address, set(answer.absent)) == (ANNA, {f"anna.c.berg@{OWN}"})
    graph.forget()
    directory.look_up(sara, [alias])
    assert graph.batches


def test_account_of_which_it_is_not_told_whether_it_is_enabled(made: Made, sara: Person, graph: GraphService) -> None:
    """User.ReadBasic.All is not enough: such an account must not pass for one in use, nor for one that is not there."""
    graph.tenant.users[0]["accountEnabled"] = None
    assert made().look_up(sara, [ANNA]).not_told == {ANNA: NotTold.NOT_PERMITTED}


@pytest.mark.parametrize(
    "changed",
    [{"givenName": "Eva"}, {"surname": "Ek"}, {"jobTitle": "Assistent"}, {"manager": {"displayName": "Per"}}],
)
def test_disabled_account_of_a_person_is_no_shared_mailbox(
    changed: dict[str, Any], made: Made, sara: Person, graph: GraphService
) -> None:
    next(row for row in graph.tenant.users if row["mail"] == JOUREN).update(changed)
    entry = made().look_up(sara, [JOUREN]).entries[JOUREN]
    assert (entry.kind, entry.enabled) == (EntryKind.PERSON, False)


def test_sign_in_name_without_a_mailbox_is_no_address(made: Made, sara: Person, graph: GraphService) -> None:
    next(row for row in graph.tenant.users if row["mail"] == ANNA).update(mail=None, proxyAddresses=[])
    assert made().look_up(sara, [ANNA]).absent == {ANNA}


@pytest.mark.parametrize("field", ["displayName", "surname", "department"])
def test_texts_that_cannot_be_shown_are_mended(field: str, made: Made, sara: Person, graph: GraphService) -> None:
    """Half an emoji, text turned round, a line break: what a directory may hold and JSON can carry."""
    next(row for row in graph.tenant.users if row["mail"] == ANNA)[field] = "An\ud83dna\u202e\nB"
    entry = made().look_up(sara, [ANNA]).entries[ANNA]
    assert "Anna B" in {entry.name, entry.surname, entry.department}


def test_international_domain_is_asked_for_as_it_is_written_in_mail(
    made: Made, sara: Person, graph: GraphService
) -> None:
    graph.tenant.users.append(user("Åsa", "Öst", "asa@xn--hgan-qoa.example"))
    answer = made().look_up(sara, ["asa@hågan.example", "nils@hågan.example"])
    assert answer.entries["asa@hågan.example"].name == "Åsa Öst"
    assert answer.absent == {"nils@hågan.example"}


def test_same_key_twice(made: Made, sara: Person) -> None:
    assert len(made().look_up(sara, [ANNA, ANNA]).entries) == 1


def test_nothing_asked_nothing_told(made: Made, sara: Person, graph: GraphService) -> None:
    answer = made().look_up(sara, [])
    assert answer == DirectoryAnswer()
    assert graph.batches == []


def test_domains_and_known_entries(made: Made, sara: Person) -> None:
    directory = made()
    assert directory.domains == {OWN}
    assert directory.known_entries() == []
    directory.look_up(sara, [ANNA, "carl@kund.example"])
    assert {"Anna Berg", "Carl Kund"} <= {one.name for one in directory.known_entries()}


def test_log_tells_numbers_only(made: Made, sara: Person, graph: GraphService) -> None:
    directory = made()
    with capture_logs() as logs:
        directory.look_up(sara, [ANNA, f"nobody@{OWN}"])
        graph.fault = lambda _: DOWN
        directory.look_up(sara, ["carl@kund.example"])
    said = repr(logs)
    assert logs
    assert not [word for word in ("anna", "berg", "carl", "nobody", "granvik", sara.assertion) if word in said.lower()]

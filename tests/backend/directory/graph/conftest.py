"""A municipality in a stand-in Graph, and a directory that asks it on behalf of an employee."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest

from backend.directory.graph.access import ClientSecret, GraphAccess, GraphLimits
from backend.directory.graph.graph_directory import GraphDirectory
from backend.domain.person import Person
from tests.backend.directory.graph.graph_service import GraphService, graph_service
from tests.backend.directory.graph.graph_tenant import (
    OWN,
    GraphTenant,
    contact,
    group,
    guest,
    guid,
    ids,
    mailbox,
    people,
    user,
)
from tests.backend.entra_authority import EntraAuthority, entra_authority
from tests.backend.entra_tokens import API, PERSON, TENANT
from tests.backend.on_behalf_of import SECRET

ALL_PERMISSIONS = {"User.Read.All", "GroupMember.Read.All", "OrgContact.Read.All", "Place.Read.All", "Mail.Read"}
Made = Callable[..., GraphDirectory]
KERSTIN = {"id": guid("k"), "displayName": "Kerstin Åberg", "mail": f"kerstin.aberg@{OWN}"}


def granvik() -> GraphTenant:
    """Colleagues, namesakes, outsiders, groups of every sort."""
    users = [
        user("Anna", "Berg", jobTitle="Socialsekreterare", manager=KERSTIN),
        user("Anna", "Bergh", department="Miljöförvaltningen"),
        user("Sara", "O'Neil", f"sara.o'neil@{OWN}"),
        user("Bo", "R&D", f"bo+r&d#1@{OWN}"),
        user("Eva", "Gone", accountEnabled=False),
        user("Kerstin", "Åberg", proxyAddresses=[f"SMTP:kerstin.aberg@{OWN}", f"smtp:kerstin@{OWN}", "X500:/o=x"]),
        user("Per", "Sjö", f"per.sjo@{OWN}", userPrincipalName=f"pesj01@{OWN}"),
        guest("Gun", "Gäst", "gun.gast@byggbolag.example"),
        mailbox("Socialjouren", f"socialjouren@{OWN}"),
        mailbox("Rum Eken", f"rum.eken@{OWN}"),
        *people(60),
    ]
    groups = [
        group("Alla", f"alla@{OWN}"),
        group("Projekt", f"projekt@{OWN}", groupTypes=["Unified"]),
        group("Hemlig", f"hemlig@{OWN}", visibility="HiddenMembership"),
        group("Utan adress", "", mail=None, proxyAddresses=[], id=guid("no address")),
    ]
    contacts = [contact("Carl Kund", "carl@kund.example"), contact("Gun Gäst", "gun.gast@byggbolag.example")]
    members = {
        guid(f"alla@{OWN}"): [guid(f"projekt@{OWN}"), *ids(users[-60:]), contacts[0]["id"], users[0]["id"]],
        guid(f"projekt@{OWN}"): [users[0]["id"], users[1]["id"], guid("gun.gast@byggbolag.example")],
    }
    return GraphTenant(users, groups, contacts, members, frozenset({f"rum.eken@{OWN}"}))


@pytest.fixture(scope="module")
def authority() -> Iterator[EntraAuthority]:
    with entra_authority() as running:
        running.application.consented = set(ALL_PERMISSIONS)
        yield running


@pytest.fixture
def graph(authority: EntraAuthority) -> Iterator[GraphService]:
    with graph_service(granvik(), authority) as running:
        yield running


@pytest.fixture
def access(graph: GraphService, authority: EntraAuthority) -> GraphAccess:
    return GraphAccess(
        tenant=TENANT,
        client_id=API,
        credential=ClientSecret(SECRET),
        domains=frozenset({OWN}),
        authority=authority.url,
        graph_url=graph.url,
        ca_bundle=graph.ca_file,
    )


@pytest.fixture
def made(access: GraphAccess) -> Iterator[Made]:
    """Makes directories with some of the access changed, and closes them afterwards."""
    with ExitStack() as stack:

        def make(limits: GraphLimits | None = None, **changed: Any) -> GraphDirectory:  # noqa: ANN401 - GraphAccess's fields
            directory = GraphDirectory(replace(access, **changed), limits)
            stack.callback(directory.close)
            return directory

        yield make


@pytest.fixture
def directory(made: Made) -> GraphDirectory:
    return made()


@pytest.fixture
def sara(authority: EntraAuthority) -> Person:
    """An employee who has just signed in."""
    return Person(PERSON, TENANT, assertion=authority.token())

"""An invented municipality as it stands in Microsoft Graph: users, groups and contacts in Graph's shapes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from tests.backend.directory.graph.graph_filters import Table

OWN = "granvik.example"
GIVEN = ("Anna", "Erik", "Karin", "Lars", "Sara", "Omar", "Eva", "Nils", "Maria", "Johan", "Lena", "Per", "Ida", "Olle")
SURNAMES = ("Berg", "Lind", "Ek", "Åberg", "Öberg", "Lund", "Holm", "Strand", "Kvist", "Dahl", "Ström", "Sjö", "Hed")
_PLAIN = str.maketrans("åäöé", "aaoe")


def guid(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, name))


def user(given: str, surname: str, address: str = "", **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - Graph's fields
    """A person with a mailbox, and nothing remarkable."""
    address = address or f"{given}.{surname}@{OWN}".lower().translate(_PLAIN)
    ordinary = {
        "id": guid(address), "displayName": f"{given} {surname}", "givenName": given, "surname": surname,
        "mail": address, "userPrincipalName": address, "proxyAddresses": [f"SMTP:{address}"], "accountEnabled": True,
        "userType": "Member", "jobTitle": "Handläggare", "department": "Socialförvaltningen", "companyName": None,
        "officeLocation": "Stadshuset", "manager": None,
    }  # fmt: skip
    return ordinary | changed


def guest(given: str, surname: str, address: str, **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - Graph's fields
    name = f"{address.replace('@', '_')}#EXT#@granvik.onmicrosoft.example"
    return user(given, surname, address, userPrincipalName=name, userType="Guest", department=None) | changed


def mailbox(name: str, address: str, **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - Graph's fields
    """A shared mailbox or a room: an account that nobody signs in to, without a person's name."""
    nobody = {"givenName": None, "surname": None, "accountEnabled": False, "jobTitle": None, "displayName": name}
    return user("", "", address) | nobody | changed


def group(name: str, address: str, **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - Graph's fields
    ordinary = {
        "id": guid(address), "displayName": name, "mail": address, "proxyAddresses": [f"SMTP:{address}"],
        "visibility": None, "groupTypes": [],
    }  # fmt: skip
    return ordinary | changed


def contact(name: str, address: str, **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - Graph's fields
    given, _, surname = name.partition(" ")
    ordinary = {
        "id": guid(f"contact:{address}"), "displayName": name, "givenName": given, "surname": surname, "mail": address,
        "proxyAddresses": [f"SMTP:{address}"], "jobTitle": None, "department": None, "companyName": "Landbo AB",
    }  # fmt: skip
    return ordinary | changed


def people(count: int) -> list[dict[str, Any]]:
    """So many people, most with a number in the address to keep them apart."""
    return [
        user(
            GIVEN[number % len(GIVEN)],
            SURNAMES[number // len(GIVEN) % len(SURNAMES)],
            f"person{number}@{OWN}",
            department=f"Förvaltning {number % 7}",
        )
        for number in range(count)
    ]


@dataclass
class GraphTenant:
    """`members` are the direct ones by group id: ids of users, contacts and groups. `rooms` are addresses.

    `unfindable` values stand in the directory, but its index does not know them yet.
    """

    users: list[dict[str, Any]] = field(default_factory=list)
    groups: list[dict[str, Any]] = field(default_factory=list)
    contacts: list[dict[str, Any]] = field(default_factory=list)
    members: dict[str, list[str]] = field(default_factory=dict)
    rooms: frozenset[str] = frozenset()
    tips: dict[str, dict[str, Any]] = field(default_factory=dict)
    unfindable: frozenset[str] = frozenset()
    _reached: dict[tuple[str, str], Table] = field(default_factory=dict)

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        users = Table(self.users, self.unfindable)
        return {"users": users, "groups": Table(self.groups), "contacts": Table(self.contacts)}

    def transitive_members(self, group_id: str, kind: str) -> Table:
        """Members of one kind (users, contacts), groups followed, each once."""
        if (group_id, kind) not in self._reached:
            self._reached[group_id, kind] = self._members(group_id, kind)
        return self._reached[group_id, kind]

    def _members(self, group_id: str, kind: str) -> Table:
        reached: dict[str, None] = {}
        waiting = [group_id]
        while waiting:
            fresh = [one for one in self.members.get(waiting.pop(), ()) if one not in reached]
            reached |= dict.fromkeys(fresh)
            waiting += [one for one in fresh if one in self.members]
        return Table([self._by_id[kind][one] for one in reached if one in self._by_id[kind]])

    @cached_property
    def _by_id(self) -> Mapping[str, Mapping[str, dict[str, Any]]]:
        return {
            kind: {row["id"]: row for row in rows}
            for kind, rows in (("users", self.users), ("groups", self.groups), ("contacts", self.contacts))
        }


def ids(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return [row["id"] for row in rows]

"""Who is signed in, and the port that tells it from a token."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    """What a signed-in person may do. Codes are the contract. Everyone who is signed in is an employee."""

    EMPLOYEE = "employee"
    APPROVER = "approver"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in person. `id` is stable within `tenant`; together they are the only key of a person.

    `assertion` is the access token that the person came with: a directory is asked on the person's behalf with it
    (OAuth 2.0 on-behalf-of). Empty where no directory needs one. `name` and `address` are what the sign-in calls the
    person: to be shown and written to, never to tell people apart by. `repr` shows none of these.
    """

    id: str
    tenant: str
    roles: frozenset[Role] = frozenset({Role.EMPLOYEE})
    assertion: str = field(default="", compare=False)
    name: str = field(default="", compare=False)
    address: str = field(default="", compare=False)

    def __repr__(self) -> str:
        return f"Person(roles={sorted(role.value for role in self.roles)})"


class Authenticator(Protocol):
    """Tells who holds a bearer token."""

    def person(self, token: str) -> Person:
        """The person. Raises NotSignedIn when the token is not valid, Forbidden when it is, but may not be used here.

        Raises Unavailable when that cannot be told now.
        """

"""Who is signed in, and the port that tells it from a token."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    """What a signed-in person may do. Codes are the contract."""

    EMPLOYEE = "employee"
    APPROVER = "approver"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in person. `id` is stable within `tenant`. `repr` shows neither."""

    id: str
    tenant: str
    role: Role

    def __repr__(self) -> str:
        return f"Person(role={self.role.value!r})"


class Authenticator(Protocol):
    """Tells who holds a bearer token."""

    def person(self, token: str) -> Person:
        """The person. Raises NotSignedIn when the token is not valid."""

"""The demonstration's sign-in: sample people chosen by a click. Start-up refuses it in production."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer

from backend.domain.errors import NotSignedIn
from backend.domain.person import Person, Role

_SALT = "demo-sign-in"
_LONGEST_SECONDS = 12 * 3600


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """A person of the sample municipality. All invented. `role` is what they are beside an employee."""

    id: str
    name: str
    address: str
    role: Role
    title: str


@dataclass(frozen=True, slots=True)
class SampleMunicipality:
    """The invented municipality."""

    tenant: str
    name: str
    people: tuple[SamplePerson, ...]

    def person(self, sample: SamplePerson) -> Person:
        """Who is signed in when `sample` is."""
        roles = frozenset({Role.EMPLOYEE, sample.role})
        return Person(sample.id, self.tenant, roles, name=sample.name, address=sample.address)


def sample_municipality() -> SampleMunicipality:
    """Reads the sample people that ship with the product."""
    document = tomllib.loads((Path(__file__).parent / "sample_people.toml").read_text("utf-8"))
    people = tuple(SamplePerson(**{**row, "role": Role(row["role"])}) for row in document["person"])
    return SampleMunicipality(document["tenant"], document["municipality"], people)


class DemoSignIn:
    """Issues and checks bearer tokens for sample people. A token is valid for twelve hours."""

    def __init__(self, secret_key: bytes, municipality: SampleMunicipality) -> None:
        self._serializer = URLSafeTimedSerializer(secret_key, salt=_SALT)
        self._municipality = municipality
        self._people = {person.id: person for person in municipality.people}

    def token(self, person_id: str) -> str:
        """A bearer token for a sample person. Raises KeyError for an unknown id."""
        return self._serializer.dumps(self._people[person_id].id)

    def person(self, token: str) -> Person:
        """The person who holds `token`. Raises NotSignedIn."""
        try:
            sample = self._people[self._serializer.loads(token, max_age=_LONGEST_SECONDS)]
        except SignatureExpired as error:
            raise NotSignedIn("not_signed_in", "token expired") from error
        except (BadData, KeyError, TypeError) as error:
            raise NotSignedIn("not_signed_in", "token not valid") from error
        return self._municipality.person(sample)

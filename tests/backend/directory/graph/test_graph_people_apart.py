"""What befalls one person at the authority is nobody else's: msal keeps answers without regard to whose they are."""

import time
from dataclasses import replace

import pytest

from backend.directory.graph.graph_directory import GraphDirectory
from backend.domain.directory import NotTold
from backend.domain.errors import ClaimsNeeded
from backend.domain.person import Person
from tests.backend.directory.graph.graph_tenant import OWN
from tests.backend.entra_authority import EntraAuthority
from tests.backend.entra_faults import CONSENT_MISSING, DOWN, MFA_NEEDED, Endpoint, Fault
from tests.backend.entra_tokens import PERSON, TENANT

ANNA = f"anna.berg@{OWN}"


@pytest.fixture
def people(sara: Person, authority: EntraAuthority) -> tuple[Person, Person]:
    """Two employees, each with a token of their own."""
    oid = PERSON[:-1] + "8"
    return sara, Person(oid, TENANT, assertion=authority.token(oid=oid))


@pytest.mark.parametrize(
    ("fault", "headers"),
    [
        *((fault, headers) for fault in (MFA_NEEDED, CONSENT_MISSING) for headers in ({}, {"rEtRy-aFtEr": "60"})),
        (DOWN, {}),
        (Fault(500, b"{}"), {}),
    ],
)
def test_refusal_is_of_one_person(
    fault: Fault,
    headers: dict[str, str],
    directory: GraphDirectory,
    people: tuple[Person, Person],
    authority: EntraAuthority,
) -> None:
    sara, omar = people
    with authority.faulty(Endpoint.TOKEN, replace(fault, headers={**fault.headers, **headers})):
        assert _refused(directory, sara) is (fault is MFA_NEEDED)
    before = authority.asked[Endpoint.TOKEN]
    assert ANNA in directory.look_up(omar, [ANNA]).entries
    assert authority.asked[Endpoint.TOKEN] == before + 1


def _refused(directory: GraphDirectory, person: Person) -> bool:
    """Looks up in vain; whether the person is to sign in again."""
    try:
        answer = directory.look_up(person, [ANNA])
    except ClaimsNeeded:
        return True
    assert ANNA in answer.not_told
    return False


def test_authority_that_asks_to_wait_is_asked_again_in_minutes(
    directory: GraphDirectory, sara: Person, authority: EntraAuthority
) -> None:
    with authority.faulty(Endpoint.TOKEN, replace(DOWN, headers={"Retry-After": "1"})):
        assert directory.look_up(sara, [ANNA]).not_told == {ANNA: NotTold.DIRECTORY_BUSY}
    time.sleep(1.1)
    assert ANNA in directory.look_up(sara, [ANNA]).entries


def test_answer_that_cannot_be_read_is_not_logged(
    directory: GraphDirectory,
    sara: Person,
    authority: EntraAuthority,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A cut-off answer may hold half a token."""
    with authority.faulty(Endpoint.TOKEN, Fault(body=b'{"access_token": "eyJhbGciOiJ')):
        assert directory.look_up(sara, [ANNA]).not_told == {ANNA: NotTold.DIRECTORY_DOWN}
    assert "eyJ" not in caplog.text + "".join(capfd.readouterr())


def test_trickling_authority_is_left_at_the_deadline(
    directory: GraphDirectory, people: tuple[Person, Person], authority: EntraAuthority
) -> None:
    sara, omar = people
    with authority.faulty(Endpoint.METADATA, Fault(trickle=0.2)):
        started = time.monotonic()
        assert ANNA in directory.look_up(sara, [ANNA]).not_told
        assert time.monotonic() - started < 2.3
    time.sleep(1.0)
    assert ANNA in directory.look_up(omar, [ANNA]).entries

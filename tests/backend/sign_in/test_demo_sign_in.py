"""The demonstration's people and their tokens."""

import pytest

from backend.directory.sample_directory import sample_directory
from backend.domain.errors import NotSignedIn
from backend.domain.person import Role
from backend.sign_in.demo_sign_in import DemoSignIn, SamplePerson, sample_municipality

MUNICIPALITY = sample_municipality()
SIGN_IN = DemoSignIn(b"k" * 32, MUNICIPALITY)


@pytest.mark.parametrize("sample", MUNICIPALITY.people, ids=lambda one: one.id)
def test_token_leads_back_to_its_person(sample: SamplePerson) -> None:
    person = SIGN_IN.person(SIGN_IN.token(sample.id))
    assert (person.id, person.tenant) == (sample.id, MUNICIPALITY.tenant)
    assert person.roles == {Role.EMPLOYEE, sample.role}
    assert person.assertion == ""
    assert sample.id not in repr(person)


@pytest.mark.parametrize(
    "token",
    ["", ".", "sara", "a.b.c", "å.b.c", SIGN_IN.token("sara")[:-1], DemoSignIn(b"x" * 32, MUNICIPALITY).token("sara")],
)
def test_anything_else_is_refused(token: str) -> None:
    with pytest.raises(NotSignedIn):
        SIGN_IN.person(token)


def test_unknown_person_gets_no_token() -> None:
    with pytest.raises(KeyError):
        SIGN_IN.token("nobody")


def test_people_stand_in_the_sample_directory() -> None:
    keys = [one.address for one in MUNICIPALITY.people]
    found = sample_directory().look_up(SIGN_IN.person(SIGN_IN.token("sara")), keys).entries
    told = {(one.address, one.name, one.title) for one in MUNICIPALITY.people}
    assert {(entry.address, entry.name, entry.title) for entry in found.values()} == told
    assert all(entry.enabled and not entry.guest for entry in found.values())


def test_people_are_invented_and_every_role_is_there() -> None:
    assert {one.role for one in MUNICIPALITY.people} == set(Role)
    assert all(one.address.endswith(".example") for one in MUNICIPALITY.people)
    assert len({one.id for one in MUNICIPALITY.people}) == len(MUNICIPALITY.people)

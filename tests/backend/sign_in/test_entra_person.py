"""Access tokens that are right, and whom they speak of."""

import time
from typing import Any

import pytest

from backend.domain.errors import Unavailable
from backend.domain.person import Role
from backend.sign_in.entra_sign_in import EntraSignIn
from backend.sign_in.signing_keys import COOLDOWN_SECONDS
from tests.backend.entra_authority import EntraAuthority
from tests.backend.entra_faults import DOWN, Endpoint
from tests.backend.entra_tokens import ABSENT, ADDIN, API, OTHER_TENANT, PERSON, TENANT, V1_ISSUER, signer
from tests.backend.sign_in.entra_case import V2_ISSUER, Clock, application, filled, refusal_of, signing_keys

NOW = int(time.time())

RIGHT = [
    {},
    {"scp": "User.Read access_as_user"},
    {"aud": f"api://{API}"},
    {"azp": ADDIN.upper()},
    {"oid": PERSON.upper()},
    {"tid": TENANT.upper()},
    {"idtyp": "user"},
    {"idp": V2_ISSUER},
    {"idp": V1_ISSUER},
    {"acct": 0},
    {"acct": "0"},
    {"preferred_username": ABSENT, "name": ABSENT, "sub": ABSENT, "uti": ABSENT},
    {"preferred_username": ["odd"], "name": None, "sub": 17, "jti": [], "upn": {}},
    {"groups": [PERSON] * 200},
]

ROLES = [
    (ABSENT, set()),
    ([], set()),
    (["Approver"], {Role.APPROVER}),
    (["DataProtectionOfficer", "Administrator"], {Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR}),
    (["Approver", "Mayor", "approver", "administrator"], {Role.APPROVER}),
    ("Administrator", set()),
    ({"Administrator": True}, set()),
    ([["Administrator"], None, 3, {"Approver": 1}, "Approver"], {Role.APPROVER}),
    (None, set()),
    (7, set()),
]


SHOWN = [
    ({"name": "Åsa Ek", "preferred_username": "asa.ek@granvik.example"}, ("Åsa Ek", "asa.ek@granvik.example")),
    ({"name": " Åsa ", "preferred_username": ABSENT, "upn": "asa@granvik.example"}, ("Åsa", "asa@granvik.example")),
    ({"name": "", "preferred_username": "070-174 06 05"}, ("", "")),
    ({"name": ["Åsa"], "preferred_username": "x" * 400 + "@granvik.example"}, ("", "")),
]


@pytest.mark.parametrize(("changed", "shown"), SHOWN)
def test_what_a_person_is_called_is_shown_and_tells_nobody_apart(
    changed: dict[str, Any], shown: tuple[str, str], steady_authority: EntraAuthority, steady_sign_in: EntraSignIn
) -> None:
    person = steady_sign_in.person(steady_authority.token(**changed))
    assert (person.name, person.address) == shown
    assert person == steady_sign_in.person(steady_authority.token())
    assert not any(word in repr(person) for word in shown if word)


@pytest.mark.parametrize("changed", RIGHT)
def test_right_token_tells_the_person(
    changed: dict[str, Any], steady_authority: EntraAuthority, steady_sign_in: EntraSignIn
) -> None:
    token = steady_authority.token(**filled(changed, steady_authority))
    person = steady_sign_in.person(token)
    assert (person.id, person.tenant, person.roles) == (PERSON, TENANT, frozenset({Role.EMPLOYEE}))
    assert person.assertion == token
    assert token not in repr(person)


@pytest.mark.parametrize(("named", "roles"), ROLES)
def test_roles(named: object, roles: set[Role], steady_authority: EntraAuthority, steady_sign_in: EntraSignIn) -> None:
    assert steady_sign_in.person(steady_authority.token(roles=named)).roles == roles | {Role.EMPLOYEE}


@pytest.mark.parametrize("audience", [API, f"api://{API}", "https://sandkoll.granvik.example"])
def test_v1_token_where_it_is_accepted(audience: str, steady_authority: EntraAuthority) -> None:
    token = steady_authority.token_v1(aud=audience, acct=0, roles=["Approver"])
    person = EntraSignIn(application(steady_authority, accept_v1=True)).person(token)
    assert (person.id, person.tenant, person.roles) == (PERSON, TENANT, frozenset({Role.EMPLOYEE, Role.APPROVER}))
    assert refusal_of(EntraSignIn(application(steady_authority)), token) == "claim ver"


@pytest.mark.parametrize("leeway", [0, 60, 300])
@pytest.mark.parametrize(
    ("claim", "good", "bad"), [("exp", 1, 0), ("nbf", 0, 1), ("iat", 0, 1)], ids=["exp", "nbf", "iat"]
)
def test_clocks_may_differ_by_the_leeway(
    leeway: int, claim: str, good: int, bad: int, steady_authority: EntraAuthority
) -> None:
    sign_in = EntraSignIn(application(steady_authority, leeway=leeway), clock=lambda: float(NOW))
    edge = NOW - leeway if claim == "exp" else NOW + leeway
    times = {"iat": NOW, "nbf": NOW}
    assert sign_in.person(steady_authority.token(**times | {claim: edge + good})).id == PERSON
    assert refusal_of(sign_in, steady_authority.token(**times | {claim: edge + bad})) == f"claim {claim}"


def test_two_municipalities_in_one_installation(steady_authority: EntraAuthority) -> None:
    sign_in = EntraSignIn(application(steady_authority, tenants=frozenset({TENANT, OTHER_TENANT.upper()})))
    people = [sign_in.person(steady_authority.token(tid=tenant)) for tenant in (TENANT, OTHER_TENANT)]
    assert [person.tenant for person in people] == [TENANT, OTHER_TENANT]
    assert people[0] != people[1]


def test_rollover_in_mid_run(authority: EntraAuthority) -> None:
    clock = Clock()
    sign_in = EntraSignIn(application(authority), signing_keys(authority, clock))
    old = authority.token()
    assert sign_in.person(old).id == PERSON
    authority.signers = [signer(1), signer(0)]
    clock.now += COOLDOWN_SECONDS + 1
    assert {sign_in.person(token).id for token in (authority.token(), old, authority.token())} == {PERSON}
    assert authority.asked[Endpoint.KEYS] == 2


def test_outage_signs_nobody_out(authority: EntraAuthority) -> None:
    token, warm, cold = authority.token(), EntraSignIn(application(authority)), EntraSignIn(application(authority))
    warm.person(token)
    with authority.faulty(Endpoint.KEYS, DOWN):
        assert warm.person(token).id == PERSON
        with pytest.raises(Unavailable) as refused:
            cold.person(token)
    assert refused.value.code == "sign_in_unavailable"

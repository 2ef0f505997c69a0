"""Asking on a person's behalf: with a secret and a certificate, and what comes of every refusal. Real msal."""

from base64 import b64encode
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from backend.directory.graph.access import ClientCertificate, ClientSecret
from backend.directory.graph.graph_directory import GraphDirectory
from backend.directory.graph.tokens import NoToken, Token
from backend.domain.directory import NotTold
from backend.domain.errors import ClaimsNeeded
from backend.domain.person import Person
from tests.backend.directory.graph.conftest import ALL_PERMISSIONS, Made
from tests.backend.directory.graph.graph_service import GraphService
from tests.backend.directory.graph.graph_tenant import OWN
from tests.backend.entra_authority import EntraAuthority
from tests.backend.entra_faults import (
    CLAIMS_CHALLENGED,
    CONSENT_MISSING,
    DOWN,
    DROPPED,
    GARBAGE,
    MFA_NEEDED,
    THROTTLED,
    TRUNCATED,
    Endpoint,
    Fault,
)
from tests.backend.entra_tokens import OTHER_TENANT, TENANT, signer
from tests.backend.loopback_tls import client_certificate, pem
from tests.backend.on_behalf_of import CLAIMS

ANNA, KERSTIN = f"anna.berg@{OWN}", f"kerstin@{OWN}"
REASON = 'Bearer realm="", authorization_uri="https://login.example/authorize", error="insufficient_claims", claims="'


def test_certificate(made: Made, sara: Person, authority: EntraAuthority) -> None:
    key = signer(7).key
    authority.application.certificate_key = key.public_key()
    certificate = client_certificate(key).public_bytes(Encoding.PEM).decode()
    directory = made(credential=ClientCertificate(pem(key).decode(), certificate))
    assert ANNA in directory.look_up(sara, [ANNA]).entries
    assert "client_assertion" in authority.forms[-1]
    assert "client_secret" not in authority.forms[-1]


def test_wrong_secret(made: Made, sara: Person) -> None:
    directory = made(credential=ClientSecret("wrong"))
    assert directory.look_up(sara, [ANNA]).not_told == {ANNA: NotTold.NOT_PERMITTED}


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (CONSENT_MISSING, NotTold.NOT_PERMITTED),
        (DOWN, NotTold.DIRECTORY_DOWN),
        (THROTTLED, NotTold.DIRECTORY_BUSY),
        (GARBAGE, NotTold.DIRECTORY_DOWN),
        (TRUNCATED, NotTold.DIRECTORY_DOWN),
        (DROPPED, NotTold.DIRECTORY_DOWN),
        (Fault(body=b"[]"), NotTold.DIRECTORY_DOWN),
        (Fault(body=b"{}"), NotTold.DIRECTORY_DOWN),
        (Fault(body=b'{"access_token": 1, "expires_in": 3600}'), NotTold.DIRECTORY_DOWN),
        (Fault(delay=3), NotTold.DIRECTORY_SLOW),
    ],
)
def test_authority_gives_no_token(
    fault: Fault, reason: NotTold, directory: GraphDirectory, sara: Person, authority: EntraAuthority
) -> None:
    with authority.faulty(Endpoint.TOKEN, fault):
        assert directory.look_up(sara, [ANNA]).not_told == {ANNA: reason}


def test_authority_cannot_be_found_and_then_can(
    directory: GraphDirectory, sara: Person, authority: EntraAuthority
) -> None:
    with authority.faulty(Endpoint.METADATA, DOWN):
        assert directory.look_up(sara, [ANNA]).not_told == {ANNA: NotTold.DIRECTORY_DOWN}
    assert ANNA in directory.look_up(sara, [ANNA]).entries


@pytest.mark.parametrize("fault", [MFA_NEEDED, CLAIMS_CHALLENGED])
def test_sign_in_must_be_renewed(
    fault: Fault, directory: GraphDirectory, sara: Person, authority: EntraAuthority
) -> None:
    with authority.faulty(Endpoint.TOKEN, fault), pytest.raises(ClaimsNeeded) as raised:
        directory.look_up(sara, [ANNA])
    assert (raised.value.code, raised.value.claims) == ("claims_needed", CLAIMS)
    assert CLAIMS not in repr(raised.value)


def test_what_is_known_is_told_though_sign_in_must_be_renewed(
    directory: GraphDirectory, sara: Person, authority: EntraAuthority
) -> None:
    directory.look_up(sara, [ANNA])
    later = replace(sara, assertion=authority.token(name="later"))
    with authority.faulty(Endpoint.TOKEN, MFA_NEEDED):
        answer = directory.look_up(later, [ANNA, KERSTIN])
    assert list(answer.entries) == [ANNA]
    assert answer.not_told == {KERSTIN: NotTold.SIGN_IN_AGAIN}


def test_graph_challenges_the_token(directory: GraphDirectory, sara: Person, graph: GraphService) -> None:
    challenge = {"WWW-Authenticate": f'{REASON}{b64encode(CLAIMS.encode()).decode()}"'}
    graph.fault = lambda _: Fault(401, b'{"error":{"code":"InvalidAuthenticationToken"}}', challenge)
    with pytest.raises(ClaimsNeeded) as raised:
        directory.look_up(sara, [ANNA])
    assert raised.value.claims == CLAIMS


def test_graph_challenges_one_question(directory: GraphDirectory, sara: Person, graph: GraphService) -> None:
    challenge = {"WWW-Authenticate": f'{REASON}{b64encode(CLAIMS.encode()).decode()}"'}
    graph.refusal = lambda url: (401, challenge) if url.startswith("/users") else None
    with pytest.raises(ClaimsNeeded):
        directory.look_up(sara, [ANNA])


@pytest.mark.parametrize(
    "said", ["", "Bearer", REASON + "!!!", REASON + b64encode(b"[1]").decode() + '"', REASON + '"']
)
def test_challenge_that_makes_no_sense(said: str, directory: GraphDirectory, sara: Person, graph: GraphService) -> None:
    graph.fault = lambda _: Fault(401, b"{}", {"WWW-Authenticate": said})
    assert directory.look_up(sara, [ANNA]).not_told == {ANNA: NotTold.SIGN_IN_AGAIN}


def test_refused_token_is_not_used_again(
    directory: GraphDirectory, sara: Person, graph: GraphService, authority: EntraAuthority
) -> None:
    before = authority.asked[Endpoint.TOKEN]
    graph.fault = lambda _: Fault(401, b"{}")
    directory.look_up(sara, [ANNA])
    graph.fault = lambda _: None
    assert ANNA in directory.look_up(sara, [ANNA]).entries
    assert authority.asked[Endpoint.TOKEN] == before + 2


def test_token_is_asked_for_once(directory: GraphDirectory, sara: Person, authority: EntraAuthority) -> None:
    before = authority.asked[Endpoint.TOKEN]
    for key in (ANNA, KERSTIN, f"nobody@{OWN}"):
        directory.look_up(sara, [key])
    assert authority.asked[Endpoint.TOKEN] == before + 1
    directory.look_up(replace(sara, assertion=authority.token(name="again")), [f"nobody.else@{OWN}"])
    assert authority.asked[Endpoint.TOKEN] == before + 2


@pytest.mark.parametrize(
    ("caller", "reason"),
    [
        (Person("p", TENANT), NotTold.SIGN_IN_AGAIN),
        (Person("p", TENANT, assertion="no token"), NotTold.SIGN_IN_AGAIN),
        (Person("p", OTHER_TENANT, assertion="no token"), NotTold.NOT_PERMITTED),
    ],
)
def test_caller_without_a_token_of_this_tenant(caller: Person, reason: NotTold, directory: GraphDirectory) -> None:
    assert directory.look_up(caller, [ANNA]).not_told == {ANNA: reason}


def test_other_tenant_sees_nothing_of_the_cache(directory: GraphDirectory, sara: Person) -> None:
    directory.look_up(sara, [ANNA])
    assert directory.look_up(replace(sara, tenant=OTHER_TENANT), [ANNA]).not_told == {ANNA: NotTold.NOT_PERMITTED}


@pytest.mark.parametrize(
    ("missing", "address", "reason"),
    [
        ("User.Read.All", f"nobody@{OWN}", NotTold.NOT_PERMITTED),
        ("GroupMember.Read.All", f"nobody@{OWN}", NotTold.NOT_PERMITTED),
        ("OrgContact.Read.All", "somebody@elsewhere.example", NotTold.NOT_PERMITTED),
        ("OrgContact.Read.All", ANNA, None),
        ("GroupMember.Read.All", ANNA, None),
        ("User.Read.All", f"alla@{OWN}", NotTold.NOT_PERMITTED),
        ("User.Read.All", "carl@kund.example", NotTold.NOT_PERMITTED),
    ],
)
def test_permission_not_consented_to(  # noqa: PLR0913, PLR0917 - fixtures
    missing: str, address: str, reason: NotTold | None, directory: GraphDirectory, sara: Person,
    authority: EntraAuthority,
) -> None:  # fmt: skip
    authority.application.consented = ALL_PERMISSIONS - {missing}
    try:
        answer = directory.look_up(sara, [address])
    finally:
        authority.application.consented = set(ALL_PERMISSIONS)
    assert answer.not_told.get(address) == reason
    assert (address in answer.entries) == (reason is None)


def test_nothing_shows_a_token() -> None:
    shown = repr([Token("t0p", 1.0), NoToken(NotTold.SIGN_IN_AGAIN, "t0p"), ClientSecret("t0p")])
    assert "t0p" not in shown + repr(ClientCertificate("t0p", "t0p", "t0p"))

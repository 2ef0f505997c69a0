"""The stand-in for Entra ID answers Microsoft's own client library as Entra ID is documented to answer."""

from collections.abc import Callable
from typing import Any

import msal  # type: ignore[import-untyped]  # it has no types
import pytest
import requests
from cryptography.hazmat.primitives.serialization import Encoding

from tests.backend.entra_authority import EntraAuthority
from tests.backend.entra_faults import (
    CLAIMS_CHALLENGED,
    CONSENT_MISSING,
    DOWN,
    DROPPED,
    GARBAGE,
    MFA_NEEDED,
    SESSION_REVOKED,
    THROTTLED,
    TRUNCATED,
    Endpoint,
    Fault,
)
from tests.backend.entra_tokens import ABSENT, ADDIN, API, OTHER_TENANT, PERSON, TENANT, signer
from tests.backend.loopback_tls import client_certificate, pem
from tests.backend.on_behalf_of import CLAIMS, GRAPH

EVERYTHING = [f"{GRAPH}/.default"]
Credential = str | dict[str, str] | None


def ask(
    authority: EntraAuthority, token: str, credential: Credential = None, scopes: list[str] = EVERYTHING
) -> dict[str, Any]:
    with requests.Session() as session:
        session.verify, session.trust_env = authority.ca_file, False
        client = msal.ConfidentialClientApplication(
            API,
            client_credential=credential or authority.application.secret,
            authority=f"{authority.url}/{TENANT}",
            instance_discovery=False,
            http_client=session,
        )
        answer: dict[str, Any] = client.acquire_token_on_behalf_of(token, scopes)
    return answer


def code(answer: dict[str, Any]) -> int:
    """The AADSTS code of a refusal."""
    return int(answer["error_codes"][0])


def test_token_for_graph(authority: EntraAuthority) -> None:
    answer = ask(authority, authority.token(), scopes=[f"{GRAPH}/User.Read.All"])
    assert (answer["token_type"], answer["scope"], answer["expires_in"]) == ("Bearer", f"{GRAPH}/User.Read.All", 3999)
    (form,) = authority.forms
    assert (form["requested_token_use"], form["client_id"]) == ("on_behalf_of", API)
    claims = authority.claims(answer["access_token"])
    assert (claims["oid"], claims["tid"], claims["scp"], claims["aud"]) == (PERSON, TENANT, "User.Read.All", GRAPH)


def test_certificate_in_place_of_a_secret(authority: EntraAuthority) -> None:
    key, other = signer(7).key, signer(8).key
    authority.application.certificate_key = key.public_key()
    for private, good in ((key, True), (other, False)):
        public = client_certificate(private).public_bytes(Encoding.PEM).decode()
        credential = {"private_key": pem(private).decode(), "public_certificate": public}
        assert ("access_token" in ask(authority, authority.token(), credential)) is good


@pytest.mark.parametrize(
    ("fault", "error", "suberror"),
    [
        (MFA_NEEDED, "interaction_required", "basic_action"),
        (CLAIMS_CHALLENGED, "invalid_grant", "basic_action"),
        (CONSENT_MISSING, "invalid_grant", "consent_required"),
        (SESSION_REVOKED, "invalid_grant", "bad_token"),
    ],
)
def test_refusals(fault: Fault, error: str, suberror: str, authority: EntraAuthority) -> None:
    with authority.faulty(Endpoint.TOKEN, fault):
        answer = ask(authority, authority.token())
    assert (answer["error"], answer["suberror"]) == (error, suberror)
    assert answer.get("claims") == (CLAIMS if suberror == "basic_action" else None)


@pytest.mark.parametrize("fault", [DOWN, GARBAGE, TRUNCATED, DROPPED])
def test_outages(fault: Fault, authority: EntraAuthority) -> None:
    with (
        authority.faulty(Endpoint.TOKEN, fault),
        pytest.raises((msal.exceptions.MsalServiceError, ValueError, requests.RequestException)),
    ):
        ask(authority, authority.token())


def test_throttling(authority: EntraAuthority) -> None:
    with authority.faulty(Endpoint.TOKEN, THROTTLED):
        assert ask(authority, authority.token())["error"] == "throttled"


TOKENS: dict[str, tuple[Callable[[EntraAuthority], str], int]] = {
    "expired": (lambda authority: authority.token(exp=1), 500133),
    "another tenant's": (lambda authority: authority.token(tid=OTHER_TENANT), 50013),
    "for another application": (lambda authority: authority.token(aud=ADDIN), 50013),
    "ID token": (lambda authority: authority.token(scp=ABSENT), 50013),
    "signed by somebody else": (lambda authority: signer(9).sign(authority.claims(authority.token())), 50013),
    "no token": (lambda _: "token", 50013),
}


@pytest.mark.parametrize("name", TOKENS)
def test_unfit_assertions(name: str, authority: EntraAuthority) -> None:
    make, expected = TOKENS[name]
    assert code(ask(authority, make(authority))) == expected


def test_wrong_secret_and_missing_consent(authority: EntraAuthority) -> None:
    assert code(ask(authority, authority.token(), "wrong")) == 7000215
    assert code(ask(authority, authority.token(), scopes=[f"{GRAPH}/Mail.Read"])) == 65001

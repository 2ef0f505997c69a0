"""What is taken from a key document, and which tenants' tokens a key is good for."""

from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from backend.sign_in.entra_sign_in import EntraSignIn
from backend.sign_in.key_document import keys_in
from tests.backend.entra_authority import EntraAuthority
from tests.backend.entra_tokens import ABSENT, OTHER_TENANT, PERSON, TENANT, Signer, signer
from tests.backend.sign_in.entra_case import application, refusal_of

GOOD = signer(0).published("https://authority.example")
WEAK = Signer("weak", generate_private_key(65537, 1024))  # noqa: S505 - what is refused


@pytest.mark.parametrize(
    "document",
    [
        None, [], "keys", 7, {}, {"keys": None}, {"keys": {}}, {"keys": "none"}, {"keys": [None, [], "key", 7, {}]},
        {"keys": [WEAK.published("")]},
        {"keys": [{"kty": "oct", "kid": "key-0", "k": "c2VjcmV0"}]},
        {"keys": [{"kty": "EC", "kid": "key-0", "crv": "P-256", "x": "AA", "y": "AA"}]},
    ],
)  # fmt: skip
def test_nothing_is_found_where_nothing_is(document: object) -> None:
    assert keys_in(document) == {}


@pytest.mark.parametrize(
    "changed",
    [
        {"kty": "oct"}, {"kty": ["RSA"]}, {"use": "enc"}, {"alg": "RS512"}, {"alg": "HS256"}, {"kid": ""}, {"kid": 7},
        {"kid": None}, {"kid": "k" * 201}, {"kid": ABSENT}, {"n": ABSENT}, {"n": ""}, {"n": 7}, {"n": "*"},
        {"e": ABSENT}, {"e": "AA"}, {"e": "Ag"}, {"e": None}, {"n": GOOD["e"]},
    ],
)  # fmt: skip
def test_unfit_keys_are_passed_over(changed: dict[str, Any]) -> None:
    unfit = {name: value for name, value in (GOOD | changed).items() if value is not ABSENT}
    beside = signer(1).published("")
    assert list(keys_in({"keys": [unfit, beside]})) == [beside["kid"]]


@pytest.mark.parametrize(
    "changed", [{"alg": "RS256"}, {"x5c": ["anything"]}, {"d": "AQAB"}, {"issuer": 7}, {"k": "AA"}]
)
def test_what_is_of_no_consequence(changed: dict[str, Any]) -> None:
    assert list(keys_in({"keys": [GOOD | changed]})) == ["key-0"]


def test_one_key_may_have_several_issuers_but_one_id_not_several_keys() -> None:
    other = signer(1).published("https://authority.example") | {"kid": "key-0", "issuer": "third"}
    (key,) = keys_in({"keys": [GOOD | {"issuer": "first"}, GOOD | {"issuer": "second"}, other]}).values()
    assert key.issuers == {"first", "second"}
    assert key.key.key.public_numbers() == signer(0).key.public_key().public_numbers()


@pytest.mark.parametrize("version", ["v1", "v2"])
@pytest.mark.parametrize("issuer", ["{authority}/{tenantid}/v2.0", f"{{authority}}/{TENANT}/v2.0", ""])
def test_key_is_good_for_its_own_issuers_tokens(issuer: str, version: str, authority: EntraAuthority) -> None:
    sign_in, token = _signed_by(issuer, version, authority)
    assert sign_in.person(token).id == PERSON


@pytest.mark.parametrize("version", ["v1", "v2"])
@pytest.mark.parametrize(
    "issuer",
    [
        f"{{authority}}/{OTHER_TENANT}/v2.0",
        "{authority}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0",
        "https://login.microsoftonline.com/{tenantid}/v2.0",
        "{tenantid}",
    ],
)
def test_key_of_another_issuer(issuer: str, version: str, authority: EntraAuthority) -> None:
    sign_in, token = _signed_by(issuer, version, authority)
    assert refusal_of(sign_in, token) == "key of another issuer"


def _signed_by(issuer: str, version: str, authority: EntraAuthority) -> tuple[EntraSignIn, str]:
    authority.signers = [replace(signer(0), issuer=issuer)]
    token = authority.token() if version == "v2" else authority.token_v1()
    return EntraSignIn(application(authority, accept_v1=True)), token

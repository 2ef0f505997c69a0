"""Tokens that choose their own algorithm or key, or are not signed by the authority."""

import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS, AsymmetricPadding, PKCS1v15
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from backend.sign_in.entra_sign_in import EntraSignIn
from tests.backend.entra_authority import EntraAuthority, entra_authority
from tests.backend.entra_faults import Endpoint
from tests.backend.entra_tokens import ABSENT, PERSON, access_claims, encoded, segment, signer
from tests.backend.sign_in.entra_case import application, refusal_of

KEY, ATTACKER = signer(0), signer(66)
PUBLIC = KEY.key.public_key()
PSS_PADDING = PSS(MGF1(hashes.SHA256()), PSS.DIGEST_LENGTH)


def by_rsa(padding: AsymmetricPadding, algorithm: hashes.HashAlgorithm) -> Callable[[bytes], bytes]:
    return lambda signed: KEY.key.sign(signed, padding, algorithm)


def by_secret(secret: bytes, digest: str = "sha256") -> Callable[[bytes], bytes]:
    return lambda signed: hmac.digest(secret, signed, digest)


PEM = PUBLIC.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
DER = PUBLIC.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
JWK = json.dumps(KEY.published("")).encode()

OTHER_ALGORITHMS: dict[str, tuple[object, Callable[[bytes], bytes]]] = {
    "none": ("none", lambda _: b""),
    "None": ("None", lambda _: b""),
    "none but signed": ("none", by_rsa(PKCS1v15(), hashes.SHA256())),
    "none given": (ABSENT, by_rsa(PKCS1v15(), hashes.SHA256())),
    "empty": ("", by_rsa(PKCS1v15(), hashes.SHA256())),
    "list": (["RS256"], by_rsa(PKCS1v15(), hashes.SHA256())),
    "lower case": ("rs256", by_rsa(PKCS1v15(), hashes.SHA256())),
    "HS256 with the public key": ("HS256", by_secret(PEM)),
    "HS256 with the public key without its last line": ("HS256", by_secret(PEM.strip())),
    "HS256 with the public key as DER": ("HS256", by_secret(DER)),
    "HS256 with the public key as JWK": ("HS256", by_secret(JWK)),
    "HS256 with nothing": ("HS256", by_secret(b"")),
    "HS512": ("HS512", by_secret(PEM, "sha512")),
    "RS384": ("RS384", by_rsa(PKCS1v15(), hashes.SHA384())),
    "RS512": ("RS512", by_rsa(PKCS1v15(), hashes.SHA512())),
    "PS256": ("PS256", by_rsa(PSS_PADDING, hashes.SHA256())),
    "ES256": ("ES256", lambda signed: ec.generate_private_key(ec.SECP256R1()).sign(signed, ec.ECDSA(hashes.SHA256()))),
    "EdDSA": ("EdDSA", lambda _: bytes(64)),
    "encrypted": ("RSA-OAEP", lambda _: bytes(256)),
}


@pytest.mark.parametrize("name", OTHER_ALGORITHMS)
def test_no_other_algorithm(name: str, steady_authority: EntraAuthority, steady_sign_in: EntraSignIn) -> None:
    algorithm, sign = OTHER_ALGORITHMS[name]
    header = {"typ": "JWT", "kid": KEY.kid} | ({} if algorithm is ABSENT else {"alg": algorithm})
    signed = f"{segment(header)}.{segment(access_claims(steady_authority.url))}"
    assert refusal_of(steady_sign_in, f"{signed}.{encoded(sign(signed.encode()))}") == "algorithm"


@pytest.mark.parametrize("padding", [PSS_PADDING, PKCS1v15()], ids=["PS256", "RS512"])
def test_another_signature_under_the_right_name(
    padding: AsymmetricPadding, steady_authority: EntraAuthority, steady_sign_in: EntraSignIn
) -> None:
    algorithm = hashes.SHA256() if isinstance(padding, PSS) else hashes.SHA512()
    signed = steady_authority.token().rpartition(".")[0]
    token = f"{signed}.{encoded(by_rsa(padding, algorithm)(signed.encode()))}"
    assert refusal_of(steady_sign_in, token) == "signature"


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ({"kid": ABSENT}, "key id"),
        ({"kid": ""}, "key id"),
        ({"kid": "k" * 201}, "key id"),
        ({"kid": "k" * 9000}, "key id"),
        ({"kid": None}, "not a token"),
        ({"kid": 0}, "not a token"),
        ({"kid": [KEY.kid]}, "not a token"),
        ({"kid": {"kid": KEY.kid}}, "not a token"),
        ({"kid": KEY.kid.upper()}, "unknown key"),
        ({"kid": f"{KEY.kid} "}, "unknown key"),
        ({"kid": f"{KEY.kid}\x00"}, "unknown key"),
        ({"kid": f"./{KEY.kid}"}, "unknown key"),
        ({"kid": "../../../../dev/null"}, "unknown key"),
        ({"kid": "https://attacker.example/keys"}, "unknown key"),
        ({"kid": "' OR 1=1 --"}, "unknown key"),
        ({"kid": ATTACKER.kid, "x5t": KEY.kid}, "unknown key"),
        ({"typ": ABSENT}, "header"),
        ({"typ": "at+jwt"}, "header"),
        ({"typ": ["JWT"]}, "header"),
        ({"crit": ["exp"]}, "not a token"),
        ({"crit": ["b64"], "b64": True}, "header"),
        ({"b64": False}, "not a token"),
        ({"b64": True}, "header"),
    ],
)
def test_odd_header(
    header: dict[str, Any], why: str, steady_authority: EntraAuthority, steady_sign_in: EntraSignIn
) -> None:
    assert refusal_of(steady_sign_in, KEY.sign(access_claims(steady_authority.url), **header)) == why


@pytest.mark.parametrize("header", [{}, {"x5t": "anything"}, {"nonce": "anything"}, {"kid": KEY.kid}])
def test_header_that_is_all_right(
    header: dict[str, Any], steady_authority: EntraAuthority, steady_sign_in: EntraSignIn
) -> None:
    assert steady_sign_in.person(KEY.sign(access_claims(steady_authority.url), **header)).id == PERSON


def test_key_under_the_id_of_another(steady_authority: EntraAuthority, steady_sign_in: EntraSignIn) -> None:
    for kid in (KEY.kid, ATTACKER.kid):
        token = ATTACKER.sign(access_claims(steady_authority.url), kid=kid)
        assert refusal_of(steady_sign_in, token) == ("signature" if kid == KEY.kid else "unknown key")


def test_two_published_keys_do_not_stand_in_for_each_other(authority: EntraAuthority) -> None:
    authority.signers = [KEY, signer(1)]
    sign_in = EntraSignIn(application(authority))
    assert sign_in.person(signer(1).sign(access_claims(authority.url))).id == PERSON
    assert refusal_of(sign_in, signer(1).sign(access_claims(authority.url), kid=KEY.kid)) == "signature"


@pytest.mark.parametrize("kid", [KEY.kid, ATTACKER.kid])
def test_token_does_not_say_where_its_key_is(kid: str, authority: EntraAuthority) -> None:
    with entra_authority() as attackers:
        attackers.signers = [ATTACKER]
        address = f"{attackers.url}/common{Endpoint.KEYS}"
        elsewhere = {"jku": address, "x5u": address, "jwk": ATTACKER.published(authority.url), "x5c": [encoded(DER)]}
        token = ATTACKER.sign(access_claims(authority.url), kid=kid, **elsewhere)
        assert refusal_of(EntraSignIn(application(authority)), token) in {"signature", "unknown key"}
        assert not attackers.asked
        assert dict(authority.asked) == {Endpoint.KEYS: 1}

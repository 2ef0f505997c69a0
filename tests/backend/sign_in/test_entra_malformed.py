"""What is no token, or no longer the token that was signed."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.errors import NotSignedIn
from backend.sign_in.entra_sign_in import LONGEST_TOKEN, EntraSignIn
from tests.backend.entra_authority import EntraAuthority
from tests.backend.entra_tokens import PERSON, encoded, segment, signer
from tests.backend.sign_in.entra_case import application, refusal_of

KEY = signer(0)


def altered(token: str) -> dict[str, str]:
    header, payload, signature = token.split(".")
    return {
        "no signature": f"{header}.{payload}.",
        "no dot": f"{header}{payload}{signature}",
        "two parts": f"{header}.{payload}",
        "four parts": f"{token}.{signature}",
        "five parts": f"{header}.{payload}.{signature}.{payload}.{signature}",
        "other payload": f"{header}.{segment({'oid': PERSON})}.{signature}",
        "one letter less": token[:-1],
        "one letter more": f"{token}A",
        "padded": f"{token}==",
        "blank before": f" {token}",
        "line after": f"{token}\n",
        "scheme left on": f"Bearer {token}",
        "other alphabet": f"{header}.{payload}.{signature.replace('_', '/').replace('-', '+')}+/",
        "not ASCII": f"{header}.{payload}é.{signature}",
        "lone surrogate": f"{token}\udc80",
        "zero byte": f"{token}\x00",
        "JSON": json.dumps({"protected": header, "payload": payload, "signature": signature}),
        "deep header": f"{encoded(b'[' * 9000)}.{payload}.{signature}",
        "endless number": f"{encoded(b'1' * 9000)}.{payload}.{signature}",
        "nothing": "",
        "dots": "..",
    }


@pytest.mark.parametrize("name", altered("a.b.c"))
def test_altered_token(name: str, steady_authority: EntraAuthority, steady_sign_in: EntraSignIn) -> None:
    assert refusal_of(steady_sign_in, altered(steady_authority.token())[name]) in {"not a token", "signature"}


@pytest.mark.parametrize("payload", [None, [], "text", 7, True])
def test_signed_but_no_claims(payload: object, steady_sign_in: EntraSignIn) -> None:
    assert refusal_of(steady_sign_in, KEY.sign(payload)) == "not a token"


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[" * 9000, b'{"a":' * 1500, b'{"exp":%s}' % (b"9" * 5000)]
)
def test_signed_but_not_json(content: bytes, steady_sign_in: EntraSignIn) -> None:
    signed = f"{segment({'typ': 'JWT', 'alg': 'RS256', 'kid': KEY.kid})}.{encoded(content)}"
    token = f"{signed}.{encoded(KEY.key.sign(signed.encode(), PKCS1v15(), SHA256()))}"
    assert refusal_of(steady_sign_in, token) == "not a token"


def test_very_long_token_is_not_read(authority: EntraAuthority) -> None:
    sign_in, token = EntraSignIn(application(authority)), authority.token(groups="")
    room = LONGEST_TOKEN - len(token)
    assert sign_in.person(authority.token(groups="g" * (room * 3 // 4 - 2))).id == PERSON
    assert refusal_of(sign_in, authority.token(groups="g" * room)) == "too long"
    assert refusal_of(sign_in, "a" * 10_000_000) == "too long"


@given(st.text(max_size=200) | st.binary(max_size=200).map(encoded))
def test_anything_else_is_refused(steady_sign_in: EntraSignIn, text: str) -> None:
    with pytest.raises(NotSignedIn):
        steady_sign_in.person(text)

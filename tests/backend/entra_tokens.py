"""Access tokens as Entra ID writes them, with any claim changed, and the keys that sign them.

After Microsoft's "Access token claims reference". Everybody and every application in them is invented.
"""

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

TENANT = "7f1e6a52-3c0b-4d7e-9a41-0d5b8c2e6f10"
OTHER_TENANT = "c2d94b7a-58e1-4f36-8b0d-91a7e3f5d628"
API = "0b6f2d84-9e13-4c57-a2f8-6d1c3e7b5a90"
ADDIN = "e85a1c37-4d92-4b6e-8f03-2a9d7c5e1b46"
PERSON = "3d7c9e15-6b28-4a4f-b5d1-8e0f2a6c4937"
SCOPE = "access_as_user"
V1_ISSUER = "https://sts.windows.net/{tid}/"

ABSENT = object()
"""Given in place of a claim's value: leaves the claim out."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that signs tokens. `issuer` is what the key document says of it; empty: nothing."""

    kid: str
    key: RSAPrivateKey = field(repr=False)
    issuer: str = "{authority}/{tenantid}/v2.0"

    def published(self, authority: str) -> dict[str, Any]:
        """The public key as it stands in the authority's key document (RFC 7517)."""
        numbers = self.key.public_key().public_numbers()
        jwk = {"kty": "RSA", "use": "sig", "kid": self.kid, "x5t": self.kid, "n": _number(numbers.n)}
        issuer = {"issuer": self.issuer.replace("{authority}", authority)} if self.issuer else {}
        return {**jwk, "e": _number(numbers.e), **issuer}

    def sign(self, claims: object, **header: object) -> str:
        """A token with `claims` as they are and `header` on top of the ordinary one."""
        parts = {"typ": "JWT", "alg": "RS256", "kid": self.kid} | header
        signed = f"{segment(_without_absent(parts))}.{segment(claims)}"
        return f"{signed}.{encoded(self.key.sign(signed.encode(), PKCS1v15(), SHA256()))}"


@cache
def signer(number: int = 0) -> Signer:
    """The key of that number; the same one for the whole run."""
    return Signer(kid=f"key-{number}", key=generate_private_key(65537, 2048))


def access_claims(authority: str, **changed: object) -> dict[str, Any]:
    """Claims of a v2 access token for the API that an employee got in the add-in. `tid` also changes the issuer."""
    now, tenant = int(time.time()), changed.get("tid", TENANT)
    ordinary = {
        "aud": API, "iss": f"{authority}/{tenant}/v2.0", "iat": now, "nbf": now, "exp": now + 4500,
        "aio": "opaque", "azp": ADDIN, "azpacr": "0", "name": "Sara Ek", "oid": PERSON,
        "preferred_username": "sara.ek@granvik.example", "rh": "opaque", "scp": SCOPE, "sub": "pairwise",
        "tid": TENANT, "uti": "opaque", "ver": "2.0",
    }  # fmt: skip
    return _without_absent(ordinary | changed)


def access_claims_v1(**changed: object) -> dict[str, Any]:
    """The same of a v1 access token."""
    issuer = V1_ISSUER.replace("{tid}", str(changed.get("tid", TENANT)))
    different = {"aud": f"api://{API}", "iss": issuer, "appid": ADDIN, "appidacr": "0", "acr": "1", "ver": "1.0"}
    gone = dict.fromkeys(("azp", "azpacr", "preferred_username"), ABSENT)
    return access_claims("", **(gone | different | changed))


def segment(content: object) -> str:
    """A header or a payload as it stands in a token."""
    return encoded(json.dumps(content, separators=(",", ":")).encode())


def encoded(content: bytes) -> str:
    """Base64url without padding (RFC 7515)."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _number(number: int) -> str:
    return encoded(number.to_bytes((number.bit_length() + 7) // 8, "big"))


def _without_absent(claims: Mapping[str, object]) -> dict[str, Any]:
    return {name: value for name, value in claims.items() if value is not ABSENT}

"""Sign-in with Entra ID: who holds an access token that was issued for this service."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jwt

from backend.domain.errors import NotSignedIn
from backend.domain.person import Person
from backend.sign_in.entra_application import EntraApplication
from backend.sign_in.entra_claims import Claims, person_of
from backend.sign_in.key_document import ALGORITHM, LONGEST_KEY_ID, KeyDocument
from backend.sign_in.signing_keys import SigningKeys

LONGEST_TOKEN = 16_384
_KEYS_PATH = "/common/discovery/v2.0/keys"
# PyJWT is asked for the signature alone: it takes times that are text, and does not tell which claim is wrong.
_SIGNATURE_ONLY: Any = {f"verify_{claim}": False for claim in ("exp", "nbf", "iat", "aud", "iss", "sub", "jti")}


class EntraSignIn:
    """The Authenticator port. `clock` tells seconds since 1970."""

    def __init__(
        self,
        application: EntraApplication,
        keys: SigningKeys | None = None,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        document = KeyDocument(application.authority + _KEYS_PATH, application.ca_bundle)
        self._application = application
        self._keys = keys or SigningKeys(document.keys)
        self._clock = clock

    def person(self, token: str) -> Person:
        """The person who holds `token`. Raises NotSignedIn, Forbidden, or Unavailable when there are no keys to be had.

        A refusal's detail tells what is wrong with the token and nothing that stands in it.
        """
        key = self._keys.key(_key_id(token))
        if key is None:
            raise NotSignedIn("not_signed_in", "unknown key")
        try:
            claims: dict[str, Any] = jwt.decode(token, key.key, [ALGORITHM], _SIGNATURE_ONLY)
        except jwt.InvalidSignatureError as error:
            raise NotSignedIn("not_signed_in", "signature") from error
        except jwt.PyJWTError as error:
            raise NotSignedIn("not_signed_in", "not a token") from error
        return replace(person_of(Claims(claims), key, self._application, self._clock()), assertion=token)


def _key_id(token: str) -> str:
    """The id of the key that the token says it is signed with. Nothing else in its header is of any consequence."""
    if len(token) > LONGEST_TOKEN:
        raise NotSignedIn("not_signed_in", "too long")
    if "=" in token:  # PyJWT takes padding that RFC 7515 does not know
        raise NotSignedIn("not_signed_in", "not a token")
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, UnicodeError) as error:
        raise NotSignedIn("not_signed_in", "not a token") from error
    if header.get("alg") != ALGORITHM:
        raise NotSignedIn("not_signed_in", "algorithm")
    if header.get("typ") != "JWT" or not {"crit", "b64"}.isdisjoint(header):
        raise NotSignedIn("not_signed_in", "header")
    kid = header.get("kid")
    if not isinstance(kid, str) or not 0 < len(kid) <= LONGEST_KEY_ID:
        raise NotSignedIn("not_signed_in", "key id")
    return kid

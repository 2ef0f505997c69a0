"""The keys that an authority says it signs tokens with (RFC 7517), fetched and read."""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import jwt
import requests
import urllib3
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

ALGORITHM = "RS256"
LONGEST_KEY_ID = 200
_MOST_BYTES = 1_000_000
_FEWEST_BITS, _MOST_BITS = 2048, 8192


class KeysUnreadable(Exception):
    """The key document was not there, or not what it should be."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key. `issuers` are those that the document says use it, with `{tenantid}` where any tenant may stand."""

    key: jwt.PyJWK
    issuers: frozenset[str]


class KeyDocument:
    """The document at an https address. `seconds` bound how long connecting and reading take."""

    def __init__(self, url: str, ca_bundle: str | None = None, seconds: float = 2.0) -> None:
        self._url = url
        self._ca_bundle = ca_bundle
        self._seconds = seconds

    def keys(self) -> Mapping[str, SigningKey]:
        """The keys by their ids, at least one. Raises KeysUnreadable."""
        try:
            document = json.loads(b"".join(self._pieces()))
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError, RecursionError) as error:
            raise KeysUnreadable(type(error).__name__) from error
        keys = keys_in(document)
        if not keys:
            raise KeysUnreadable("no_keys")
        return keys

    def _pieces(self) -> Iterator[bytes]:
        """The body as it comes in. A server that trickles is left at the deadline."""
        deadline, size = time.monotonic() + self._seconds, 0
        # Given with the request, for REQUESTS_CA_BUNDLE in the environment would win over a session's own.
        trusted = self._ca_bundle or True
        with requests.get(
            self._url, timeout=self._seconds, verify=trusted, allow_redirects=False, stream=True
        ) as response:
            if response.status_code != requests.codes.ok:
                message = f"status_{response.status_code}"
                raise KeysUnreadable(message)
            while piece := response.raw.read1(65536, decode_content=True):
                size += len(piece)
                if size > _MOST_BYTES or time.monotonic() > deadline:
                    raise KeysUnreadable("too_long")
                yield piece


def keys_in(document: object) -> dict[str, SigningKey]:
    """The RSA signing keys of a document; everything else in it is passed over."""
    listed = document.get("keys") if isinstance(document, dict) else None
    keys: dict[str, SigningKey] = {}
    for entry in listed if isinstance(listed, list) else []:
        key = _key(entry)
        if key is not None:
            before = keys.get(entry["kid"], key)
            # The same key may be listed once for each issuer. Another key under the same id is not taken.
            if before.key.key.public_numbers() == key.key.key.public_numbers():
                keys[entry["kid"]] = SigningKey(key.key, before.issuers | key.issuers)
    return keys


def _key(entry: Any) -> SigningKey | None:  # noqa: ANN401 - whatever stands in the document
    if not isinstance(entry, dict) or not _is_for_signatures(entry):
        return None
    try:
        # Only the public numbers are handed on, lest the document chooses an algorithm or gives a private key.
        key = jwt.PyJWK({name: entry[name] for name in ("kty", "n", "e")}, ALGORITHM)
    except (jwt.PyJWTError, KeyError, TypeError, ValueError):
        return None
    if not isinstance(key.key, RSAPublicKey) or not _FEWEST_BITS <= key.key.key_size <= _MOST_BITS:
        return None
    issuer = entry.get("issuer")
    return SigningKey(key, frozenset({issuer} if isinstance(issuer, str) else ()))


def _is_for_signatures(entry: Mapping[str, Any]) -> bool:
    kid = entry.get("kid")
    return (
        entry.get("kty") == "RSA"
        and entry.get("use", "sig") == "sig"
        and entry.get("alg", ALGORITHM) == ALGORITHM
        and isinstance(kid, str)
        and 0 < len(kid) <= LONGEST_KEY_ID
    )

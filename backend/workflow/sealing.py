"""Encryption of what must be shown again and must not lie open in the database: an address, a name, a comment."""

import json
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.workflow.feedback_keys import derived_key

_NONCE_BYTES = 12


class Sealer:
    """AES-256-GCM under a key derived from the installation's secret, bound to tenant and place (NIST SP 800-38D)."""

    def __init__(self, secret: bytes) -> None:
        self._cipher = AESGCM(derived_key(secret, "sealed fields"))

    def seal(self, tenant: str, place: str, content: Mapping[str, str]) -> bytes:
        """`content`, encrypted. `place` names row and column: what is moved elsewhere cannot be opened there."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, json.dumps(dict(content)).encode(), _bound(tenant, place))

    def open(self, tenant: str, place: str, sealed: bytes | None) -> dict[str, str]:
        """What was sealed; empty where it is erased, or was sealed with another secret or for another place."""
        if sealed is None:
            return {}
        nonce, content = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            opened: dict[str, str] = json.loads(self._cipher.decrypt(nonce, content, _bound(tenant, place)))
        except (InvalidTag, TypeError, ValueError):
            return {}
        return opened


def _bound(tenant: str, place: str) -> bytes:
    return json.dumps([tenant, place]).encode()

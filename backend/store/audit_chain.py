"""The chain of the audit log: each row's digest covers its content and the digest before it, under a key.

HMAC-SHA-256 (RFC 2104): whoever can write the database but does not have the key cannot compute the chain anew. The
actor is covered by a commitment, so that it can be erased while the chain still holds.
"""

import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

GENESIS = "0" * 64
"""What the first row of a tenant follows."""
_SALT_BYTES = 16
_SUM_DIGITS = 32
_MODULUS = 1 << (4 * _SUM_DIGITS)


@dataclass(frozen=True, slots=True)
class Link:
    """What a row's digest covers. `details` is JSON as it is stored."""

    tenant: str
    number: int
    at: datetime
    event: str
    commitment: str
    details: str
    previous: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where a log ends (its last row's number and digest) and where it begins: what its seal covers."""

    number: int = 0
    digest: str = GENESIS
    first_number: int = 1
    anchor: str = GENESIS
    """The digest that the first row follows."""


def new_salt() -> str:
    """32 random hex digits: without them a commitment cannot be tried against known actors."""
    return secrets.token_hex(_SALT_BYTES)


def commitment_of(salt: str, actor: str) -> str:
    """Binds a row to its actor. 64 hex digits; says nothing once the salt is gone."""
    return sha256(json.dumps([salt, actor]).encode()).hexdigest()


def digest_of(key: bytes, link: Link) -> str:
    """The row's place in the chain. 64 hex digits."""
    at = in_utc(link.at).isoformat(timespec="microseconds")
    content = [link.tenant, link.number, at, link.event, link.commitment, link.details, link.previous]
    return hmac.digest(key, json.dumps(content).encode(), "sha256").hex()


def seal_of(key: bytes, tenant: str, head: Head) -> str:
    """Under the key, so that a head cannot be put back to a row that it has left. 64 hex digits."""
    content = ["head", tenant, head.number, head.digest, head.first_number, head.anchor]
    return hmac.digest(key, json.dumps(content).encode(), "sha256").hex()


def in_utc(at: datetime) -> datetime:
    """A stored time as an aware one: SQLite gives it back without its zone, which is always UTC."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


@dataclass(slots=True)
class ErasedRows:
    """A set of erased rows: how many, and the sum of a keyed hash of each.

    Sums can be added up row by row, in any order, and what is purged can be taken away again (a multiset hash by
    addition: Clarke et al., ASIACRYPT 2003). Under the key, because a sum alone could be met by other rows.
    """

    count: int = 0
    total: int = 0

    @property
    def digest(self) -> str:
        """The sum as 32 hex digits."""
        return f"{self.total:0{_SUM_DIGITS}x}"

    def add(self, key: bytes, tenant: str, numbers: Iterable[int]) -> None:
        """Takes in rows by their numbers."""
        for number in numbers:
            hashed = hmac.digest(key, json.dumps(["erased", tenant, number]).encode(), "sha256")
            self.count += 1
            self.total = (self.total + int.from_bytes(hashed, "big")) % _MODULUS

    def take_in(self, count: int, digest: str) -> None:
        """Takes in rows that were counted before."""
        self.count += count
        self.total = (self.total + int(digest, 16)) % _MODULUS

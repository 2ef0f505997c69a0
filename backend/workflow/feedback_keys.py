"""Keys for feedback, derived from the installation's secret, and what they hide: who answered, and which words."""

import hmac
import json
import struct
from collections.abc import Callable, Iterable, Sequence
from hashlib import shake_256

_ROUNDS = 10
"""As many as NIST SP 800-38G gives the Feistel construction for small sets (FF1)."""


class FeedbackKeys:
    """All that needs the secret. With another secret, nothing here agrees with what was stored before."""

    def __init__(self, secret: bytes) -> None:
        self._of_actor, self._of_receipt, self._of_columns = (
            derived_key(secret, f"feedback {purpose}") for purpose in ("actor", "receipt", "columns")
        )
        self.key_id = derived_key(secret, "feedback key id").hex()[:16]
        """Tells rows of this secret from rows of another, and nothing about the secret."""

    def actor(self, tenant: str, person: str) -> str:
        """A person's answers are found by this, and by nobody without the secret. 64 hex digits."""
        return _hashed(self._of_actor, tenant, person)

    def receipt(self, tenant: str, person: str, assessment: str) -> str:
        """The same for the same person and assessment: the last answer counts. 64 hex digits."""
        return _hashed(self._of_receipt, tenant, person, assessment)

    def columns(self, tenant: str, salt: bytes, space: int) -> "KeyedColumns":
        """The bijection of one row. `salt` is the row's own, so that equal words in two rows look unrelated."""
        seed = hmac.digest(self._of_columns, tenant.encode() + b"\x1f" + salt, "sha256")
        return KeyedColumns(seed, space)


def _hashed(key: bytes, *words: str) -> str:
    return hmac.digest(key, json.dumps(words).encode(), "sha256").hex()


def derived_key(secret: bytes, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose: HKDF with SHA-256 (RFC 5869), one block."""
    extracted = hmac.digest(b"sandkoll", secret, "sha256")
    return hmac.digest(extracted, purpose.encode() + b"\x01", "sha256")


class KeyedColumns:
    """A keyed bijection of the numbers 0 … space-1: a balanced Feistel network of ten rounds.

    The round functions are tables drawn from SHAKE-256. The network works on an even number of bits; a number that
    falls outside the space is sent through again until it falls inside (cycle walking), which keeps it a bijection.
    """

    def __init__(self, seed: bytes, space: int) -> None:
        self._space = space
        self._bits = max((max(space - 1, 1).bit_length() + 1) // 2, 1)
        size = 1 << self._bits
        drawn = struct.unpack(f"<{_ROUNDS * size}I", shake_256(seed).digest(_ROUNDS * size * 4))
        self._tables = [
            [one & (size - 1) for one in drawn[start : start + size]] for start in range(0, _ROUNDS * size, size)
        ]

    def hide(self, columns: Iterable[int]) -> list[int]:
        """The columns' hidden numbers in rising order. Raises ValueError for a column outside the space."""
        return sorted(self._walk(column, self._forward) for column in columns)

    def show(self, hidden: Iterable[int]) -> list[int]:
        """What `hide` was given, in rising order. Raises ValueError for a number outside the space."""
        return sorted(self._walk(number, self._backward) for number in hidden)

    def _walk(self, number: int, step: Callable[[int], int]) -> int:
        if not 0 <= number < self._space:
            raise ValueError(number)
        number = step(number)
        while number >= self._space:
            number = step(number)
        return number

    def _forward(self, number: int) -> int:
        left, right = number >> self._bits, number & ((1 << self._bits) - 1)
        for table in self._tables:
            left, right = right, left ^ table[right]
        return left << self._bits | right

    def _backward(self, number: int) -> int:
        left, right = number >> self._bits, number & ((1 << self._bits) - 1)
        for table in reversed(self._tables):
            left, right = right ^ table[left], left
        return left << self._bits | right


def packed(numbers: Sequence[int]) -> bytes:
    """Numbers below 2³² as bytes, four each, lowest byte first."""
    return struct.pack(f"<{len(numbers)}I", *numbers)


def unpacked(content: bytes) -> tuple[int, ...]:
    """What `packed` was given. Raises ValueError when the length is wrong."""
    if len(content) % 4:
        raise ValueError(len(content))
    return struct.unpack(f"<{len(content) // 4}I", content)

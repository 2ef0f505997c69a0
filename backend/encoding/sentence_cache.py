"""Vectors of recent sentences, in memory only and without the sentences."""

import hashlib
import secrets
from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray


class SentenceCache:
    """The `most` last used vectors. Keys are digests under a key of this process, so they tell no text."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._secret = secrets.token_bytes(32)
        self._vectors: OrderedDict[bytes, NDArray[np.float16]] = OrderedDict()

    def key(self, text: str) -> bytes:
        """The key of a text."""
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=self._secret, digest_size=16).digest()

    def get(self, key: bytes) -> NDArray[np.float16] | None:
        """The vector kept under a key, now the last used."""
        if key not in self._vectors:
            return None
        self._vectors.move_to_end(key)
        return self._vectors[key]

    def put(self, key: bytes, vector: NDArray[np.float16]) -> None:
        """Keeps a vector; the one that was not used for longest goes."""
        self._vectors[key] = vector
        self._vectors.move_to_end(key)
        while len(self._vectors) > self._most:
            self._vectors.popitem(last=False)

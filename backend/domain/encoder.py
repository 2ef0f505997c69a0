"""The port behind which a sentence encoder stands."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class NoEncoder(StrEnum):
    """Why a smaller model answers without a sentence encoder."""

    MISSING = "missing"
    """None was built."""
    DAMAGED = "damaged"
    """There is one, but its files cannot be read."""
    UNKNOWN = "unknown"
    """It is another than the one that the model was trained with."""


class Encoder(Protocol):
    """Turns sentences into vectors whose directions tell what is said."""

    @property
    def version(self) -> str:
        """Stable id of the weights and of how they are read: vectors of different versions do not compare."""

    def encode(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """One vector a text, shape (len(texts), width). A text's vector depends on that text alone.

        Deterministic on one kind of processor; safe to call from several threads.
        """

"""Eight-bit numbers for a matrix product.

Each word's input gets a step of its own, so that a sentence's vector depends on that sentence alone: steps shared by a
batch, as onnxruntime's own quantiser makes them, would let one sentence move another's vector. Weights use seven bits:
without VNNI a processor's product of eight-bit numbers can overflow (https://onnxruntime.ai/docs/performance/
model-optimizations/quantization.html, "When and why do I need to try U8U8").
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
INPUT_TOP = 127.0
MIDDLE = 128
"""Inputs are stored as 128 plus -127 to 127."""
_WEIGHT_TOP = 63.0
_SMALLEST = 1e-5


@dataclass(frozen=True, slots=True)
class EightBit:
    """A weight of shape (out, in) as `numbers * step[:, None]`."""

    numbers: NDArray[np.int8]
    step: Floats


def quantised(weight: Floats) -> EightBit:
    """A step for each output, so that the largest weight of each is told exactly."""
    step = np.maximum(np.abs(weight).max(axis=1), _SMALLEST) / _WEIGHT_TOP
    numbers = np.clip(np.round(weight / step[:, None]), -_WEIGHT_TOP, _WEIGHT_TOP)
    return EightBit(numbers.astype(np.int8), step.astype(np.float32))

"""Writes the encoder as an ONNX graph: embedded words in, one vector for each sentence out.

A BERT encoder (Devlin et al. 2019) with mean pooling, as multilingual-e5-small is one (Wang et al. 2024). Attention,
GELU and eight-bit products are onnxruntime's own operators:
https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, checker, helper, numpy_helper

from backend.encoding.eight_bit import INPUT_TOP, MIDDLE, quantised
from backend.encoding.network import Layer, Linear, Network, Norm

_OPSET = 17
_IR_VERSION = 8
_ONNXRUNTIME = "com.microsoft"
_MASKED = -10_000.0
EMBEDDED, MASK, POOLED = "embedded", "mask", "pooled"


def write_graph(network: Network, pooled_after: Sequence[int], *, eight_bit: bool = True) -> ModelProto:
    """Inputs `embedded` (batch, length, hidden) and `mask` (batch, length; 1 for words, 0 for padding), both float32.

    Output `pooled` (batch, hidden * len(pooled_after)): the mean over a sentence's words of the state after each of
    those layers, counted from 1. With `eight_bit` the large products are made of eight-bit numbers, else of float32.
    """
    writer = _Writer(network.heads, network.epsilon, eight_bit)
    state = writer.norm("embedded_norm", writer.placed(network.places), network.embedded_norm)
    key_mask = writer.put("Cast", [MASK], "key_mask", to=TensorProto.INT32)
    pooling = writer.pooling()
    pooled: list[str] = []
    for number, layer in enumerate(network.layers[: max(pooled_after)], start=1):
        state = writer.layer(f"layer{number}", state, key_mask, layer)
        if number in pooled_after:
            pooled.append(pooling.mean(f"layer{number}", state))
    writer.put("Concat", pooled, POOLED, axis=-1)
    return _model(writer, network.places.shape[1], len(pooled))


@dataclass(slots=True)
class _Writer:
    heads: int
    epsilon: float
    eight_bit: bool
    nodes: list[NodeProto] = field(default_factory=list)
    constants: list[TensorProto] = field(default_factory=list)

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value).reshape(value.shape), name))
        return name

    def put(self, kind: str, inputs: Sequence[str], output: str, domain: str = "", **settings: Any) -> str:  # noqa: ANN401 - onnx takes any
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **settings))
        return output

    def placed(self, places: NDArray[np.float32]) -> str:
        """The embedded words with their places in the sentence added."""
        length = self.put("Shape", [MASK], "length", start=1, end=2)
        zero = self.constant("zero", np.array([0], np.int64))
        here = self.put("Slice", [self.constant("places", places), zero, length, zero], "places_here")
        return self.put("Add", [EMBEDDED, here], "placed")

    def pooling(self) -> "_Pooling":
        weights = self.put("Unsqueeze", [MASK, self.constant("last", np.array([2], np.int64))], "word_weights")
        along = self.constant("along", np.array([1], np.int64))
        counted = self.put("ReduceSum", [MASK, along], "counted", keepdims=1)
        return _Pooling(self, weights, counted, along, self.constant("final", np.array(-1, np.int64)))

    def norm(self, name: str, source: str, norm: Norm) -> str:
        inputs = [source, self.constant(f"{name}.scale", norm.scale), self.constant(f"{name}.shift", norm.shift)]
        return self.put("LayerNormalization", inputs, f"{name}.out", axis=-1, epsilon=self.epsilon)

    def layer(self, name: str, state: str, key_mask: str, layer: Layer) -> str:
        joined = self.linear(f"{name}.qkv", state, layer.query_key_value)
        parts = [f"{name}.query", f"{name}.key", f"{name}.value"]
        self.nodes.append(helper.make_node("Split", [joined], parts, name=f"{name}.split", axis=-1))
        asked = [*parts, "", key_mask]
        masked = {"num_heads": self.heads, "mask_filter_value": _MASKED}
        heads = self.put("MultiHeadAttention", asked, f"{name}.heads", _ONNXRUNTIME, **masked)
        added = self.put("Add", [state, self.linear(f"{name}.attended", heads, layer.attended)], f"{name}.attended_sum")
        state = self.norm(f"{name}.attended_norm", added, layer.attended_norm)
        inner = self.put("Gelu", [self.linear(f"{name}.inner", state, layer.inner)], f"{name}.gelu", _ONNXRUNTIME)
        added = self.put("Add", [state, self.linear(f"{name}.outer", inner, layer.outer)], f"{name}.outer_sum")
        return self.norm(f"{name}.outer_norm", added, layer.outer_norm)

    def linear(self, name: str, source: str, linear: Linear) -> str:
        product = self._eight_bit(name, source, linear) if self.eight_bit else self._float(name, source, linear)
        return self.put("Add", [product, self.constant(f"{name}.bias", linear.bias)], f"{name}.out")

    def _float(self, name: str, source: str, linear: Linear) -> str:
        return self.put("MatMul", [source, self.constant(f"{name}.weight", linear.weight.T)], f"{name}.product")

    def _eight_bit(self, name: str, source: str, linear: Linear) -> str:
        weight = quantised(linear.weight)
        largest = self.put("ReduceMax", [self.put("Abs", [source], f"{name}.sizes")], f"{name}.largest", axes=[-1])
        share = self.constant(f"{name}.share", np.array(1.0 / INPUT_TOP, np.float32))
        step = self.put("Mul", [largest, share], f"{name}.step")
        one = self.constant(f"{name}.one", np.array(1.0, np.float32))
        middle = self.constant(f"{name}.middle", np.array(MIDDLE, np.uint8))
        scaled = self.put("Div", [source, step], f"{name}.scaled")
        inputs = [
            self.put("QuantizeLinear", [scaled, one, middle], f"{name}.numbers"),
            self.constant(f"{name}.weight", weight.numbers.T),
            one,
            self.constant(f"{name}.weight_step", weight.step),
            middle,
        ]
        product = self.put("MatMulIntegerToFloat", inputs, f"{name}.eight_bit", _ONNXRUNTIME)
        return self.put("Mul", [product, step], f"{name}.product")


@dataclass(frozen=True, slots=True)
class _Pooling:
    writer: _Writer
    weights: str
    counted: str
    along: str
    last: str

    def mean(self, name: str, state: str) -> str:
        words = self.writer.put("Mul", [state, self.weights], f"{name}.words")
        # Added up one after the other: a ReduceSum would do it in another order when a sentence is alone in its batch.
        adding = self.writer.put("CumSum", [words, self.along], f"{name}.adding")
        summed = self.writer.put("Gather", [adding, self.last], f"{name}.summed", axis=1)
        return self.writer.put("Div", [summed, self.counted], f"{name}.mean")


def _model(writer: _Writer, hidden: int, pooled: int) -> ModelProto:
    number = TensorProto.FLOAT
    graph = helper.make_graph(
        writer.nodes,
        "encoder",
        [
            helper.make_tensor_value_info(EMBEDDED, number, ["batch", "length", hidden]),
            helper.make_tensor_value_info(MASK, number, ["batch", "length"]),
        ],
        [helper.make_tensor_value_info(POOLED, number, ["batch", hidden * pooled])],
        writer.constants,
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_ONNXRUNTIME, 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION, producer_name="sandkoll")
    checker.check_model(model)
    return model

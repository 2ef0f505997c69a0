"""The graph against the same network written out plainly: in float32 the same numbers, in eight bits nearly."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from backend.encoding.eight_bit import quantised
from backend.encoding.graph import write_graph
from backend.encoding.network import network_of
from backend.encoding.quiet_runtime import onnxruntime
from backend.encoding.weight_file import read_weights
from tests.backend.encoding.plain_network import pooled
from tests.backend.encoding.tiny_weights import HIDDEN, PIECES, tensors_of, weight_file

LAYERS = 2
WEIGHTS = read_weights(weight_file(tensors_of(LAYERS), LAYERS))
TENSORS = {name: WEIGHTS.tensors[name].floats(*expected.shape) for name, expected in tensors_of(LAYERS).items()}
NETWORK = network_of(WEIGHTS, LAYERS, 66)
LENGTHS = (1, 2, 7, 30, 66)
SENTENCES = [np.random.default_rng(length).integers(0, len(PIECES), length).tolist() for length in LENGTHS]
Floats = NDArray[np.float32]


def _run(after: Sequence[int], sentences: Sequence[Sequence[int]], *, eight_bit: bool) -> Floats:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    graph = write_graph(NETWORK, after, eight_bit=eight_bit).SerializeToString()
    session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    longest = max(map(len, sentences))
    mask = np.zeros((len(sentences), longest), np.float32)
    embedded = np.full((len(sentences), longest, HIDDEN), 3.0, np.float32)  # padding must not be read
    for row, numbers in enumerate(sentences):
        mask[row, : len(numbers)] = 1.0
        embedded[row, : len(numbers)] = TENSORS["emb.word"][numbers]
    return np.asarray(session.run(None, {"embedded": embedded, "mask": mask})[0])


def _cosines(one: Floats, other: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return np.asarray((one * other).sum(axis=1) / lengths)


@pytest.mark.parametrize("after", [(1,), (2,), (1, 2)], ids=str)
def test_float_graph_is_the_network(after: tuple[int, ...]) -> None:
    expected = np.stack([pooled(TENSORS, numbers, after) for numbers in SENTENCES])
    given = _run(after, SENTENCES, eight_bit=False)
    assert given.shape == (len(SENTENCES), HIDDEN * len(after))
    assert np.abs(given - expected).max() < 1e-4


def test_eight_bits_are_near() -> None:
    expected = np.stack([pooled(TENSORS, numbers, (1, 2)) for numbers in SENTENCES])
    given = _run((1, 2), SENTENCES, eight_bit=True)
    assert _cosines(given, expected).min() > 0.999
    assert not np.array_equal(given, _run((1, 2), SENTENCES, eight_bit=False))


@pytest.mark.parametrize("eight_bit", [False, True])
def test_sentence_alone_and_among_others(*, eight_bit: bool) -> None:
    together = _run((1, 2), SENTENCES, eight_bit=eight_bit)
    alone = np.concatenate([_run((1, 2), [numbers], eight_bit=eight_bit) for numbers in SENTENCES])
    assert np.abs(together - alone).max() < 1e-4


def test_layers_beyond_the_last_pooled_are_left_out() -> None:
    names = {node.name for node in write_graph(NETWORK, (1,)).graph.node}
    assert any(name.startswith("layer1.") for name in names)
    assert not any(name.startswith("layer2.") for name in names)


def test_same_network_gives_the_same_bytes() -> None:
    assert len({write_graph(NETWORK, (1, 2)).SerializeToString(deterministic=True) for _ in range(2)}) == 1


def test_seven_bits_of_a_weight() -> None:
    weight = np.random.default_rng(1).normal(size=(5, 9)).astype(np.float32)
    weight[2] = 0.0
    given = quantised(weight)
    assert np.abs(given.numbers).max() == 63
    assert np.abs(given.numbers * given.step[:, None] - weight).max() <= given.step.max() / 2 + 1e-6

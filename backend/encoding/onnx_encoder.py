"""Serves the built encoder through onnxruntime, one short text at a time or many together."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor

from backend.domain.errors import WrongSettings
from backend.encoding.batches import batches
from backend.encoding.files import EMBEDDINGS, GRAPH, VOCABULARY, read_description
from backend.encoding.quiet_runtime import onnxruntime
from backend.encoding.sentence_cache import SentenceCache
from backend.encoding.weight_file import dequantised

_BEGIN, _UNKNOWN, _END = 0, 3, 2
_MOST_TOKENS = 64
_QUIET = 3
Floats = NDArray[np.float32]


class OnnxEncoder:
    """The `Encoder` of a folder. Make it in the process that uses it: onnxruntime's threads do not outlive a fork.

    Vectors of recent texts are kept in memory under keyed digests, so that a draft that is being written costs only
    what was changed. Raises WrongSettings (`encoder_missing`, `encoder_unreadable`).
    """

    def __init__(self, folder: Path, threads: int = 1, cached: int = 4096) -> None:
        description = read_description(folder)
        if description is None:
            raise WrongSettings("encoder_missing", str(folder))
        self.version = description.version
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = _QUIET
        try:
            self._session = onnxruntime.InferenceSession(
                str(folder / GRAPH), options, providers=["CPUExecutionProvider"]
            )
            self._words = SentencePieceProcessor(model_file=str(folder / VOCABULARY))
            self._embeddings: NDArray[np.uint8] = np.load(folder / EMBEDDINGS, mmap_mode="r")
        except Exception as error:  # a damaged file can fail in any way inside the readers
            raise WrongSettings("encoder_unreadable", f"{folder}: {type(error).__name__}") from error
        self.width = int(self._session.get_outputs()[0].shape[1])
        self._cache = SentenceCache(cached)
        self._lock = Lock()

    def encode(self, texts: Sequence[str]) -> Floats:
        """One vector a text: shape (len(texts), width). Reads the first 64 tokens of each."""
        if not texts:
            return np.zeros((0, self.width), np.float32)
        with self._lock:  # SentencePiece is not said to be safe for several threads; both take microseconds
            keys = [self._cache.key(text) for text in texts]
            found = {key: vector for key in keys if (vector := self._cache.get(key)) is not None}
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
            tokens = {key: self._tokens(text) for key, text in missing.items()}
        new = list(tokens)
        for batch in batches([len(tokens[key]) for key in new]):
            vectors = self._run([tokens[new[number]] for number in batch])
            found |= dict(zip((new[number] for number in batch), vectors, strict=True))
        with self._lock:
            for key in missing:
                self._cache.put(key, found[key])
        return np.stack([found[key] for key in keys]).astype(np.float32)

    def _tokens(self, text: str) -> list[int]:
        # SentencePiece refuses half of a surrogate pair.
        pieces: list[int] = self._words.EncodeAsIds(text.encode("utf-8", "replace").decode())
        return [_BEGIN, *(pieces[:_MOST_TOKENS] or [_UNKNOWN]), _END]

    def _run(self, batch: Sequence[list[int]]) -> NDArray[np.float16]:
        longest = max(map(len, batch))
        mask = np.zeros((len(batch), longest), np.float32)
        numbers = np.zeros((len(batch), longest), np.int64)
        for row, tokens in enumerate(batch):
            mask[row, : len(tokens)] = 1.0
            numbers[row, : len(tokens)] = tokens
        embedded = dequantised(np.asarray(self._embeddings[numbers])).reshape(len(batch), longest, -1)
        # Half precision: what is kept takes half the memory, and a kept vector equals a new one.
        pooled = self._session.run(None, {"embedded": embedded, "mask": mask})[0]
        return np.asarray(pooled, np.float16)

"""The encoder's tokenizer as a SentencePiece model, cut down to the pieces that folded Latin-script text can need.

The encoder reads words that are already folded to lower case, so capitals and other scripts would only take memory:
of 250,002 pieces about 87,000 are kept. What is left out is read as unknown.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sentencepiece import sentencepiece_model_pb2 as schema

BEGIN, PADDING, END, UNKNOWN = 0, 1, 2, 3
"""Ids of the tokens that stand for no text; the kept pieces follow in their old order."""
_SPECIAL = 4
_LAST_LATIN = 0x24F
_PUNCTUATION = range(0x2000, 0x2100)
_SPACE = "\u2581"


def kept_pieces(pieces: Sequence[bytes]) -> NDArray[np.int64]:
    """Old ids of the pieces that stay, ascending; the first four are the special tokens."""
    kept = [number for number, piece in enumerate(pieces[_SPECIAL:], start=_SPECIAL) if _needed(piece)]
    return np.array([*range(_SPECIAL), *kept], np.int64)


def _needed(piece: bytes) -> bool:
    try:
        text = piece.decode()
    except UnicodeDecodeError:
        return False
    return text == text.lower() and all(
        letter == _SPACE or ord(letter) <= _LAST_LATIN or ord(letter) in _PUNCTUATION for letter in text
    )


def write_vocabulary(pieces: Sequence[bytes], scores: NDArray[np.float32], kept: NDArray[np.int64]) -> bytes:
    """A serialised SentencePiece unigram model whose ids are the places in `kept`."""
    # The classes of the schema are made when it is imported: types cannot be checked.
    model: Any = schema.ModelProto()  # type: ignore[attr-defined]  # made at import
    kinds: Any = schema.ModelProto.SentencePiece  # type: ignore[attr-defined]  # made at import
    model.trainer_spec.model_type = schema.TrainerSpec.UNIGRAM  # type: ignore[attr-defined]  # made at import
    model.trainer_spec.vocab_size = len(kept)
    model.trainer_spec.bos_id, model.trainer_spec.pad_id = BEGIN, PADDING
    model.trainer_spec.eos_id, model.trainer_spec.unk_id = END, UNKNOWN
    model.normalizer_spec.name = "identity"
    model.normalizer_spec.add_dummy_prefix = True
    for place, number in enumerate(kept.tolist()):
        piece = model.pieces.add()
        piece.piece = pieces[number].decode() if place >= _SPECIAL else ("<s>", "<pad>", "</s>", "<unk>")[place]
        piece.score = float(scores[number])
        piece.type = _kind(place, kinds)
    return bytes(model.SerializeToString(deterministic=True))


def _kind(place: int, kinds: Any) -> int:  # noqa: ANN401 - as above
    if place == UNKNOWN:
        return int(kinds.UNKNOWN)
    return int(kinds.CONTROL if place < _SPECIAL else kinds.NORMAL)

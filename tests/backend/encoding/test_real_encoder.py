"""The real encoder, where it is built: it is the one that the shipped model knows, and it knows what Swedish means."""

import numpy as np
import pytest

from backend.classification.model_file import load_model
from backend.encoding.onnx_encoder import OnnxEncoder
from backend.settings import Settings

ALIKE = [
    ("hon är sjukskriven för utmattning", "hon har varit sjuk länge av stress", "skrivaren på plan tre är lagad nu"),
    ("pojken blir slagen av sin pappa", "barnet utsätts för våld hemma", "dagordningen till mötet är bifogad"),
    ("han har fått cancer", "hon har en tumör", "bussen går kvart över sju"),
    ("hon kan inte betala hyran", "familjen har skulder och vräks från sin lägenhet", "vi bjuder på fika på fredag"),
    ("mötet flyttas till tisdag", "vi ses på onsdag i stället", "hon har fått diagnosen adhd"),
]
SENTENCES = [sentence for row in ALIKE for sentence in row]
FILLED = [f"{sentence} {' '.join(['och'] * number)}".strip() for number in range(8) for sentence in SENTENCES]


def test_shipped_model_knows_it(real_encoder: OnnxEncoder) -> None:
    part = load_model(Settings().model).sentence_part
    assert part is not None
    assert part.encoder_version == real_encoder.version
    assert part.judge.projection.mean.shape == (real_encoder.width,)


def test_alike_is_nearer_than_unlike(real_encoder: OnnxEncoder) -> None:
    vectors = real_encoder.encode(SENTENCES)
    vectors = vectors - vectors.mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    for said, alike, unlike in vectors.reshape(len(ALIKE), 3, -1):
        assert float(said @ alike) > float(said @ unlike) + 0.1


@pytest.mark.usefixtures("real_encoder")
def test_text_alone_and_among_others() -> None:
    lonely = OnnxEncoder(Settings().encoder, cached=0)
    together = lonely.encode(FILLED)
    alone = np.concatenate([lonely.encode([text]) for text in FILLED])
    assert np.array_equal(together, alone)


def test_letters_of_the_language_matter(real_encoder: OnnxEncoder) -> None:
    one, other, unknown = real_encoder.encode(["hon är sjuk", "hon är frisk", "中文"])
    assert not np.array_equal(one, other)
    assert np.isfinite(unknown).all()

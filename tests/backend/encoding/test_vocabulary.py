"""The tokenizer cut down: what folded Latin-script text can need stays, the rest is unknown."""

import pytest
from sentencepiece import SentencePieceProcessor

from backend.encoding.vocabulary import UNKNOWN, kept_pieces, write_vocabulary
from tests.backend.encoding.tiny_weights import DROPPED, LETTERS, PIECES, WORDS, scores_of

KEPT = kept_pieces(PIECES)
WRITTEN = write_vocabulary(PIECES, scores_of(PIECES), KEPT)


def _pieces(text: str) -> list[str]:
    words = SentencePieceProcessor(model_proto=WRITTEN)
    return [words.IdToPiece(number) for number in words.EncodeAsIds(text)]


def test_kept() -> None:
    kept = [PIECES[number] for number in KEPT]
    assert kept == [*PIECES[:4], *(one.encode() for one in (*WORDS, *LETTERS))]
    assert KEPT.tolist() == sorted(KEPT.tolist())


@pytest.mark.parametrize("piece", [*DROPPED, "\u0250", "Å", "▁В"])
def test_capitals_and_other_scripts_go(piece: str) -> None:
    assert len(kept_pieces([*PIECES[:4], piece.encode()])) == 4


@pytest.mark.parametrize("piece", ["å", "▁é", "ß", "€", "–", "…", "12", "\u024f"])
def test_small_latin_letters_and_signs_stay(piece: str) -> None:
    assert len(kept_pieces([*PIECES[:4], piece.encode()])) == 5


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("hon är sjuk", ["▁hon", "▁är", "▁sjuk"]),
        ("hos maret", ["▁", "h", "o", "s", "▁", "m", "ar", "et"]),
        ("hon  är ", ["▁hon", "▁är"]),
        ("", []),
    ],
)
def test_tokens(text: str, pieces: list[str]) -> None:
    assert _pieces(text) == pieces


@pytest.mark.parametrize("text", ["здравствуй", "中", "\ud7ff", "\x00"])
def test_what_was_cut_is_unknown(text: str) -> None:
    words = SentencePieceProcessor(model_proto=WRITTEN)
    assert UNKNOWN in words.EncodeAsIds(text)


def test_same_pieces_give_the_same_bytes() -> None:
    assert write_vocabulary(PIECES, scores_of(PIECES), KEPT) == WRITTEN


def test_special_tokens_are_never_written_by_a_text() -> None:
    words = SentencePieceProcessor(model_proto=WRITTEN)
    assert not {0, 1, 2} & set(words.EncodeAsIds("<s> hon </s> <pad>"))

"""How many forwards are recognised, and how much else, among drafts of the training corpus (docs/threads.md)."""

from functools import cache
from random import Random

import pytest

from backend.domain.draft import BodyFormat
from backend.training.corpus_file import read_corpus
from tests.backend.threads.edits import EDITS, FORM_LETTERS
from tests.backend.threads.recognition import (
    false_matches,
    share_found,
    share_found_as_html,
    share_of_pastes_found,
)


@cache
def corpus() -> tuple[str, ...]:
    bodies = [row.draft.body for row in read_corpus() if row.draft.body_format is BodyFormat.TEXT]
    texts = list(dict.fromkeys(bodies))
    Random(1).shuffle(texts)  # noqa: S311 - the same order in every run
    return tuple(texts)


def long_texts(most: int) -> list[str]:
    return [one for one in corpus() if len(one) > 300][:most]


@pytest.mark.parametrize("edit", EDITS)
def test_edited_forwards_are_recognised(edit: str) -> None:
    assert share_found(long_texts(300), EDITS[edit]) >= 0.98


def test_forwards_as_html_are_recognised() -> None:
    assert share_found_as_html(long_texts(300)) >= 0.98


@pytest.mark.parametrize(("letter", "most"), [*zip(FORM_LETTERS, [0.06, 0.30, 0.30], strict=True)])
def test_form_letters_to_somebody_else_are_mostly_told_apart(letter: str, most: float) -> None:
    assert share_found(long_texts(300), FORM_LETTERS[letter]) <= most


def test_one_pasted_paragraph_is_recognised() -> None:
    share, count = share_of_pastes_found([one for one in corpus() if len(one) > 900])
    assert count >= 30
    assert share >= 0.95


def test_unrelated_drafts_are_not_taken_for_each_other() -> None:
    registered, asked = corpus()[:2000], corpus()[2000:4000]
    assert len(list(false_matches(registered, asked))) <= len(registered) * len(asked) * 1e-6

"""First stage and sentences together: when the encoder is asked, what of, and what comes of it."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from backend.classification.combined_model import Blend, CombinedModel
from backend.classification.model import LinearModel
from backend.classification.reading import MOST_UNITS
from backend.domain.classified import Classified
from backend.domain.detected import Detected
from backend.domain.label import Category
from tests.backend.classification.made_up_model import (
    CATEGORIES,
    HEARD,
    WORD,
    FakeEncoder,
    detected,
    linear,
    part,
)
from tests.backend.factories import finding

SUSPECT = (f"hon är {WORD}", f"det är {HEARD} här", "vi ses då")


def _model(encoder: FakeEncoder | None, intercept: float = -8.0) -> CombinedModel:
    return CombinedModel(linear(intercept), part(), encoder)


def _said(model: LinearModel | CombinedModel, given: Detected) -> Classified:
    return model.classify(given)


def test_surely_harmless_is_left_to_the_first_stage() -> None:
    encoder, given = FakeEncoder(), detected(f"det är {HEARD} här", "vi ses då")
    said = _said(_model(encoder), given)
    assert encoder.asked == []
    assert said == _said(linear(), given)
    assert said.sensitive < 0.02


def test_finding_about_a_person_is_never_left_to_the_first_stage() -> None:
    encoder = FakeEncoder()
    given = detected(f"det är {HEARD} här", "vi ses då", findings=[finding(Category.HEALTH)])
    assert _said(_model(encoder), given).sensitive > 0.5
    assert encoder.asked == [[f"det är {HEARD} här", "vi ses då"]]


def test_topic_without_a_person_is_left_to_the_first_stage() -> None:
    encoder = FakeEncoder()
    _said(_model(encoder), detected("vi ses då", findings=[finding(Category.HEALTH, about=False)]))
    assert encoder.asked == []


@pytest.mark.parametrize(("sentence", "most"), [(HEARD, 1.0), ("vanlig", 0.5)])
def test_doubtful_draft_is_read(sentence: str, most: float) -> None:
    encoder = FakeEncoder()
    said = _said(_model(encoder), detected(f"hon är {WORD}", f"det är {sentence} här"))
    assert len(encoder.asked) == 1
    assert most - 0.5 < said.sensitive < most
    assert said.categories.keys() == set(CATEGORIES)
    assert all(0.0 < one < 1.0 for one in (said.severe, *said.categories.values()))


def test_sentence_that_speaks_most_is_named() -> None:
    said = _said(_model(FakeEncoder()), detected("hej du där", *SUSPECT))
    assert said.moving is not None
    assert said.moving.words == f"det är {HEARD} här"
    alone = _said(linear(), detected("hej du där", *SUSPECT))
    assert alone.moving is not None
    assert alone.moving.words == f"hon är {WORD}"


def test_every_judged_sentence_has_its_own_probability() -> None:
    long = f"{'ord ' * 40}{HEARD} " + "ord " * 50
    given = detected("hej", *SUSPECT, long, findings=[finding(Category.HEALTH)])
    said = _said(_model(FakeEncoder()), given).said
    assert [sentence.words for sentence in said] == [*SUSPECT, long]
    harmless, heard, plain, windows = said.values()
    assert 0.0 < plain < harmless < 0.5 < heard == windows < 1.0
    assert _said(_model(None), given).said == {}
    assert _said(_model(FakeEncoder()), detected("vi ses då")).said == {}


@pytest.mark.parametrize("encoder", [None, FakeEncoder("fake-2")], ids=["none", "of another version"])
def test_without_its_encoder_the_smaller_model_answers(encoder: FakeEncoder | None) -> None:
    model, given = _model(encoder), detected(*SUSPECT, findings=[finding(Category.HEALTH)])
    assert (model.version, model.encoder_version) == ("linear-x", None)
    assert _said(model, given) == _said(linear(), given)
    assert encoder is None or encoder.asked == []


def test_without_a_sentence_part_the_smaller_model_answers() -> None:
    encoder = FakeEncoder()
    model = CombinedModel(linear(), None, encoder)
    assert (model.version, model.encoder_version) == ("linear-x", None)
    assert _said(model, detected(*SUSPECT)) == _said(linear(), detected(*SUSPECT))
    assert encoder.asked == []


def test_versions_with_its_encoder() -> None:
    model = _model(FakeEncoder())
    assert (model.version, model.encoder_version) == ("sentence-x", "fake-1")


@pytest.mark.parametrize("intercept", [-8.0, 8.0])
@pytest.mark.parametrize("words", [(), ("",), ("  ",), ("xnamn",), ("xtal xpnr",)], ids=str)
def test_drafts_that_say_nothing(words: tuple[str, ...], intercept: float) -> None:
    given = detected(*words, findings=[finding(Category.PERSONNUMMER)])
    said = _said(_model(FakeEncoder(), intercept), given)
    assert 0.0 < said.sensitive < 1.0
    assert (said.moving is None) == (not words)


def test_long_draft_is_read_in_part_and_in_order() -> None:
    encoder = FakeEncoder()
    words = [f"mening nummer {number}" + f" {WORD}" * (number % 10 == 7) for number in range(3 * MOST_UNITS)]
    _said(_model(encoder, 0.0), detected(*words, f"sist är {WORD}"))
    (asked,) = encoder.asked
    assert len(asked) == MOST_UNITS
    assert [words.index(one) for one in asked[:-1]] == sorted(words.index(one) for one in asked[:-1])
    assert {one for one in words if WORD in one} <= {*asked}
    assert asked[-1] == f"sist är {WORD}"


def test_whether_all_was_read_is_told() -> None:
    assert _said(_model(FakeEncoder(), 0.0), detected(*SUSPECT)).whole
    assert not _said(_model(FakeEncoder(), 0.0), detected(*[f"{HEARD} {'ord ' * 9}{at}" for at in range(99)])).whole


def test_other_matters_do_not_change_what_words_say_of_a_sentence() -> None:
    alone, among = detected(f"hon är {WORD}"), detected("vi ses då", f"hon är {WORD}", *["helt vanligt"] * 40)
    assert linear().read(alone).shares[0] == pytest.approx(linear().read(among).shares[1])


def test_same_answer_every_time_and_from_several_threads() -> None:
    model = _model(FakeEncoder())
    given = [detected(f"mening {number}", *SUSPECT[number % 3 :]) for number in range(40)]
    expected = [model.classify(one) for one in given]
    assert [model.classify(one) for one in given] == expected
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(model.classify, given * 3)) == expected * 3


@pytest.mark.parametrize("score", [-1e9, -1.0, 0.0, 1.0, 1e9])
def test_blend_gives_a_probability(score: float) -> None:
    blend = Blend(np.array([1.0, 2.0]), 0.5)
    assert 0.0 < blend.probability([score, score]) < 1.0
    assert blend.probability([score + 1.0, score]) >= blend.probability([score, score])

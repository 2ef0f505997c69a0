"""Answers in the database, on SQLite and on PostgreSQL: kept, replaced, counted, forgotten."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, inspect

from backend.domain.feedback import FeedbackRecord
from backend.domain.label import Category, Label
from backend.store.feedback import DatabaseFeedback

DAY = date(2026, 11, 21)
MOST = 3


def answer(number: int = 0, **fields: Any) -> FeedbackRecord:  # noqa: ANN401 - FeedbackRecord's fields
    ordinary: dict[str, Any] = {
        "tenant": "granvik", "receipt": f"{number:064}", "actor": "1" * 64, "day": DAY, "said": Label.KANSLIG,
        "right": Label.NONE, "categories": None, "wrong_rules": ("health.made_up",), "signals": b'{"words":4.6}',
        "columns": b"\x00\x01\xfe\xff", "salt": bytes(range(16)), "key_id": "0" * 16, "form": "words-1:131072",
        "model_version": "linear-0",
    }  # fmt: skip
    return FeedbackRecord(**(ordinary | fields))


@pytest.fixture
def store(engine: Engine) -> DatabaseFeedback:
    return DatabaseFeedback(engine)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"categories": ()},
        {"categories": (Category.HEALTH, Category.UNION)},
        {"wrong_rules": ()},
        {"signals": b"", "columns": b""},
        {
            "tenant": "t" * 64, "categories": tuple(Category), "wrong_rules": ("r" * 99,) * 40, "form": "f" * 40,
            "columns": bytes(4_000), "model_version": "m" * 80, "said": Label.MYCKET_KANSLIG,
        },
    ],
    ids=["ordinary", "no categories", "some categories", "no rules", "empty", "fullest"],
)  # fmt: skip
def test_answer_comes_back_as_it_was(fields: dict[str, Any], store: DatabaseFeedback) -> None:
    assert store.put(answer(**fields), MOST)
    assert list(store.answers()) == [answer(**fields)]


def test_last_answer_counts(store: DatabaseFeedback) -> None:
    store.put(answer(right=Label.NONE), MOST)
    store.put(answer(right=Label.MYCKET_KANSLIG, categories=(Category.HEALTH,), salt=b"2" * 16), MOST)
    (kept,) = store.answers()
    assert (kept.right, kept.categories, kept.salt) == (Label.MYCKET_KANSLIG, (Category.HEALTH,), b"2" * 16)


def test_changing_ones_mind_does_not_keep_a_row_longer(store: DatabaseFeedback) -> None:
    store.put(answer(), MOST)
    store.put(answer(day=DAY + timedelta(days=9), right=Label.KANSLIG), MOST)
    (kept,) = store.answers()
    assert (kept.day, kept.right) == (DAY, Label.KANSLIG)


def test_so_many_a_day(store: DatabaseFeedback) -> None:
    assert [store.put(answer(number), MOST) for number in range(5)] == [True] * MOST + [False] * 2
    assert store.put(answer(0, right=Label.KANSLIG), MOST)
    assert store.put(answer(10, actor="2" * 64), MOST)
    assert store.put(answer(11, tenant="elsewhere"), MOST)
    assert store.put(answer(12, day=DAY + timedelta(days=1)), MOST)
    assert not store.put(answer(13, actor="3" * 64), 0)
    assert len(list(store.answers())) == MOST + 3


def test_same_receipt_in_two_tenants_is_two_answers(store: DatabaseFeedback) -> None:
    store.put(answer(), MOST)
    store.put(answer(tenant="elsewhere", right=Label.KANSLIG), MOST)
    assert sorted((one.tenant, one.right) for one in store.answers()) == [("elsewhere", "kanslig"), ("granvik", "none")]


def test_order_is_that_of_days_and_receipts(store: DatabaseFeedback) -> None:
    given = [answer(3), answer(1, day=DAY + timedelta(days=1)), answer(2)]
    for one in given:
        store.put(one, MOST)
    assert [int(one.receipt) for one in store.answers()] == [2, 3, 1]


def test_old_answers_are_forgotten(store: DatabaseFeedback) -> None:
    for number in range(4):
        store.put(answer(number, day=DAY - timedelta(days=number), tenant=f"t{number % 2}"), MOST)
    assert store.forget_before(DAY - timedelta(days=1)) == 2
    assert store.forget_before(DAY - timedelta(days=1)) == 0
    assert [int(one.receipt) for one in store.answers()] == [1, 0]


def test_one_person_is_forgotten(store: DatabaseFeedback) -> None:
    for number, (tenant, actor) in enumerate([("granvik", "1"), ("granvik", "2"), ("elsewhere", "1")]):
        store.put(answer(number, tenant=tenant, actor=actor * 64), MOST)
    assert store.forget_actor("granvik", "1" * 64) == 1
    assert [int(one.receipt) for one in store.answers()] == [1, 2]


def test_same_answer_from_several_at_once(store: DatabaseFeedback) -> None:
    gate = Barrier(4)

    def put(number: int) -> None:
        for round_ in range(10):
            gate.wait(timeout=30)
            assert store.put(answer(round_, right=list(Label)[number % 3], actor=f"{round_:064}"), MOST)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(put, range(4)))
    assert len(list(store.answers())) == 10


def test_no_column_tells_the_hour_or_the_order(engine: Engine) -> None:
    columns = {column["name"]: str(column["type"]) for column in inspect(engine).get_columns("feedback")}
    assert columns["given_on"] == "DATE"
    assert not {"id", "person", "user", "draft", "subject"} & set(columns)
    assert not [name for name, kind in columns.items() if "TIME" in kind or "INT" in kind]


def test_repr_shows_no_vector() -> None:
    assert "words\\" not in repr(answer())
    assert "4.6" not in repr(replace(answer(), signals=b'{"words":4.6}'))

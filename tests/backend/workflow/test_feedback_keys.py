"""Keys for feedback: a bijection for every size, another one for every key and row, and no secret in sight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.workflow.feedback_keys import FeedbackKeys, KeyedColumns, derived_key, packed, unpacked

KEYS = FeedbackKeys(b"k" * 32)
SALT = bytes(16)
SPACE = 2**17


@pytest.mark.parametrize("space", [1, 2, 3, 4, 5, 17, 255, 256, 257, 1000, 4096, 5000])
def test_small_space_is_mapped_onto_itself(space: int) -> None:
    columns = KeyedColumns(b"seed", space)
    assert columns.hide(range(space)) == list(range(space))
    assert [columns.show(columns.hide([one])) for one in range(space)] == [[one] for one in range(space)]


def test_whole_space_of_the_model_is_mapped_onto_itself() -> None:
    assert KEYS.columns("granvik", SALT, SPACE).hide(range(SPACE)) == list(range(SPACE))


@given(
    columns=st.sets(st.integers(0, SPACE - 1), max_size=200),
    salt=st.binary(min_size=16, max_size=16),
    secret=st.binary(min_size=1, max_size=64),
)
def test_what_is_hidden_is_shown_again(columns: set[int], salt: bytes, secret: bytes) -> None:
    keyed = FeedbackKeys(secret).columns("granvik", salt, SPACE)
    hidden = keyed.hide(columns)
    assert keyed.show(hidden) == sorted(columns)
    assert unpacked(packed(hidden)) == tuple(hidden)


def test_order_tells_nothing() -> None:
    hidden = KEYS.columns("granvik", SALT, SPACE).hide(range(200))
    assert hidden == sorted(hidden)


@pytest.mark.parametrize(
    ("keys", "tenant", "salt"),
    [
        (FeedbackKeys(b"l" * 32), "granvik", SALT),
        (KEYS, "elsewhere", SALT),
        (KEYS, "granvik", b"1" + SALT[1:]),
    ],
    ids=["another secret", "another tenant", "another row"],
)
def test_everything_else_gives_another_bijection(keys: FeedbackKeys, tenant: str, salt: bytes) -> None:
    mine = [KEYS.columns("granvik", SALT, SPACE).hide([one])[0] for one in range(0, SPACE, 997)]
    other = [keys.columns(tenant, salt, SPACE).hide([one])[0] for one in range(0, SPACE, 997)]
    same = sum(one == two for one, two in zip(mine, other, strict=True))
    assert same <= 2  # by chance, of 132


def test_bijection_moves_about_everything_far_away() -> None:
    keyed = KEYS.columns("granvik", SALT, SPACE)
    neighbours = [keyed.hide([one])[0] for one in range(1000)]
    assert len({one >> 9 for one in neighbours}) > 200
    assert sum(one == at for at, one in enumerate(neighbours)) <= 2


@pytest.mark.parametrize("number", [-1, SPACE, 2**18 - 1, 2**40])
def test_number_outside_is_refused(number: int) -> None:
    keyed = KEYS.columns("granvik", SALT, SPACE)
    for walk in (keyed.hide, keyed.show):
        with pytest.raises(ValueError, match=str(number)):
            walk([number])


def test_bytes_of_a_wrong_length_are_refused() -> None:
    with pytest.raises(ValueError, match="3"):
        unpacked(b"abc")


def test_hashes_differ_by_everything_that_they_are_of() -> None:
    receipts = {
        KEYS.receipt("granvik", "sara", "x-1"),
        KEYS.receipt("granvik", "sara", "x-2"),
        KEYS.receipt("granvik", "sar", "ax-1"),
        KEYS.receipt("granviks", "ara", "x-1"),
        KEYS.receipt('granvik", "sara', "", "x-1"),
        FeedbackKeys(b"l" * 32).receipt("granvik", "sara", "x-1"),
        KEYS.actor("granvik", "sara"),
    }
    assert len(receipts) == 7
    assert all(len(one) == 64 for one in receipts)
    assert KEYS.actor("granvik", "sara") == FeedbackKeys(b"k" * 32).actor("granvik", "sara")


def test_key_id_tells_keys_apart_and_shows_none() -> None:
    assert KEYS.key_id != FeedbackKeys(b"l" * 32).key_id
    assert derived_key(b"k" * 32, "feedback columns").hex()[:16] != KEYS.key_id
    assert "kkkk" not in repr(KEYS) + str(vars(KEYS)["key_id"])

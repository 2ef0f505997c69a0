"""Keys for habits: apart for everything that they are of, and from what other tables keep."""

from itertools import product

from backend.workflow.feedback_keys import FeedbackKeys
from backend.workflow.habit_keys import HabitKeys

KEYS = HabitKeys(b"k" * 32)
SARA, JOHAN = KEYS.actor("granvik", "sara"), KEYS.actor("granvik", "johan")
ANNA = "anna.berg@granvik.example"


def test_same_words_give_the_same_hash() -> None:
    again = HabitKeys(b"k" * 32)
    assert again.actor("granvik", "sara") == SARA
    assert again.recipient("granvik", SARA, ANNA) == KEYS.recipient("granvik", SARA, ANNA)
    assert again.draft("granvik", SARA, "x-1") == KEYS.draft("granvik", SARA, "x-1")


def test_lengths_are_those_of_the_columns() -> None:
    hashes = SARA, KEYS.draft("granvik", SARA, "x-1"), KEYS.recipient("granvik", SARA, ANNA)
    assert [len(bytes.fromhex(one)) for one in hashes] == [32, 32, 16]


def test_recipient_means_nothing_for_another_sender_tenant_or_secret() -> None:
    places = product([b"k" * 32, b"l" * 32], ["granvik", "elsewhere"], [SARA, JOHAN], [ANNA, ANNA.upper(), ""])
    hashes = {HabitKeys(secret).recipient(tenant, actor, mailbox) for secret, tenant, actor, mailbox in places}
    assert len(hashes) == 24


def test_words_do_not_run_together() -> None:
    hashes = {
        KEYS.recipient("granvik", "sara", "x-1"),
        KEYS.recipient("granvik", "sar", "ax-1"),
        KEYS.recipient("granviks", "ara", "x-1"),
        KEYS.recipient('granvik", "sara', "", "x-1"),
    }
    assert len(hashes) == 4


def test_no_hash_joins_the_tables() -> None:
    feedback = FeedbackKeys(b"k" * 32)
    same_words = [
        KEYS.actor("granvik", "sara"),
        KEYS.draft("granvik", "sara", "x-1"),
        KEYS.recipient("granvik", "sara", "x-1"),
        feedback.actor("granvik", "sara"),
        feedback.receipt("granvik", "sara", "x-1"),
    ]
    assert len({one[:32] for one in same_words}) == 5


def test_no_secret_in_sight() -> None:
    assert "kkkk" not in repr(KEYS) + str(vars(KEYS))

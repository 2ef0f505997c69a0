"""`habits forget`: whom and what it deletes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backend.domain.habits import Gathering
from backend.store.database import open_database
from backend.store.habits import DatabaseHabits
from backend.workflow.habit_keys import HabitKeys
from tests.backend.command_line.shell import Run
from tests.backend.served import KEY

KEYS = HabitKeys(KEY.encode())
SENDERS = {person: KEYS.actor("granvik", person) for person in ("sara", "johan")}


@pytest.fixture
def store(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> DatabaseHabits:
    """Four gatherings: of today and 40, 400 days ago of Sara, one of Johan; settings that lead to them."""
    _ = run  # takes other settings away
    url = f"sqlite:///{tmp_path / 'x.sqlite3'}"
    monkeypatch.setenv("SANDKOLL_DATABASE_URL", url)
    monkeypatch.setenv("SANDKOLL_SECRET_KEY", KEY)
    store = DatabaseHabits(open_database(url))
    for number, (person, age) in enumerate([("sara", 0), ("sara", 40), ("sara", 400), ("johan", 0)]):
        day = datetime.now(UTC).date() - timedelta(days=age)
        one = Gathering(str(number), day, labelled=True, recipients=frozenset({"0" * 32}))
        store.remember("granvik", SENDERS[person], one)
    return store


def _kept(store: DatabaseHabits) -> int:
    return sum(len(store.gatherings("granvik", actor)) for actor in SENDERS.values())


@pytest.mark.parametrize(
    ("words", "gone"),
    [
        (["--older-than", "30"], 2),
        (["--tenant", "granvik", "--person", "sara"], 3),
        (["--tenant", "elsewhere", "--person", "sara"], 0),
    ],
    ids=str,
)
def test_forget(words: list[str], gone: int, store: DatabaseHabits, run: Run) -> None:
    status, out, err = run("habits", "forget", *words)
    assert (status, err) == (0, "")
    assert f": {gone}." in out
    assert _kept(store) == 4 - gone


def test_wrong_usage(store: DatabaseHabits, run: Run) -> None:
    for words in ([], ["forget"], ["forget", "--person", "sara"], ["forget", "--older-than", "-1"]):
        status, _, err = run("habits", *words)
        assert (status, bool(err)) == (2, True)
    assert _kept(store) == 4

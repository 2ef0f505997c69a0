"""Times the verification of recipients: directory in memory, verdicts, namesakes, a year of habits, policy."""

import random
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from backend.decision.policy import read_policy
from backend.directory.sample_directory import sample_directory
from backend.domain.draft import Mailbox, Recipient
from backend.domain.label import Label
from backend.domain.person import Person
from backend.municipality import judge_of
from backend.store.database import open_database
from backend.store.habits import DatabaseHabits
from backend.texts.catalog import read_texts
from backend.workflow.check_recipients import RecipientChecker
from backend.workflow.habit_keys import HabitKeys
from backend.workflow.sender_habits import SenderHabits

_PERSON = Person("sara", "granvik")
_SENDER = Mailbox("sara.lindqvist@granvik.example", "Sara Lindqvist")
_DEMANDS = {5: "", 50: "≤ 50", 500: ""}
_GATHERINGS = 200
_RUNS = 30


def recipient_rows() -> list[str]:
    """Table rows: milliseconds for so many recipients, half of them colleagues, when they are first met and warm."""
    with tempfile.TemporaryDirectory() as folder:
        checker = _checker(Path(folder))
        chance = random.Random(1)  # noqa: S311 - the same recipients in every run
        colleagues = [entry.address for entry in checker.directory.known_entries()]
        for number in range(_GATHERINGS):
            together = chance.sample(colleagues, 6)
            checker.habits.learn(_PERSON, str(number), together, labelled=number % 3 == 0)
        return [row for count in _DEMANDS for row in _rows(checker, colleagues, count)]


def _rows(checker: RecipientChecker, colleagues: list[str], count: int) -> list[str]:
    inside = colleagues[: min(count // 2, len(colleagues))]
    outside = [f"namn{number}@foretag{count}x{number}.se" for number in range(count - len(inside))]
    recipients = [Recipient(Mailbox(address)) for address in [*inside, *outside]]
    check = partial(checker.check, recipients, _SENDER, Label.KANSLIG, _PERSON)
    first, *warm = [_milliseconds(check) for _ in range(_RUNS + 1)]
    high = quantiles(warm, n=20)[-1]
    return [f"| {count} | {first:.1f} | {median(warm):.1f} | {high:.1f} | {_DEMANDS[count]} |"]


def _milliseconds(check: Callable[[], object]) -> float:
    started = time.perf_counter()
    check()
    return (time.perf_counter() - started) * 1000


def _checker(folder: Path) -> RecipientChecker:
    policy, directory = read_policy("standard"), sample_directory()
    store = DatabaseHabits(open_database(f"sqlite:///{folder / 'habits.sqlite3'}"))
    habits = SenderHabits(store, HabitKeys(b"k" * 64))
    return RecipientChecker(directory, judge_of(policy, directory), habits, policy, read_texts())

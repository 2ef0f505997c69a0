"""`python -m backend habits forget`: deletes what senders' habits are known by, by age or of one person."""

from typing import TYPE_CHECKING

from backend.command_line.forgetting import Forgetting, engine_of
from backend.settings import Settings

if TYPE_CHECKING:
    from backend.store.habits import DatabaseHabits


def _open_habits(settings: Settings) -> "DatabaseHabits":
    from backend.store.habits import DatabaseHabits

    return DatabaseHabits(engine_of(settings))


def _actor(secret: bytes, tenant: str, person: str) -> str:
    from backend.workflow.habit_keys import HabitKeys

    return HabitKeys(secret).actor(tenant, person)


add_parser = Forgetting("habits", "habits_forgotten", _open_habits, _actor).add_parser

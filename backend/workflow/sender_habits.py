"""A sender's habits: read seldom, kept in memory for a minute, learned from what was sent."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from threading import Lock

from cachetools import TTLCache

from backend.domain.habits import Gathering, Habits
from backend.domain.person import Person
from backend.recipients.habit import Habit
from backend.workflow.habit_keys import HabitKeys

_MOST = 300
"""Senders of this process whose habits are in memory: hashes only, about 0.1 MB a sender."""
_SECONDS = 60.0


def _utc_now() -> datetime:
    return datetime.now(UTC)


class SenderHabits:
    """Habits of all senders of an installation, each apart from the others."""

    def __init__(self, store: Habits, keys: HabitKeys, now: Callable[[], datetime] = _utc_now) -> None:
        self._store = store
        self._keys = keys
        self._now = now
        self._lock = Lock()
        self._recent: TTLCache[str, Habit] = TTLCache(_MOST, _SECONDS)

    def of(self, person: Person, without: str = "") -> Habit:
        """The person's habits as of the last minute, but for what the draft of digest `without` taught."""
        actor = self._actor(person)
        with self._lock:
            known = self._recent.get(actor)
        if known is None:
            known = Habit(self._store.gatherings(person.tenant, actor))
            with self._lock:
                self._recent[actor] = known
        return known.without(self._keys.draft(person.tenant, actor, without)) if without else known

    def hashed(self, person: Person) -> Callable[[str], str]:
        """The function from a mailbox key to its hash as this person's habits keep it."""
        actor = self._actor(person)
        return lambda key: self._keys.recipient(person.tenant, actor, key)

    def learn(self, person: Person, draft: str, mailbox_keys: Sequence[str], *, labelled: bool) -> None:
        """Remembers who got a draft.

        `draft` tells it from the sender's other drafts; another check of the same replaces this one.
        """
        actor, hashed = self._actor(person), self.hashed(person)
        gathering = Gathering(
            draft=self._keys.draft(person.tenant, actor, draft),
            day=self._now().date(),
            labelled=labelled,
            recipients=frozenset(map(hashed, mailbox_keys)),
        )
        self._store.remember(person.tenant, actor, gathering)
        with self._lock:
            self._recent.pop(actor, None)

    def _actor(self, person: Person) -> str:
        return self._keys.actor(person.tenant, person.id)

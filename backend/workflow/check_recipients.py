"""Who is it going to: the directory is asked, the address itself read, and the sender's habits looked at.

recipients → directory's facts → verdicts → doubts of namesakes and habits
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

from cachetools import TTLCache

from backend.decision.policy import Policy
from backend.decision.recipients import decide_recipients
from backend.domain.directory import Directory, DirectoryAnswer, NotTold
from backend.domain.draft import ComposeType, Draft, Mailbox, Recipient, RecipientRole
from backend.domain.errors import ClaimsNeeded
from backend.domain.label import Label
from backend.domain.person import Person
from backend.domain.recipient import DecidedRecipients, JudgedRecipients
from backend.recipients.habit_doubts import person_key, with_habit_doubts
from backend.recipients.judging import Judge
from backend.texts.catalog import Texts
from backend.workflow.sender_habits import SenderHabits

_MOST_NAMES = 1_000
_NAME_SECONDS = 600.0
"""How many names of usual recipients are remembered, and for how long: finding one takes a hash for everybody."""


@dataclass(frozen=True, slots=True)
class RecipientChecker:
    """Judges recipients for one municipality, on behalf of whoever is signed in."""

    directory: Directory
    judge: Judge
    habits: SenderHabits
    policy: Policy
    texts: Texts
    names: TTLCache[str, str] = field(default_factory=lambda: TTLCache(_MOST_NAMES, _NAME_SECONDS), compare=False)
    naming: Lock = field(default_factory=Lock, compare=False)

    def check(
        self, recipients: Sequence[Recipient], sender: Mailbox | None, label: Label, person: Person
    ) -> DecidedRecipients:
        """What is said of each recipient under `label`. Raises ClaimsNeeded where the directory wants a new sign-in."""
        judged = self._judged(recipients, sender, person, self._asked(recipients, sender, person))
        return decide_recipients(self.policy.rules.recipients, judged, label, self.texts.recipients)

    def judged(self, draft: Draft, person: Person, digest: str = "") -> JudgedRecipients:
        """The draft's recipients, judged. Never fails for want of a directory: what it did not tell is unverifiable.

        `digest` is the draft's: what it was checked with before is no habit.
        """
        recipients, sender = draft.recipients, draft.sender
        if not recipients:
            return JudgedRecipients()
        try:
            answer = self._asked(recipients, sender, person)
        except ClaimsNeeded:
            keys = self.judge.questions(recipients, sender)
            answer = DirectoryAnswer(not_told=dict.fromkeys(keys, NotTold.SIGN_IN_AGAIN))
        judged = self._judged(recipients, sender, person, answer, digest)
        return _answered(judged) if draft.compose_type is ComposeType.REPLY else judged

    def learn(self, judged: JudgedRecipients, person: Person, draft: str, *, labelled: bool) -> None:
        """Remembers who got the draft, as keyed hashes."""
        self.habits.learn(person, draft, [person_key(one) for one in judged.each], labelled=labelled)

    def _asked(self, recipients: Sequence[Recipient], sender: Mailbox | None, person: Person) -> DirectoryAnswer:
        return self.directory.look_up(person, self.judge.questions(recipients, sender))

    def _judged(
        self,
        recipients: Sequence[Recipient],
        sender: Mailbox | None,
        person: Person,
        answer: DirectoryAnswer,
        digest: str = "",
    ) -> JudgedRecipients:
        judged = self.judge.judge(recipients, answer, sender)
        habit = self.habits.of(person, without=digest)
        hashed, own = self.habits.hashed(person), sender.key if sender else ""
        return with_habit_doubts(judged, habit, hashed, lambda one: self._name_of(one, person), own)

    def _name_of(self, hashed: str, person: Person) -> str:
        """The name behind a hash, by trying everybody whom the directory can tell of without asking."""
        name = self.names.get(hashed)
        if name is None:
            key_of = self.habits.hashed(person)
            entries = self.directory.known_entries()
            name = next((one.name for one in entries if key_of(Mailbox(one.address).key) == hashed), "")
            with self.naming:
                self.names[hashed] = name
        return name


def _answered(judged: JudgedRecipients) -> JudgedRecipients:
    """In a reply those in To have written first: there is no question whether they are the ones."""
    each = (replace(one, known=one.known or one.recipient.role is RecipientRole.TO) for one in judged.each)
    return replace(judged, each=tuple(each))

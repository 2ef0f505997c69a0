"""Who is it going to: the directory is asked, the address itself read, and the sender's habits looked at.

recipients → directory's facts → verdicts → doubts of namesakes and habits
"""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.decision.policy import Policy
from backend.decision.recipients import decide_recipients
from backend.domain.directory import Directory, DirectoryAnswer, NotTold
from backend.domain.draft import Mailbox, Recipient
from backend.domain.errors import ClaimsNeeded
from backend.domain.label import Label
from backend.domain.person import Person
from backend.domain.recipient import DecidedRecipients, JudgedRecipients
from backend.recipients.habit_doubts import person_key, with_habit_doubts
from backend.recipients.judging import Judge
from backend.texts.catalog import Texts
from backend.workflow.sender_habits import SenderHabits


@dataclass(frozen=True, slots=True)
class RecipientChecker:
    """Judges recipients for one municipality, on behalf of whoever is signed in."""

    directory: Directory
    judge: Judge
    habits: SenderHabits
    policy: Policy
    texts: Texts

    def check(
        self, recipients: Sequence[Recipient], sender: Mailbox | None, label: Label, person: Person
    ) -> DecidedRecipients:
        """What is said of each recipient under `label`. Raises ClaimsNeeded where the directory wants a new sign-in."""
        judged = self._judged(recipients, sender, person, self._asked(recipients, sender, person))
        return decide_recipients(self.policy.rules.recipients, judged, label, self.texts.recipients)

    def judged(
        self, recipients: Sequence[Recipient], sender: Mailbox | None, person: Person, draft: str = ""
    ) -> JudgedRecipients:
        """The recipients, judged. Never fails for want of a directory: what it did not tell is unverifiable.

        `draft` is the digest of the draft: what it was checked with before is no habit.
        """
        if not recipients:
            return JudgedRecipients()
        try:
            answer = self._asked(recipients, sender, person)
        except ClaimsNeeded:
            keys = self.judge.questions(recipients, sender)
            answer = DirectoryAnswer(not_told=dict.fromkeys(keys, NotTold.SIGN_IN_AGAIN))
        return self._judged(recipients, sender, person, answer, draft)

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
        draft: str = "",
    ) -> JudgedRecipients:
        judged = self.judge.judge(recipients, answer, sender)
        habit = self.habits.of(person, without=draft)
        return with_habit_doubts(judged, habit, self.habits.hashed(person), lambda one: self._name_of(one, person))

    def _name_of(self, hashed: str, person: Person) -> str:
        """The name behind a hash, by trying everybody whom the directory can tell of without asking."""
        key_of = self.habits.hashed(person)
        entries = self.directory.known_entries()
        return next((one.name for one in entries if key_of(Mailbox(one.address).key) == hashed), "")

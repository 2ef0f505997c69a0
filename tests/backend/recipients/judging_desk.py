"""The sample municipality's recipients, judged and decided as the service does it, without a habit to go by."""

from collections.abc import Iterable

from backend.decision.policy import read_policy
from backend.decision.recipients import decide_recipients
from backend.directory.sample_directory import sample_directory
from backend.domain.directory import Directory
from backend.domain.draft import Mailbox, Recipient, RecipientRole
from backend.domain.label import Label
from backend.domain.person import Person
from backend.domain.recipient import DecidedRecipients, JudgedRecipients
from backend.municipality import judge_of
from backend.texts.catalog import read_texts

CALLER = Person("sara", "granvik")
SARA = Mailbox("sara.lindqvist@granvik.example", "Sara Lindqvist")
POLICY = read_policy("standard")
TEXTS = read_texts()
DIRECTORY = sample_directory()


def to(*addresses: str, role: RecipientRole = RecipientRole.TO) -> list[Recipient]:
    return [Recipient(Mailbox(address), role) for address in addresses]


def judged(
    recipients: Iterable[Recipient], sender: Mailbox | None = SARA, directory: Directory = DIRECTORY
) -> JudgedRecipients:
    """What is said of the recipients."""
    judge, asked = judge_of(POLICY, directory), tuple(recipients)
    return judge.judge(asked, directory.look_up(CALLER, judge.questions(asked, sender)), sender)


def decided(recipients: Iterable[Recipient], label: Label, sender: Mailbox | None = SARA) -> DecidedRecipients:
    """What the standard policy makes of them."""
    return decide_recipients(POLICY.rules.recipients, judged(recipients, sender), label, TEXTS.recipients)

"""Who a recipient turns out to be, and what gives cause to think twice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from backend.domain.directory import DirectoryEntry, NotTold
from backend.domain.draft import Recipient
from backend.domain.label import SendDecision


class RecipientVerdict(StrEnum):
    """What is said of an address. Codes are the contract."""

    VERIFIED = "verified"
    OTHER_UNIT = "other_unit"
    GROUP = "group"
    EXTERNAL = "external"
    UNKNOWN = "unknown"
    DISABLED = "disabled"
    LOOKALIKE = "lookalike"
    PRIVATE = "private"
    UNVERIFIABLE = "unverifiable"


INSIDE = frozenset({RecipientVerdict.VERIFIED, RecipientVerdict.OTHER_UNIT, RecipientVerdict.GROUP})
"""Verdicts of people whom the directory knows as the municipality's own."""


class Concern(StrEnum):
    """What gives cause to think twice of a recipient whatever the verdict. Codes are the contract."""

    EXTERNAL_MEMBERS = "external_members"
    MEMBERS_UNKNOWN = "members_unknown"
    LARGE_GROUP = "large_group"
    OTHER_UNITS_IN_GROUP = "other_units_in_group"
    NAMESAKE = "namesake"
    RARER_NAMESAKE = "rarer_namesake"
    FIRST_TIME = "first_time"
    ODD_ONE_OUT = "odd_one_out"
    OWN_PRIVATE_ADDRESS = "own_private_address"
    COLLEAGUE_ELSEWHERE = "colleague_elsewhere"
    SPOKEN_OF = "spoken_of"
    GREETING_DIFFERS = "greeting_differs"
    USUAL_ONE_MISSING = "usual_one_missing"
    EXTERNALS_SEE_EACH_OTHER = "externals_see_each_other"
    AUTOMATIC_REPLY = "automatic_reply"
    MAILBOX_FULL = "mailbox_full"
    MODERATED = "moderated"


FROM_TEXT = frozenset({Concern.SPOKEN_OF, Concern.GREETING_DIFFERS})
"""Concerns that only the draft's text can raise."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A concern with the words for its sentence (`names`, `count`, …). `repr` shows the code only."""

    concern: Concern
    words: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of activity and its committee, with the patterns of departments that belong to it, in lower case."""

    id: str
    name: str
    committee: str
    departments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JudgedRecipient:
    """One recipient as it was judged. Says nothing yet of what follows from it: that depends on label and policy.

    `reason` stands with `UNVERIFIABLE` only. `resembles` is the domain that a lookalike is taken for. `organisation`
    names the known organisation behind an external domain. `committee` and `branch` are the entry's by the policy's
    map. `meant` are those who may have been meant instead. `known` says that the sender has written to this one before
    or is answering, `trusted` that it was more than once and with a label. `repr` shows codes only.
    """

    recipient: Recipient = field(repr=False)
    verdict: RecipientVerdict
    reason: NotTold | None = None
    entry: DirectoryEntry | None = None
    doubts: tuple[Doubt, ...] = ()
    resembles: str = field(default="", repr=False)
    organisation: str = field(default="", repr=False)
    committee: str = ""
    branch: str = ""
    meant: tuple[DirectoryEntry, ...] = ()
    known: bool = False
    trusted: bool = False

    @property
    def key(self) -> str:
        """The mailbox's key."""
        return self.recipient.mailbox.key

    @property
    def outside(self) -> bool:
        """Whether this is not surely the municipality's own, and nobody else's."""
        return self.verdict not in INSIDE or any(one.concern is Concern.EXTERNAL_MEMBERS for one in self.doubts)


@dataclass(frozen=True, slots=True)
class JudgedRecipients:
    """All recipients of a draft, in its order, with doubts about them together."""

    each: tuple[JudgedRecipient, ...] = ()
    doubts: tuple[Doubt, ...] = ()


class ToConfirm(StrEnum):
    """Whom the sender is asked to confirm. Codes are the contract."""

    EACH = "each"
    """The draft is labelled: everybody, and those who need thought one by one."""
    QUESTIONED = "questioned"
    """Those who need thought."""
    NOBODY = "none"


@dataclass(frozen=True, slots=True)
class DecidedDoubt:
    """A doubt with what the policy makes of it and the sentences that say it. `repr` shows codes only."""

    concern: Concern
    decision: SendDecision
    text: str = field(repr=False)
    text_en: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class DecidedRecipient:
    """What the policy's tables make of one recipient under one label. `repr` shows codes only.

    `needs_thought` means that the sender is to look at this one and confirm it by itself. `advice` says what the
    verdict means and what to do, in Swedish and English.
    """

    judged: JudgedRecipient
    decision: SendDecision
    needs_thought: bool
    doubts: tuple[DecidedDoubt, ...] = ()
    advice: str = field(default="", repr=False)
    advice_en: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class DecidedRecipients:
    """All recipients as the policy sees them, in the draft's order, with doubts about them together."""

    each: tuple[DecidedRecipient, ...] = ()
    doubts: tuple[DecidedDoubt, ...] = ()
    to_confirm: ToConfirm = ToConfirm.NOBODY


@dataclass(frozen=True, slots=True)
class RecipientWords:
    """The sentences of verdicts, reasons and concerns by code, each as (Swedish, English).

    `wrong` are those that a send check says of a recipient without naming it.
    """

    wrong: Mapping[str, tuple[str, str]]
    verdicts: Mapping[str, tuple[str, str]]
    reasons: Mapping[str, tuple[str, str]]
    concerns: Mapping[str, tuple[str, str]]

"""The shape of a policy file. Everything that a municipality may want to change is data; unknown keys are refused."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.domain.forwarding import ApproverKind, DisclosureReason
from backend.domain.label import Category, Label, SendDecision
from backend.domain.recipient import Concern, RecipientVerdict

_CODE = r"^[a-z][a-z_.:+-]*[0-9]{0,4}[a-z_.:+-]*$"
"""What the audit log takes: words and few digits, so that no number of anybody's gets in."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Thresholds(_Table):
    """Probabilities in 0–1: from which one the model calls a draft sensitive or severe, and rules stand at all.

    Where rules tell of a person, the model has to be surer to raise their label (`severe_over_rules_from`).
    """

    sensitive_from: float = Field(ge=0, le=1)
    rule_stands_from: float = Field(ge=0, le=1)
    severe_from: float = Field(ge=0, le=1)
    severe_over_rules_from: float = Field(default=0.6, ge=0, le=1)


class LabelText(_Table):
    """A label as people meet it, with its classification by level names (M8)."""

    id: Label
    name: str
    name_en: str
    color: str = Field(pattern=r"^#[0-9a-f]{6}$")
    channel: str
    assurance: str
    classification: dict[str, str]


class CategoryText(_Table):
    """A category as people meet it. `article_9` marks the special categories of GDPR article 9."""

    name: str
    name_en: str
    article_9: bool


class LevelRule(_Table):
    """Gives `label` when a finding about a person is of `categories`, has a trait of `traits`, and all `facts` hold."""

    id: str
    label: Label
    categories: frozenset[Category]
    traits: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()
    source: tuple[str, ...]
    text: str


class ConditionalDecision(_Table):
    """What an unmet demand does on send when all `facts` hold."""

    facts: frozenset[str] = Field(default=frozenset(), alias="if")
    decision: SendDecision


class ObligationRule(_Table):
    """Asked for when all of `when` and none of `unless` hold; met when any of `met_when` holds."""

    code: str = Field(pattern=_CODE, max_length=60)
    ground: Literal["personnummer", "sensitive", "photo"] | None = None
    when: frozenset[str]
    unless: frozenset[str] = frozenset()
    met_when: frozenset[str] = frozenset()
    decisions: tuple[ConditionalDecision, ...] = Field(min_length=1)
    source: tuple[str, ...]
    text: str


class Tip(_Table):
    """A friendly word that demands nothing."""

    when: frozenset[str]
    unless: frozenset[str] = frozenset()
    text: str


class Channel(_Table):
    """An approved platform. `url` is what its button opens."""

    id: str
    name: str
    kind: Literal["message", "meeting"]
    url: str


class Places(_Table):
    """Hosts, domains and subject prefixes that the rules ask for, in lower case."""

    folder: str
    approved_meeting_hosts: tuple[str, ...]
    meeting_hosts: tuple[str, ...]
    private_domains: tuple[str, ...]
    forward_prefixes: tuple[str, ...]


class Branch(_Table):
    """A branch of activity with the committee it belongs to: secrecy holds between them (OSL 8:1–2).

    `departments` are patterns (`*` for anything) for a directory's department, or its company where it has none.
    """

    id: str = Field(pattern=r"^[a-z0-9_-]+$")
    name: str
    committee: str
    departments: tuple[str, ...] = Field(min_length=1)


class RecipientTables(_Table):
    """What recipients do to a send, by the stricter of suggested and set label.

    `allow` asks nothing, `prompt` asks the sender to look at the recipient, `block` holds the send while the recipient
    is there. A group counts as large from `large_group_from` members. From `externals_visible_from` people outside who
    see each other's addresses, or `private_visible_from` with private ones, the sender is told of the hidden copy.
    """

    large_group_from: int = Field(ge=2)
    externals_visible_from: int = Field(ge=2)
    private_visible_from: int = Field(ge=2)
    verdicts: dict[Label, dict[RecipientVerdict, SendDecision]]
    concerns: dict[Label, dict[Concern, SendDecision]]


class Ground(_Table):
    """A ground the sender can state. Codes are the contract."""

    kind: Literal["personnummer", "sensitive", "photo"]
    code: str = Field(pattern=_CODE, max_length=60)
    text: str
    text_en: str


class Approval(_Table):
    """Who may let a flagged message be forwarded, and for how long a question and an answer stand.

    Whoever is one of `approvers` may decide, but nobody about a request of their own. `most_open` requests of one
    person may wait at once.
    """

    approvers: tuple[ApproverKind, ...] = Field(min_length=1)
    pending_hours: int = Field(ge=1, le=24 * 90)
    approved_hours: int = Field(ge=1, le=24 * 90)
    most_open: int = Field(ge=1, le=1000)


class InformationOwner(_Table):
    """Who answers for information: of a branch of activity, or of some categories. `account` is the id at sign-in."""

    id: str = Field(pattern=r"^[a-z0-9_-]+$")
    branch: str = ""
    categories: frozenset[Category] = frozenset()
    account: str = Field(min_length=1)
    address: str = Field(pattern=r"^[^@\s]+@[^@\s]+$", max_length=320)
    name: str = ""


class Reason(_Table):
    """A ground on which something secret may be disclosed (OSL). Codes are the contract."""

    code: DisclosureReason
    text: str
    text_en: str
    source: str


class Threads(_Table):
    """`model_texts` are texts that many mails have in common (a footer, a form letter): they tell no mail apart."""

    model_texts: tuple[str, ...] = ()


class Retention(_Table):
    """For how many days each kind of row is kept (M13). `request_addresses` are those of a request that has ended."""

    send_checks: int = Field(ge=1, le=36500)
    flagged_threads: int = Field(ge=1, le=36500)
    forward_requests: int = Field(ge=1, le=36500)
    request_addresses: int = Field(ge=0, le=36500)
    notices: int = Field(ge=1, le=36500)
    audit: int = Field(ge=1, le=36500)
    feedback: int = Field(ge=1, le=36500)
    habits: int = Field(ge=1, le=36500)


class Guideline(_Table):
    """A row of the guidelines: where a rule comes from."""

    id: str
    document: str
    section: str
    text: str


class PolicyFile(_Table):
    """A whole policy after `extends` has been followed."""

    id: str = Field(pattern=r"^[a-z0-9_-]+$")
    name: str
    version: str = Field(pattern=r"^[a-z0-9_.:+-]+$", max_length=64)
    thresholds: Thresholds
    label: tuple[LabelText, ...]
    aspects: dict[str, str]
    categories: dict[Category, CategoryText]
    level: tuple[LevelRule, ...]
    obligation: tuple[ObligationRule, ...]
    tip: tuple[Tip, ...]
    channel: tuple[Channel, ...]
    places: Places
    branch: tuple[Branch, ...] = ()
    recipients: RecipientTables
    ground: tuple[Ground, ...]
    reason: tuple[Reason, ...] = Field(min_length=1)
    approval: Approval
    information_owner: tuple[InformationOwner, ...] = ()
    threads: Threads = Threads()
    retention: Retention
    guideline: tuple[Guideline, ...]

"""What the product says of a draft."""

from dataclasses import dataclass, field

from backend.domain.finding import Finding
from backend.domain.label import Category, Label, SendDecision
from backend.domain.reason import LoweringStep, Reason
from backend.domain.recipient import DecidedRecipients
from backend.domain.threads import NO_STANDING, ThreadStanding


@dataclass(frozen=True, slots=True)
class Obligation:
    """Something the sender is asked to do. `decision` is what a send without it meets.

    `ground` says which kind of ground (personnummer, sensitive, photo) a `state_…` obligation asks for.
    """

    code: str
    met: bool
    text: str
    source: tuple[str, ...]
    decision: SendDecision
    ground: str | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """A draft's label with its reasons and what follows from it.

    `confidence` is the probability in 0–1 that the label is right as the model and rules see it. `sensitive` is the
    classifier's probability in 0–1 that the draft is sensitive at all, before rules and policy have their say. `reason`
    is why the label was given, empty for none; `summary` tells both in a sentence. `level_rule` is the id of the
    policy's rule that gave the label, empty for none. `facts` are the policy's words for what was found in the draft
    (never of recipients, its thread or what the sender stated). `thread` is what is known of the draft's thread, with
    why the draft counts as a forward. `elapsed_ms` is wall time in milliseconds.
    """

    id: str
    label: Label
    confidence: float
    sensitive: float
    categories: tuple[Category, ...]
    findings: tuple[Finding, ...]
    obligations: tuple[Obligation, ...]
    tips: tuple[str, ...]
    send_decision: SendDecision
    summary: str
    reason: str
    level_rule: str
    facts: frozenset[str]
    policy_id: str
    policy_version: str
    model_version: str
    encoder_version: str | None
    elapsed_ms: float
    reasons: tuple[Reason, ...] = ()
    lowering: tuple[LoweringStep, ...] = ()
    recipients: DecidedRecipients = field(default_factory=DecidedRecipients)
    thread: ThreadStanding = NO_STANDING

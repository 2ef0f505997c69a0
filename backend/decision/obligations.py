"""What the sender is asked to do, and what pressing Send does: both by the policy's tables."""

from collections.abc import Sequence

from backend.decision.policy import Policy
from backend.decision.policy_file import ObligationRule
from backend.domain.assessment import Obligation
from backend.domain.label import Label, SendDecision


def obligations_of(policy: Policy, facts: frozenset[str], label: Label) -> tuple[Obligation, ...]:
    """Obligations that the facts call for, met and unmet, in the policy's order. `label` fills the texts."""
    words = _words(policy, label)
    asked = [rule for rule in policy.rules.obligation if rule.when <= facts and not rule.unless & facts]
    return tuple(_obligation(rule, facts, words) for rule in asked)


def tips_of(policy: Policy, facts: frozenset[str]) -> tuple[str, ...]:
    """Friendly words that the facts call for."""
    return tuple(tip.text for tip in policy.rules.tip if tip.when <= facts and not tip.unless & facts)


def send_decision(obligations: Sequence[Obligation]) -> SendDecision:
    """The strictest decision among unmet obligations; allow when all are met."""
    unmet = [obligation.decision for obligation in obligations if not obligation.met]
    return max(unmet, key=lambda decision: decision.rank, default=SendDecision.ALLOW)


def _obligation(rule: ObligationRule, facts: frozenset[str], words: dict[str, str]) -> Obligation:
    decision = next((one.decision for one in rule.decisions if one.facts <= facts), SendDecision.BLOCK)
    return Obligation(
        code=rule.code,
        met=bool(rule.met_when & facts),
        text=rule.text.format_map(words),
        source=rule.source,
        decision=decision,
        ground=rule.ground,
    )


def _words(policy: Policy, label: Label) -> dict[str, str]:
    text = policy.label(label)
    channel = policy.channel(text.channel)
    meeting = next((one.name for one in policy.rules.channel if one.kind == "meeting"), "")
    return {
        "label": text.name,
        "channel": channel.name if channel else text.channel,
        "assurance": text.assurance,
        "meeting": meeting,
        "folder": policy.rules.places.folder,
    }

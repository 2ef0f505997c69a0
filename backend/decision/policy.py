"""Reads policies: `standard`, `motala`, `ronneby` or a municipality's own file, following `extends`."""

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

from pydantic import ValidationError

from backend.decision.facts import KNOWN_FACTS
from backend.decision.policy_file import CategoryText, Channel, Guideline, LabelText, PolicyFile
from backend.domain.errors import WrongPolicy
from backend.domain.forwarding import ApproverKind
from backend.domain.label import Category, Label
from backend.domain.recipient import Concern, RecipientVerdict

POLICY_FOLDER = Path(__file__).parent / "policies"
_DEEPEST = 5
_OUTLOOK = "outlook"
_WORDS = frozenset({"label", "channel", "assurance", "meeting", "folder"})
"""What an obligation's text may have in braces (see `obligations`)."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A checked policy. `version` ends with a digest of the content, so that two edits never share a version."""

    rules: PolicyFile
    version: str

    @property
    def id(self) -> str:
        """The policy's stable id."""
        return self.rules.id

    def label(self, label: Label) -> LabelText:
        """How `label` is shown."""
        return next(text for text in self.rules.label if text.id is label)

    def category(self, category: Category) -> CategoryText:
        """How `category` is shown."""
        return self.rules.categories[category]

    def channel(self, channel_id: str) -> Channel | None:
        """An approved platform by id; None for Outlook itself."""
        return next((channel for channel in self.rules.channel if channel.id == channel_id), None)

    def guidelines(self) -> dict[str, Guideline]:
        """Guideline rows by id."""
        return {row.id: row for row in self.rules.guideline}


def read_policy(name: str) -> Policy:
    """A policy by its id or by the path of a TOML file. Raises WrongPolicy with what to mend."""
    document = _read(name, depth=0)
    digest = hashlib.sha256(repr(sorted(document.items())).encode()).hexdigest()[:8]
    try:
        rules = PolicyFile.model_validate(document)
    except ValidationError as error:
        place = ", ".join(".".join(map(str, one["loc"])) + ": " + one["msg"] for one in error.errors()[:3])
        raise WrongPolicy("policy_invalid", place) from error
    _check(rules)
    return Policy(rules, f"{rules.version}+{digest}")


def _read(name: str, depth: int) -> dict[str, Any]:
    if depth > _DEEPEST:
        raise WrongPolicy("policy_invalid", f"extends: more than {_DEEPEST} steps, or in a ring")
    try:
        path = next(path for path in (POLICY_FOLDER / f"{name}.toml", Path(name)) if path.is_file())
        document = tomllib.loads(path.read_text("utf-8"))
    except StopIteration:
        raise WrongPolicy("policy_not_found", name) from None
    except (OSError, UnicodeDecodeError, RecursionError, tomllib.TOMLDecodeError) as error:
        raise WrongPolicy("policy_unreadable", f"{name}: {error}") from error
    base = document.pop("extends", "")
    if not isinstance(base, str):
        raise WrongPolicy("policy_invalid", "extends: the name or path of one policy")
    return _merged(_read(base, depth + 1), document) if base else document


def _merged(base: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Tables are merged key by key, lists of tables with ids row by row; anything else is replaced."""
    merged = dict(base)
    for key, value in changes.items():
        before = merged.get(key)
        if isinstance(value, dict) and isinstance(before, dict):
            merged[key] = _merged(before, value)
        elif _has_ids(value) and _has_ids(before):
            rows = {row["id"]: row for row in before or ()}
            for row in value:
                rows[row["id"]] = _merged(rows.get(row["id"], {}), row)
            merged[key] = list(rows.values())
        else:
            merged[key] = value
    return merged


def _has_ids(value: Any) -> bool:  # noqa: ANN401 - any TOML value
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(row, dict) and isinstance(row.get("id"), str) for row in value)
    )


def _check(rules: PolicyFile) -> None:
    """Refuses what the shape alone cannot: a missing label or category, or a name that stands for nothing."""
    problems = [*_missing(rules), *_strange_names(rules), *_strange_facts(rules), *_nobody_to_ask(rules)]
    if problems:
        raise WrongPolicy("policy_invalid", "; ".join(problems[:3]))


def _missing(rules: PolicyFile) -> Iterator[str]:
    if sorted(text.id for text in rules.label) != sorted(Label):
        yield "label: all three labels must be described, once each"
    if set(rules.categories) != set(Category):
        yield "categories: every category must be described"
    tables = rules.recipients
    for label in Label:
        if set(tables.verdicts.get(label, ())) != set(RecipientVerdict):
            yield f"recipients.verdicts.{label.value}: every verdict must have a decision"
        if set(tables.concerns.get(label, ())) != set(Concern):
            yield f"recipients.concerns.{label.value}: every concern must have a decision"


def _nobody_to_ask(rules: PolicyFile) -> Iterator[str]:
    """What would leave a request to forward without an answer, or with two meanings."""
    branches = {row.id for row in rules.branch}
    for owner in rules.information_owner:
        if owner.branch and owner.branch not in branches:
            yield f"information_owner.{owner.id}: no such branch: {owner.branch}"
        if not owner.branch and not owner.categories:
            yield f"information_owner.{owner.id}: of a branch or of categories"
    if set(rules.approval.approvers) == {ApproverKind.INFORMATION_OWNER} and not rules.information_owner:
        yield "approval.approvers: information_owner alone, and there is none"
    if len({reason.code for reason in rules.reason}) < len(rules.reason):
        yield "reason: the same code twice"
    if rules.retention.flagged_threads * 24 < rules.approval.pending_hours + rules.approval.approved_hours:
        yield "retention.flagged_threads: shorter than a request may take"


def _strange_names(rules: PolicyFile) -> Iterator[str]:
    """Channels, aspects, guideline rows and words in braces that are used and not there."""
    channels = {_OUTLOOK, *(channel.id for channel in rules.channel)}
    yield from (f"no channel {text.channel}" for text in rules.label if text.channel not in channels)
    aspects = {aspect for text in rules.label for aspect in text.classification}
    yield from (f"no aspect {aspect}" for aspect in sorted(aspects - set(rules.aspects)))
    rows = {row.id for row in rules.guideline}
    sources = [rule.source for rule in rules.level] + [rule.source for rule in rules.obligation]
    yield from (f"no guideline row {one}" for source in sources for one in source if one not in rows)
    for obligation in rules.obligation:
        yield from (f"{obligation.code}: {fault}" for fault in _faults_of_text(obligation.text))


def _faults_of_text(text: str) -> Iterator[str]:
    try:
        for _, word, form, conversion in Formatter().parse(text):
            if word is not None and (word not in _WORDS or form or conversion):
                yield f"no word {{{word}}}"
    except ValueError as error:
        yield str(error)


def _strange_facts(rules: PolicyFile) -> Iterator[str]:
    used: set[str] = set()
    for level in rules.level:
        used |= level.facts
    for obligation in rules.obligation:
        used |= obligation.when | obligation.unless | obligation.met_when
        used |= {fact for decision in obligation.decisions for fact in decision.facts}
    for tip in rules.tip:
        used |= tip.when | tip.unless
    yield from (f"unknown fact: {fact}" for fact in sorted(used - KNOWN_FACTS))

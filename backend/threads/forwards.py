"""What counts as a forward. Pure rules: what is known of a draft and of the threads it belongs to goes in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from backend.domain.draft import ComposeType
from backend.domain.label import Label
from backend.domain.threads import MarkKind, Signal
from backend.threads.matching import Likeness
from backend.threads.subject_prefix import Prefix

_FROM_OUTLOOK: Final = frozenset({MarkKind.CONVERSATION, MarkKind.MESSAGE})


@dataclass(frozen=True, slots=True)
class Belonging:
    """How a draft belongs to one flagged thread.

    `found_by` are the marks that lead to it, `attached` that those of an attached mail do, `content` how the draft's
    text is like its own, with `shared` fingerprints that agree. `outsiders`: some recipient does not take part in it.
    `known` says that its participants are known at all: of threads from before they were kept they are not.
    """

    thread: str
    label: Label
    found_by: frozenset[MarkKind] = frozenset()
    attached: bool = False
    content: Likeness | None = None
    shared: int = 0
    outsiders: bool = False
    known: bool = True

    @property
    def is_same_draft(self) -> bool:
        """Whether the thread began with this very draft, which is checked again.

        The same session is enough. The same text by the same person is, while nobody new gets it.
        """
        return MarkKind.SESSION in self.found_by or (MarkKind.DRAFT in self.found_by and self.all_take_part)

    @property
    def is_of_it(self) -> bool:
        """Whether the draft belongs to the thread for certain, and does not only look like it."""
        return bool(self.found_by) or self.attached or self.content is Likeness.SAME

    @property
    def by_outlook(self) -> bool:
        """Whether Outlook's own ids lead to it."""
        return bool(self.found_by & _FROM_OUTLOOK)

    @property
    def joins(self) -> bool:
        """Whether a send of the draft is part of the thread: by its ids, or by its text while nobody new gets it."""
        return bool(self.found_by) or (self.content is Likeness.SAME and self.all_take_part)

    @property
    def all_take_part(self) -> bool:
        """Whether every recipient surely takes part."""
        return self.known and not self.outsiders


@dataclass(frozen=True, slots=True)
class Appearance:
    """What the draft itself shows. Outlook says `NEW` of a draft also where it does not know."""

    compose_type: ComposeType
    prefix: Prefix
    labelled: bool
    attached_mail: bool = False


def forward_signals(draft: Appearance, belongings: Sequence[Belonging]) -> frozenset[Signal]:
    """Why the draft counts as a forward; empty where it does not. What is no thread's has signs of its own only."""
    leading = _leading(belongings)
    of_threads = (one for each in belongings for one in _signals_of(draft, each, leads=each.thread == leading))
    return frozenset([*_own_signals(draft), *of_threads])


def _leading(belongings: Sequence[Belonging]) -> str:
    """Where no id of Outlook's leads anywhere, the thread that the draft has most of; else none."""
    if any(one.by_outlook for one in belongings):
        return ""
    by_text = [one for one in belongings if one.content is not None]
    return max(by_text, key=lambda one: one.shared).thread if by_text else ""


def _own_signals(draft: Appearance) -> Iterator[Signal]:
    if draft.compose_type is ComposeType.FORWARD:
        yield Signal.COMPOSE_TYPE
    if draft.prefix is Prefix.FORWARD:
        yield Signal.SUBJECT_PREFIX
    if draft.labelled and draft.attached_mail:
        yield Signal.ATTACHED_ITEM


def _signals_of(draft: Appearance, thread: Belonging, *, leads: bool) -> Iterator[Signal]:
    if thread.attached:
        yield Signal.ATTACHED_ITEM
    if thread.is_same_draft:
        return
    is_reply = draft.compose_type is ComposeType.REPLY
    is_unknown = draft.compose_type is ComposeType.NEW
    # Form letters have sentences in common: only the thread that is answered tells who is new in it.
    is_answered = thread.is_of_it or (leads and thread.content is Likeness.PASSAGE)
    if is_answered and thread.outsiders and thread.known and (is_reply or draft.prefix is Prefix.REPLY):
        yield Signal.NEW_RECIPIENT
    if is_unknown and not (draft.prefix is Prefix.REPLY and thread.all_take_part):
        yield from _of_content(draft, thread)
        if thread.by_outlook:
            yield Signal.UNKNOWN_TYPE


def _of_content(draft: Appearance, thread: Belonging) -> Iterator[Signal]:
    if thread.content is Likeness.SAME or MarkKind.DRAFT in thread.found_by:
        yield Signal.CONTENT
    elif thread.content is Likeness.PASSAGE:
        yield Signal.PASSAGE
        if draft.labelled:
            yield Signal.CONTENT
    elif thread.content is Likeness.SIMILAR:
        yield Signal.SIMILAR

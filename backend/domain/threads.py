"""Flagged threads: what is remembered of them, and what a draft shows of belonging to one. Keyed hashes, no text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from backend.domain.label import Label


class MarkKind(StrEnum):
    """What a thread is known by beside its content."""

    CONVERSATION = "conversation"
    MESSAGE = "message"
    """An internet message id (RFC 5322)."""
    SESSION = "session"
    """The compose session that registered it: the same draft, checked again, is no forward of itself."""
    DRAFT = "draft"
    """A draft of exactly this content by this sender."""


class Signal(StrEnum):
    """Why a draft counts as a forward. Codes are the contract."""

    COMPOSE_TYPE = "compose_type"
    SUBJECT_PREFIX = "subject_prefix"
    ATTACHED_ITEM = "attached_item"
    NEW_RECIPIENT = "new_recipient"
    CONTENT = "content"
    UNKNOWN_TYPE = "unknown_type"
    PASSAGE = "passage"
    """Some sentences of a flagged text. By itself no forward: the draft says nothing sensitive."""
    SIMILAR = "similar"
    """Much like a flagged text, and to all appearance about somebody else: a form letter. By itself no forward."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A keyed hash (64 hex digits) that a thread is found by."""

    kind: MarkKind
    key: str


@dataclass(frozen=True, slots=True)
class Print:
    """One content fingerprint: a keyed hash as a signed 64-bit number.

    `particular` says that the words it was made of name somebody or something (a name, a number): what tells one
    letter from another that was written after the same model.
    """

    value: int
    particular: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """The fingerprints of a stretch of a message, a few kept of all it has."""

    prints: tuple[Print, ...]


@dataclass(frozen=True, slots=True)
class BlockMatch:
    """How much of a registered block a draft shows: fingerprints shared and kept, and the particular ones of both."""

    thread: str
    block: int
    shared: int
    kept: int
    shared_particular: int
    kept_particular: int


@dataclass(frozen=True, slots=True)
class FlaggedThread:
    """A registered thread. `id` is 32 random hex digits; `found_by` the kinds of marks that led to it."""

    id: str
    label: Label
    found_by: frozenset[MarkKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Registration:
    """What a send leaves in the register. `thread` is a new id or a registered one, whose label only rises.

    `participants` are keyed hashes (64 hex digits) of mailboxes that mean nothing in another thread.
    """

    thread: str
    label: Label
    at: datetime
    marks: tuple[Mark, ...] = ()
    blocks: tuple[Block, ...] = ()
    participants: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ThreadStanding:
    """What is known of a draft's thread: `label` is NONE where it is not flagged. `threads` are the flagged ones' ids.

    `signals` say why it counts as a forward; empty where it does not. `unread`: it carries a mail whose text is not
    known, so that nobody can tell what thread that is of. Of `threads` the draft is part of `joins`, and holds the text
    of `texts`.
    """

    label: Label = Label.NONE
    threads: tuple[str, ...] = ()
    signals: frozenset[Signal] = frozenset()
    unread: bool = False
    joins: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def flagged(self) -> bool:
        """Whether any thread that the draft belongs to is flagged."""
        return bool(self.threads)

    @property
    def is_forward(self) -> bool:
        """Whether the draft counts as a forward."""
        return bool(self.signals - {Signal.PASSAGE, Signal.SIMILAR})

    @property
    def resembles(self) -> bool:
        """Whether it is no forward, and yet has something of a flagged text."""
        return bool(self.signals) and not self.is_forward


@dataclass(frozen=True, slots=True)
class DraftTraces:
    """What a draft can be recognised by. `prints` are all its fingerprints, `blocks` those to keep of it.

    `marks` lead to threads; `attached` are the marks of mails that it carries as attachments, `unread` says that the
    text of some of these is not known.
    """

    marks: tuple[Mark, ...] = ()
    attached: tuple[Mark, ...] = ()
    prints: frozenset[int] = frozenset()
    blocks: tuple[Block, ...] = field(default=())
    unread: bool = False


class ThreadRegister(Protocol):
    """The register of one tenant inside one transaction."""

    def by_marks(self, marks: Sequence[Mark]) -> Sequence[FlaggedThread]:
        """The threads that any of the marks leads to, strictest label first."""

    def by_content(self, prints: Sequence[int], least: int) -> Sequence[BlockMatch]:
        """The blocks that share at least `least` fingerprints with these. Fingerprints of many threads do not count."""

    def threads(self, ids: Sequence[str]) -> Sequence[FlaggedThread]:
        """The threads of these ids."""

    def participants(self, thread: str) -> frozenset[str]:
        """Keyed hashes of whoever takes part in a thread already."""

    def register(self, registration: Registration) -> None:
        """Keeps a thread, or what is new of one; what is there stays. A label is only ever made stricter."""


NO_STANDING = ThreadStanding()
NO_TRACES = DraftTraces()

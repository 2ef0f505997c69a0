"""Which flagged threads a draft belongs to, whether it is a forward, and what its send leaves in the register."""

import hmac
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from backend.domain.draft import Draft, Mailbox
from backend.domain.label import Label
from backend.domain.part import Part
from backend.domain.person import Person
from backend.domain.threads import (
    DraftTraces,
    FlaggedThread,
    Mark,
    MarkKind,
    Registration,
    ThreadRegister,
    ThreadStanding,
)
from backend.threads.fingerprints import Fingerprints
from backend.threads.forwards import Belonging, forward_signals
from backend.threads.matching import LEAST_OF_BLOCK, Likeness, matched_threads
from backend.workflow.attached_mails import attached_mails
from backend.workflow.own_signs import appearance_of
from backend.workflow.record_keys import RecordKeys

_MOST_THREADS: Final = 50
"""That a draft is weighed against, those that its marks lead to first."""
_OF_THIS_DRAFT: Final = frozenset({MarkKind.SESSION, MarkKind.DRAFT})
_THREAD_ID_BYTES: Final = 16
_LOWEST: Final = Label.KANSLIG
"""Raises no flagged thread's label."""


@dataclass(frozen=True, slots=True)
class LabelledSend:
    """A draft that may go out, with the label that holds. `at` is an aware UTC time. `approved`: as a forward."""

    draft: Draft
    person: Person
    label: Label
    at: datetime
    approved: bool = False


class ThreadWatch:
    """Traces, standing and registrations of drafts. `forward_prefixes` and `model_texts` are the policy's."""

    def __init__(self, keys: RecordKeys, forward_prefixes: Iterable[str], model_texts: Sequence[str] = ()) -> None:
        self._keys = keys
        self._prefixes = frozenset(forward_prefixes)
        self._model_texts = tuple(model_texts)
        self._of_tenant: dict[str, Fingerprints] = {}

    def traces(self, draft: Draft, parts: Sequence[Part], person: Person, digest: str) -> DraftTraces:
        """What the draft can be recognised by, and what is kept of it. `digest` is the draft's (`VerdictSigner`)."""
        mails = list(attached_mails(draft))
        marks = [self._outlook_marks(person, mail.conversation_id, mail.message_ids) for mail in mails]
        attached = dict.fromkeys(mark for each in marks for mark in each)
        texts = [*parts, *(part for mail in mails for part in mail.parts)]
        prints, blocks = self._fingerprints(person.tenant).of(texts)
        unread = any(mail.unread for mail in mails)
        return DraftTraces(tuple(self._marks(draft, person, digest)), tuple(attached), prints, blocks, unread)

    def standing(
        self, register: ThreadRegister, traces: DraftTraces, draft: Draft, person: Person, *, labelled: bool
    ) -> ThreadStanding:
        """The threads that the draft belongs to, and why it counts as a forward. `labelled`: by itself."""
        belongings = self._belongings(register, traces, draft, person)
        appearance = appearance_of(draft, self._prefixes, labelled=labelled)
        of_it = [one for one in belongings if one.is_of_it]
        return ThreadStanding(
            label=max((one.label for one in of_it), key=lambda label: label.rank, default=Label.NONE),
            threads=tuple(one.thread for one in of_it),
            signals=forward_signals(appearance, belongings),
            unread=traces.unread,
            joins=tuple(one.thread for one in of_it if one.joins),
            texts=tuple(one.thread for one in of_it if one.content is Likeness.SAME),
        )

    def registrations(
        self, standing: ThreadStanding, traces: DraftTraces, send: LabelledSend
    ) -> tuple[Registration, ...]:
        """What a send with a label leaves, to be registered in this order. What is part of a thread joins it.

        What only has a thread's text joins it when somebody has approved that: else its recipients would take part in
        the thread of another, for two form letters can look alike.
        A thread of its own is known by the draft itself too. One that was there before is not: a recipient who is added
        to a checked draft afterwards is to be seen.
        """
        label, at = send.label, send.at
        joins = dict.fromkeys([*standing.joins, *(standing.texts if send.approved else ())])
        if not joins:
            thread = secrets.token_hex(_THREAD_ID_BYTES)
            return (Registration(thread, label, at, traces.marks, traces.blocks, self._take_part(thread, send)),)
        first, *others = joins
        marks = tuple(mark for mark in traces.marks if mark.kind not in _OF_THIS_DRAFT)
        joined = [
            Registration(first, label, at, marks, traces.blocks, self._take_part(first, send)),
            # These have their text already; whoever gets it now takes part in them as well.
            *(Registration(one, _LOWEST, at, participants=self._take_part(one, send)) for one in others),
        ]
        # In one order, so that no two sends wait for each other's threads.
        return tuple(sorted(joined, key=lambda one: one.thread))

    def _take_part(self, thread: str, send: LabelledSend) -> frozenset[str]:
        # A shared mailbox that somebody sends from takes part too: answers go there.
        addresses = {one.mailbox.key for one in send.draft.recipients} | _own(send.draft, send.person)
        if send.draft.sender is not None and send.draft.sender.key:
            addresses.add(send.draft.sender.key)
        return self._participants(send.person.tenant, thread, addresses)

    def _belongings(
        self, register: ThreadRegister, traces: DraftTraces, draft: Draft, person: Person
    ) -> list[Belonging]:
        marked = {one.id: one for one in register.by_marks(traces.marks)}
        attached = {one.id: one for one in register.by_marks(traces.attached)}
        matches = matched_threads(register.by_content(sorted(traces.prints), LEAST_OF_BLOCK))
        content = {one.thread: one for one in matches}
        known = marked | {one: attached[one] for one in attached if one not in marked}
        ids = list(dict.fromkeys([*_own_first(marked.values()), *attached, *content]))[:_MOST_THREADS]
        known |= {one.id: one for one in register.threads([one for one in ids if one not in known])}
        recipients = {one.mailbox.key for one in draft.recipients} - _own(draft, person)
        found = []
        for thread in (known[one] for one in ids if one in known):
            takes_part = register.participants(thread.id)
            gets_it = self._participants(person.tenant, thread.id, recipients)
            found.append(
                Belonging(
                    thread=thread.id,
                    label=thread.label,
                    found_by=marked[thread.id].found_by if thread.id in marked else frozenset(),
                    attached=thread.id in attached,
                    content=content[thread.id].likeness if thread.id in content else None,
                    shared=content[thread.id].shared if thread.id in content else 0,
                    outsiders=not gets_it <= takes_part,
                    known=bool(takes_part),
                )
            )
        return found

    def _marks(self, draft: Draft, person: Person, digest: str) -> Iterator[Mark]:
        yield from self._outlook_marks(person, draft.conversation_id, [draft.in_reply_to or ""])
        actor = self._keys.actor(person.tenant, person.id)
        if draft.session:
            yield self._keys.session(person.tenant, actor, draft.session)
        yield self._keys.draft(person.tenant, actor, digest)

    def _outlook_marks(self, person: Person, conversation: str | None, message_ids: Iterable[str]) -> Iterator[Mark]:
        if conversation:
            yield self._keys.conversation(person.tenant, conversation)
        # Some clients leave the angle brackets out.
        for bare in (one.strip().removeprefix("<").removesuffix(">") for one in message_ids):
            if bare:
                yield self._keys.message(person.tenant, f"<{bare}>")

    def _participants(self, tenant: str, thread: str, mailboxes: Iterable[str]) -> frozenset[str]:
        return frozenset(self._keys.participant(tenant, thread, one) for one in mailboxes)

    def _fingerprints(self, tenant: str) -> Fingerprints:
        if tenant not in self._of_tenant:
            key = hmac.digest(self._keys.prints, tenant.encode(), "sha256")
            self._of_tenant[tenant] = Fingerprints(key, self._model_texts)
        return self._of_tenant[tenant]


def _own(draft: Draft, person: Person) -> set[str]:
    """The address of whoever sends: what is written to oneself goes to nobody.

    What the draft calls its sender is not believed, but where the sign-in tells no address.
    """
    address = person.address if person.address.strip() or draft.sender is None else draft.sender.address
    return {Mailbox(address).key} if address.strip() else set()


def _own_first(threads: Iterable[FlaggedThread]) -> list[str]:
    """The draft's own thread before those that it answers."""
    return [one.id for one in sorted(threads, key=lambda one: not one.found_by & _OF_THIS_DRAFT)]

"""Who each recipient turns out to be: what the directory said, and what the address itself tells.

Nothing is called verified that the directory did not vouch for in this very answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backend.domain.directory import DirectoryAnswer, DirectoryEntry, EntryKind, NotTold
from backend.domain.draft import Mailbox, Recipient, RecipientRole
from backend.domain.recipient import (
    Branch,
    Concern,
    Doubt,
    JudgedRecipient,
    JudgedRecipients,
    RecipientVerdict,
)
from backend.recipients import addresses
from backend.recipients.addresses import Address
from backend.recipients.branches import Branches
from backend.recipients.lookalikes import Lookalikes
from backend.recipients.own_address import is_own_private

_HIDDEN = RecipientRole.BCC
_OUTSIDERS = frozenset({RecipientVerdict.EXTERNAL, RecipientVerdict.PRIVATE, RecipientVerdict.LOOKALIKE})
_MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges recipients for one municipality. Immutable and without I/O: one serves a whole process."""

    own: frozenset[str]
    private: frozenset[str]
    lookalikes: Lookalikes
    branches: Branches
    large_group_from: int
    externals_visible_from: int

    def judge(
        self, recipients: Sequence[Recipient], answer: DirectoryAnswer, sender: Mailbox | None
    ) -> JudgedRecipients:
        """One judgement for each recipient, in order, and doubts about all. `answer` covers the sender's key, too."""
        sending = answer.entries.get(sender.key) if sender else None
        border = self.branches.of(sending)
        each = tuple(self._judged(one, answer, border, sender, sending) for one in recipients)
        return JudgedRecipients(each, tuple(self._of_all(each)))

    def questions(self, recipients: Sequence[Recipient], sender: Mailbox | None) -> list[str]:
        """Keys to ask the directory about: every address, and the one that a lookalike may have been meant for."""
        mailboxes = [one.mailbox for one in recipients]
        keys = [one.key for one in ([*mailboxes, sender] if sender else mailboxes)]
        read = {key: address for key in dict.fromkeys(keys) if (address := addresses.read(key)) is not None}
        mended = (self._mended(one) for one in read.values())
        return list(dict.fromkeys([*read, *filter(None, mended)]))

    def _mended(self, address: Address) -> str:
        """The same person's address at the own domain that this one resembles; else empty."""
        if self._is_own(address) or address.domain in self.private:
            return ""
        alike = self.lookalikes.resembled(address.domain)
        return f"{address.local}@{alike.domain}" if alike and alike.domain in self.own else ""

    def _judged(
        self,
        recipient: Recipient,
        answer: DirectoryAnswer,
        border: Branch | None,
        sender: Mailbox | None,
        sending: DirectoryEntry | None,
    ) -> JudgedRecipient:
        key = recipient.mailbox.key
        address = addresses.read(key)
        if address is None:
            return JudgedRecipient(recipient, RecipientVerdict.UNVERIFIABLE, NotTold.NOT_AN_ADDRESS)
        entry = answer.entries.get(key)
        if entry is not None:
            return self._found(recipient, entry, address, answer.near.get(key, ()), border)
        judged = self._not_found(recipient, address, answer)
        if judged.verdict is RecipientVerdict.PRIVATE and sender and is_own_private(address.local, sender, sending):
            return _with(judged, Doubt(Concern.OWN_PRIVATE_ADDRESS))
        return judged

    def _found(
        self,
        recipient: Recipient,
        entry: DirectoryEntry,
        address: Address,
        near: Sequence[DirectoryEntry],
        border: Branch | None,
    ) -> JudgedRecipient:
        branch = self.branches.of(entry)
        verdict = self._verdict(entry, address, branch, border)
        doubts = [*self._group_doubts(entry), *_tips(entry)]
        others = tuple(one for one in near if one.id != entry.id and one.kind is EntryKind.PERSON)
        if others and entry.kind is EntryKind.PERSON:
            doubts.append(Doubt(Concern.NAMESAKE, {"names": _named(others)}))
        return JudgedRecipient(
            recipient=recipient,
            verdict=verdict,
            entry=entry,
            doubts=tuple(doubts),
            committee=branch.committee if branch else "",
            branch=branch.name if branch else "",
            organisation="" if address.domain in self.own else self.lookalikes.organisation(address.domain),
            meant=others,
        )

    def _verdict(
        self, entry: DirectoryEntry, address: Address, branch: Branch | None, border: Branch | None
    ) -> RecipientVerdict:
        if not entry.enabled and entry.kind is EntryKind.PERSON:
            return RecipientVerdict.DISABLED
        if entry.guest or entry.kind is EntryKind.CONTACT or not self._is_own(address):
            return RecipientVerdict.PRIVATE if address.domain in self.private else RecipientVerdict.EXTERNAL
        if entry.kind is EntryKind.GROUP:
            return RecipientVerdict.GROUP
        crosses = branch is not None and border is not None and branch.id != border.id
        return RecipientVerdict.OTHER_UNIT if crosses else RecipientVerdict.VERIFIED

    def _not_found(self, recipient: Recipient, address: Address, answer: DirectoryAnswer) -> JudgedRecipient:
        key = recipient.mailbox.key
        if self._is_own(address) or not self.own:
            if key in answer.absent and self.own:
                return JudgedRecipient(recipient, RecipientVerdict.UNKNOWN, meant=tuple(answer.near.get(key, ())))
            reason = answer.not_told.get(key, NotTold.NO_DIRECTORY)
            return JudgedRecipient(recipient, RecipientVerdict.UNVERIFIABLE, reason)
        if address.domain in self.private:
            return JudgedRecipient(recipient, RecipientVerdict.PRIVATE)
        alike = self.lookalikes.resembled(address.domain)
        if alike is not None:
            mended = self._mended(address)
            meant = answer.entries.get(mended)
            near = (meant,) if meant else tuple(answer.near.get(mended, ()))
            return JudgedRecipient(recipient, RecipientVerdict.LOOKALIKE, resembles=alike.domain, meant=near)
        organisation = self.lookalikes.organisation(address.domain)
        return JudgedRecipient(recipient, RecipientVerdict.EXTERNAL, organisation=organisation)

    def _is_own(self, address: Address) -> bool:
        return address.domain in self.own or any(address.domain.endswith(f".{one}") for one in self.own)

    def _group_doubts(self, entry: DirectoryEntry) -> Iterator[Doubt]:
        if entry.kind is not EntryKind.GROUP:
            return
        members = entry.members
        if members is None or members.count is None or members.external is None:
            yield Doubt(Concern.MEMBERS_UNKNOWN)
        if members is not None and members.external:
            names = ", ".join(members.external_names[:_MOST_NAMES]) or str(members.external)
            yield Doubt(Concern.EXTERNAL_MEMBERS, {"names": names})
        if members is not None and (members.count or 0) >= self.large_group_from:
            yield Doubt(Concern.LARGE_GROUP, {"count": f"{'≥ ' if members.at_least else ''}{members.count}"})

    def _of_all(self, each: Sequence[JudgedRecipient]) -> Iterator[Doubt]:
        visible = {one.key for one in each if one.verdict in _OUTSIDERS and one.recipient.role is not _HIDDEN}
        if len(visible) >= self.externals_visible_from:
            yield Doubt(Concern.EXTERNALS_SEE_EACH_OTHER, {"count": str(len(visible))})


def _with(judged: JudgedRecipient, doubt: Doubt) -> JudgedRecipient:
    return JudgedRecipient(judged.recipient, judged.verdict, doubts=(*judged.doubts, doubt))


def _tips(entry: DirectoryEntry) -> Iterator[Doubt]:
    tips = entry.tips
    if tips.automatic_reply:
        yield Doubt(Concern.AUTOMATIC_REPLY)
    if tips.mailbox_full:
        yield Doubt(Concern.MAILBOX_FULL)
    if tips.moderated:
        yield Doubt(Concern.MODERATED)


def _named(others: Sequence[DirectoryEntry]) -> str:
    return ", ".join(describe(one) for one in others[:_MOST_NAMES])


def describe(entry: DirectoryEntry) -> str:
    """A name with what tells it from its namesake's: "Anna Berg (Miljöförvaltningen)"."""
    unit = entry.department or entry.title or entry.address
    return f"{entry.name or entry.address} ({unit})"

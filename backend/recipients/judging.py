"""Who each recipient turns out to be: what the directory said, and what the address itself tells.

Nothing is called verified that the directory did not vouch for in this very answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
from backend.recipients.entry_doubts import describe, doubts_of, other_units
from backend.recipients.greeting import is_functional
from backend.recipients.lookalikes import Lookalikes
from backend.recipients.own_address import is_own_private
from backend.recipients.plain_letters import without_marks

_HIDDEN = RecipientRole.BCC
_OUTSIDERS = frozenset({RecipientVerdict.EXTERNAL, RecipientVerdict.PRIVATE, RecipientVerdict.LOOKALIKE})
_MOST_SOUGHT = 20
"""Outsiders for whom a colleague of the same name is sought."""
_MOST_OWN = 2
"""Own domains in which one is sought."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the directory said, and of the sender: the entry and the branch, where it told them."""

    answer: DirectoryAnswer
    sender: Mailbox | None
    sending: DirectoryEntry | None
    border: Branch | None


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges recipients for one municipality. Immutable and without I/O: one serves a whole process."""

    own: frozenset[str]
    private: frozenset[str]
    lookalikes: Lookalikes
    branches: Branches
    large_group_from: int
    externals_visible_from: int
    private_visible_from: int

    def judge(
        self, recipients: Sequence[Recipient], answer: DirectoryAnswer, sender: Mailbox | None
    ) -> JudgedRecipients:
        """One judgement for each recipient, in order, and doubts about all. `answer` covers the sender's key, too."""
        sending = answer.entries.get(sender.key) if sender else None
        asked = _Asked(answer, sender, sending, self.branches.of(sending))
        each = tuple(self._judged(one, asked) for one in recipients)
        return JudgedRecipients(each, tuple(self._of_all(each)))

    def questions(self, recipients: Sequence[Recipient], sender: Mailbox | None) -> list[str]:
        """Keys to ask the directory about: every address, and the one that a lookalike may have been meant for."""
        mailboxes = [one.mailbox for one in recipients]
        # The sender first: where only some can be asked, the border is still known.
        keys = [one.key for one in ([sender, *mailboxes] if sender else mailboxes)]
        read = {key: address for key in dict.fromkeys(keys) if (address := addresses.read(key)) is not None}
        mended = (self._mended(one) for one in read.values())
        outside = [one for one in mailboxes if one.key in read and not self._is_own(read[one.key])]
        colleagues = (key for one in outside[:_MOST_SOUGHT] for key in self._colleague_keys(one))
        return list(dict.fromkeys([*read, *filter(None, mended), *colleagues]))

    def _mended(self, address: Address) -> str:
        """The same person's address at the own domain that this one resembles; else empty."""
        if self._is_own(address) or address.domain in self.private:
            return ""
        resembles = self._resembled(address)
        return f"{address.local}@{resembles}" if resembles in self.own else ""

    def _colleague_keys(self, mailbox: Mailbox) -> list[str]:
        """Own addresses of somebody of the same name: by what stands before the @, and by the name shown."""
        locals_ = (mailbox.key.rpartition("@")[0], ".".join(without_marks(mailbox.name).split()))
        full = [local for local in dict.fromkeys(locals_) if "." in local and local.replace(".", "").isalpha()]
        return [f"{local}@{domain}" for local in full for domain in sorted(self.own)[:_MOST_OWN]]

    def _judged(self, recipient: Recipient, asked: _Asked) -> JudgedRecipient:
        key = recipient.mailbox.key
        address = addresses.read(key)
        if address is None:
            return JudgedRecipient(recipient, RecipientVerdict.UNVERIFIABLE, NotTold.NOT_AN_ADDRESS)
        entry = asked.answer.entries.get(key)
        if entry is not None:
            disguised = self._disguised(recipient, address, entry)
            return disguised or self._found(recipient, entry, address, asked)
        judged, sender = self._not_found(recipient, address, asked.answer), asked.sender
        if (
            judged.verdict is RecipientVerdict.PRIVATE
            and sender
            and is_own_private(address.local, sender, asked.sending)
        ):
            return replace(judged, doubts=(*judged.doubts, Doubt(Concern.OWN_PRIVATE_ADDRESS)))
        return self._with_colleague(judged, asked)

    def _disguised(self, recipient: Recipient, address: Address, entry: DirectoryEntry) -> JudgedRecipient | None:
        """An entry at an address that is not what it seems."""
        if address.disguised:
            # The machine reads it as ours, but nobody types such letters.
            return JudgedRecipient(recipient, RecipientVerdict.LOOKALIKE, resembles=address.domain, meant=(entry,))
        resembles = "" if self._is_own(address) else self._resembled(address)
        if resembles:
            # Anybody can have a guest invited: standing in the address book does not make a lookalike a partner.
            return JudgedRecipient(recipient, RecipientVerdict.LOOKALIKE, resembles=resembles)
        return None

    def _border_not_told(self, entry: DirectoryEntry, asked: _Asked) -> NotTold | None:
        """Why the directory could not say where the sender works: then no border was looked at. None where it could."""
        reason = asked.answer.not_told.get(asked.sender.key) if asked.sender else None
        return None if reason is NotTold.NOT_AN_ADDRESS or self.branches.of(entry) is None else reason

    def _with_colleague(self, judged: JudgedRecipient, asked: _Asked) -> JudgedRecipient:
        """The commonest slip of all, and an impostor's trick: a colleague's name at somebody else's domain."""
        if judged.verdict not in (RecipientVerdict.EXTERNAL, RecipientVerdict.PRIVATE):
            return judged
        found = (asked.answer.entries.get(key) for key in self._colleague_keys(judged.recipient.mailbox))
        same = next((one for one in found if one and one.kind is EntryKind.PERSON and not one.guest), None)
        if same is None or (asked.sending is not None and same.id == asked.sending.id):
            return judged
        doubt = Doubt(Concern.COLLEAGUE_ELSEWHERE, {"names": describe(same)})
        return replace(judged, doubts=(*judged.doubts, doubt), meant=(same,))

    def _found(self, recipient: Recipient, entry: DirectoryEntry, address: Address, asked: _Asked) -> JudgedRecipient:
        not_told = self._border_not_told(entry, asked)
        if not_told is not None:
            return JudgedRecipient(recipient, RecipientVerdict.UNVERIFIABLE, not_told)
        near = asked.answer.near.get(recipient.mailbox.key, ())
        branch = self.branches.of(entry)
        verdict = self._verdict(entry, address, branch, asked.border)
        others = tuple(one for one in near if one.id != entry.id and one.kind is EntryKind.PERSON)
        return JudgedRecipient(
            recipient=recipient,
            verdict=verdict,
            entry=entry,
            doubts=(
                *doubts_of(entry, others, self.large_group_from),
                *other_units(entry, asked.border, self.branches),
            ),
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
        # An alias of ours may lead to a mailbox that is not: the mail goes there.
        lands = addresses.read(Mailbox(entry.address).key) or address
        if entry.guest or entry.kind is EntryKind.CONTACT or not (self._is_own(address) and self._is_own(lands)):
            private = self.private & {address.domain, lands.domain}
            return RecipientVerdict.PRIVATE if private else RecipientVerdict.EXTERNAL
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
        resembles = self._resembled(address)
        if resembles:
            mended = self._mended(address)
            meant = answer.entries.get(mended)
            near = (meant,) if meant else tuple(answer.near.get(mended, ()))
            return JudgedRecipient(recipient, RecipientVerdict.LOOKALIKE, resembles=resembles, meant=near)
        if "." not in address.domain and not address.domain.startswith("["):
            return JudgedRecipient(recipient, RecipientVerdict.UNVERIFIABLE, NotTold.NOT_AN_ADDRESS)
        organisation = self.lookalikes.organisation(address.domain)
        return JudgedRecipient(recipient, RecipientVerdict.EXTERNAL, organisation=organisation)

    def _resembled(self, address: Address) -> str:
        """The domain that the address's is taken for: also by one that was cut off ("anna@granvik"); else empty."""
        if "." not in address.domain:
            return next((one for one in sorted(self.own) if one.partition(".")[0] == address.domain), "")
        alike = self.lookalikes.resembled(address.domain)
        return alike.domain if alike else ""

    def _is_own(self, address: Address) -> bool:
        return address.domain in self.own or any(address.domain.endswith(f".{one}") for one in self.own)

    def _of_all(self, each: Sequence[JudgedRecipient]) -> Iterator[Doubt]:
        seen = [one for one in each if one.verdict in _OUTSIDERS and one.recipient.role is not _HIDDEN]
        # Authorities, and mailboxes that are nobody's own, have no address to hide.
        visible = {one.key for one in seen if not one.organisation and not is_functional(one.key)}
        private = {one.key for one in seen if one.verdict is RecipientVerdict.PRIVATE}
        if len(visible) >= self.externals_visible_from or len(private) >= self.private_visible_from:
            yield Doubt(Concern.EXTERNALS_SEE_EACH_OTHER, {"count": str(len(visible | private))})

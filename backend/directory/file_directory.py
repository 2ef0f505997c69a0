"""A directory from a list of people: the embedded default, and what the demonstration uses."""

from collections.abc import Sequence

from backend.domain.draft import Mailbox
from backend.domain.recipient import RecipientVerdict


class FileDirectory:
    """Knows the municipality's own domains and the addresses in them. Addresses are compared without case."""

    def __init__(self, addresses: Sequence[str], private_domains: Sequence[str]) -> None:
        self._addresses = frozenset(address.lower() for address in addresses)
        self._domains = frozenset(address.rpartition("@")[2] for address in self._addresses)
        self._private = frozenset(domain.lower() for domain in private_domains)

    def verify(self, mailboxes: Sequence[Mailbox]) -> list[RecipientVerdict]:
        """One verdict for each mailbox, in order."""
        return [self._verdict(mailbox.key) for mailbox in mailboxes]

    def _verdict(self, address: str) -> RecipientVerdict:
        name, at, domain = address.rpartition("@")
        if not (name and at and domain):
            return RecipientVerdict.UNVERIFIABLE
        if address in self._addresses:
            return RecipientVerdict.VERIFIED
        if domain in self._domains:
            return RecipientVerdict.UNKNOWN
        if domain in self._private:
            return RecipientVerdict.PRIVATE
        return RecipientVerdict.EXTERNAL if self._domains else RecipientVerdict.UNVERIFIABLE

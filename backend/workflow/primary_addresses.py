"""Recipients by the address that the directory calls primary: an alias is the same mailbox."""

from dataclasses import replace

from backend.domain.draft import Draft, Recipient
from backend.domain.recipient import JudgedRecipient, JudgedRecipients


def with_primary_addresses(draft: Draft, judged: JudgedRecipients) -> Draft:
    """The draft with each recipient as the directory knows it; those it did not tell of stay as they are."""
    return replace(draft, recipients=tuple(map(_primary, judged.each))) if judged.each else draft


def _primary(one: JudgedRecipient) -> Recipient:
    if one.entry is None or not one.entry.address:
        return one.recipient
    return replace(one.recipient, mailbox=replace(one.recipient.mailbox, address=one.entry.address))

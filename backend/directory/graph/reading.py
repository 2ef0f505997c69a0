"""Graph's users, groups and contacts as directory entries.

Sources, under learn.microsoft.com/graph/api/resources: user, group, orgcontact.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from backend.directory.shown_text import shown
from backend.domain.directory import DirectoryEntry, EntryKind, MailTips

_SMTP = "smtp:"
_HIDDEN = "hiddenmembership"
_UNIFIED = "Unified"
SOURCES = ("users", "groups", "contacts")
"""In the order in which they are believed where several have an address."""


@dataclass(frozen=True, slots=True)
class Found:
    """An entry with the addresses it answers to, lower case.

    `mailed` are those that mail is delivered by; a user's sign-in name need not be one. `hidden`: a group whose members
    are nobody's business. `unified`: a Microsoft 365 group, which has no contacts in it.
    """

    entry: DirectoryEntry
    source: str
    mailed: frozenset[str] = field(repr=False)
    signed_in_as: str = field(default="", repr=False)
    hidden: bool = False
    unified: bool = False

    @property
    def keys(self) -> frozenset[str]:
        """The addresses that the entry really has. Whoever has no mailbox gets no mail by a sign-in name either."""
        return self.mailed | {self.signed_in_as} if self.mailed else frozenset()

    def has(self, key: str) -> bool:
        """Whether the entry really has the address."""
        return key in self.keys

    def rank(self, key: str) -> tuple[object, ...]:
        """Where several have an address: the one that gets the mail, then the organisation's own, then by id."""
        entry = self.entry
        return key not in self.mailed, not entry.enabled, SOURCES.index(self.source), entry.guest, entry.id


def found(source: str, row: Mapping[str, Any]) -> Found | None:
    """The entry in a row; None where the row is not what Graph documents, or lacks what the caller may not read."""
    text = _texts(row)
    if not text.get("id"):
        return None
    proxies = row.get("proxyAddresses")
    listed = [one for one in proxies if isinstance(one, str)] if isinstance(proxies, list) else []
    mailed = [one[len(_SMTP) :] for one in listed if one[: len(_SMTP)].lower() == _SMTP]
    mailed += [text["mail"]] if text.get("mail") else []
    addresses = frozenset(one.strip().lower() for one in mailed)
    match source:
        case "users":
            return _user(row, text, addresses)
        case "groups":
            entry, types = _entry(EntryKind.GROUP, text), row.get("groupTypes")
            unified = isinstance(types, list) and _UNIFIED in types
            hidden = text.get("visibility", "").lower() == _HIDDEN
            return Found(entry, source, addresses, hidden=hidden, unified=unified)
        case _:
            return Found(_entry(EntryKind.CONTACT, text), source, addresses)


def tips(row: Mapping[str, Any]) -> tuple[str, MailTips]:
    """A mailTips resource: the address asked for in lower case, and its tips."""
    mailbox, replies = row.get("emailAddress"), row.get("automaticReplies")
    address = mailbox.get("address") if isinstance(mailbox, Mapping) else None
    message = replies.get("message") if isinstance(replies, Mapping) else None
    return address.strip().lower() if isinstance(address, str) else "", MailTips(
        automatic_reply=isinstance(message, str) and bool(message.strip()),
        mailbox_full=row.get("mailboxFull") is True,
        moderated=row.get("isModerated") is True or row.get("deliveryRestricted") is True,
    )


def _user(row: Mapping[str, Any], text: Mapping[str, str], addresses: frozenset[str]) -> Found | None:
    enabled = row.get("accountEnabled")
    name = text.get("userPrincipalName", "").lower()
    if not isinstance(enabled, bool):
        # User.ReadBasic.All does not show it: a disabled account would pass for one in use.
        return None
    guest = text.get("userType", "").lower() == "guest" or "#ext#" in name
    manager = row.get("manager")
    chief = _texts(manager) if isinstance(manager, Mapping) else {}
    shared = not (enabled or guest or chief) and bool(addresses) and not _named_person(text)
    entry = _entry(
        EntryKind.SHARED_MAILBOX if shared else EntryKind.PERSON,
        text,
        manager=chief.get("displayName", ""),
        manager_account=chief.get("id", "").lower(),
        manager_address=chief.get("mail", "") or chief.get("userPrincipalName", ""),
        account=text["id"].lower(),
        enabled=enabled or shared,
        guest=guest,
    )
    return Found(entry, "users", addresses, name)


def _texts(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: shown(value) for name, value in row.items() if isinstance(value, str)}


def _named_person(text: Mapping[str, str]) -> bool:
    """Nobody can sign in to a shared mailbox or a room, and nobody is called so; a person who has left has a name."""
    return any(text.get(name) for name in ("givenName", "surname", "jobTitle"))


def _entry(kind: EntryKind, text: Mapping[str, str], **more: Any) -> DirectoryEntry:  # noqa: ANN401 - DirectoryEntry's fields
    return DirectoryEntry(
        id=text["id"],
        kind=kind,
        address=text.get("mail", "") or text.get("userPrincipalName", ""),
        name=text.get("displayName", ""),
        given_name=text.get("givenName", ""),
        surname=text.get("surname", ""),
        title=text.get("jobTitle", ""),
        department=text.get("department", ""),
        office=text.get("officeLocation", ""),
        company=text.get("companyName", ""),
        **more,
    )

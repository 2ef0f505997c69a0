"""What a directory knows of an address, and the port that asks it. Facts only: what they mean is decided elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from backend.domain.person import Person


class EntryKind(StrEnum):
    """What an address in the directory belongs to. Codes are the contract."""

    PERSON = "person"
    GROUP = "group"
    SHARED_MAILBOX = "shared_mailbox"
    ROOM = "room"
    CONTACT = "contact"
    """Somebody outside who stands in the address book (Graph: orgContact)."""


class NotTold(StrEnum):
    """Why a directory has not told of an address. Codes are the contract."""

    NOT_AN_ADDRESS = "not_an_address"
    NO_DIRECTORY = "no_directory"
    DIRECTORY_DOWN = "directory_down"
    DIRECTORY_SLOW = "directory_slow"
    DIRECTORY_BUSY = "directory_busy"
    NOT_PERMITTED = "directory_not_permitted"
    SIGN_IN_AGAIN = "sign_in_again"


@dataclass(frozen=True, slots=True)
class Members:
    """How many people a group reaches, groups in it followed. `count` is None where nobody could count them.

    `external` are those who are not the organisation's own: guests, contacts, foreign addresses. `at_least` says that
    counting stopped early, so that both numbers are lower bounds. `external_names` names a few of them, to be shown.
    `departments` says how many work in which, of those who were looked at: all of them in a file, the first thousand of
    a group in Graph.
    """

    count: int | None
    external: int | None
    at_least: bool = False
    external_names: tuple[str, ...] = field(default=(), repr=False)
    departments: tuple[tuple[str, int], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class MailTips:
    """What Outlook calls mail tips: what happens to a mail to this address. False where it is not known."""

    automatic_reply: bool = False
    mailbox_full: bool = False
    moderated: bool = False


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """One address's facts. Texts are empty where the directory has none. `repr` shows the kind only.

    `id` is the directory's own, `account` the person's id at sign-in (Entra: object id). `address` is the primary one,
    as the directory writes it. `manager` is a name; `manager_account` and `manager_address` are that person's.
    `enabled` is false for an account that nobody can sign in to. `guest` is an outsider with an account here.
    """

    id: str
    kind: EntryKind
    address: str
    name: str
    given_name: str = ""
    surname: str = ""
    title: str = ""
    department: str = ""
    office: str = ""
    company: str = ""
    manager: str = ""
    manager_account: str = ""
    manager_address: str = ""
    account: str = ""
    enabled: bool = True
    guest: bool = False
    members: Members | None = None
    tips: MailTips = MailTips()

    def __repr__(self) -> str:
        return f"DirectoryEntry(kind={self.kind.value!r})"


@dataclass(frozen=True, slots=True)
class DirectoryAnswer:
    """What a directory said of some mailbox keys. Every key that was asked stands in exactly one of three places.

    `entries`: found, by the key asked (an alias leads to its entry). `absent`: the directory answered that it has no
    such address. `not_told`: it did not answer, and why. `near` holds, by key, entries that are easily taken for the
    one asked: for a found person others of the same or almost the same name, for an absent address of the
    organisation's own domains what may have been meant; likeliest first, at most five. `repr` shows numbers only.
    """

    entries: Mapping[str, DirectoryEntry] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    not_told: Mapping[str, NotTold] = field(default_factory=dict)
    near: Mapping[str, tuple[DirectoryEntry, ...]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"DirectoryAnswer({len(self.entries)} found, {len(self.absent)} absent, {len(self.not_told)} not told)"


class Directory(Protocol):
    """Looks addresses up. One organisation's directory: never asked across tenants."""

    @property
    def domains(self) -> frozenset[str]:
        """The organisation's own mail domains, in lower case, as ASCII (A-labels, RFC 5890)."""

    def look_up(self, caller: Person, keys: Sequence[str]) -> DirectoryAnswer:
        """What is known of each key (`Mailbox.key`: lower case, no blanks around). On behalf of `caller`.

        Answers within about two seconds whatever happens, and puts what it could not ask under `not_told` rather
        than failing. Raises ClaimsNeeded only where the caller's sign-in must be renewed for the directory and
        nothing at all could be told.
        """

    def known_entries(self) -> Sequence[DirectoryEntry]:
        """Entries that can be had without asking anybody, to put a name to somebody the product knows by hash only."""

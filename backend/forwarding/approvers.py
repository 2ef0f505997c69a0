"""Who is asked, by the policy's list. Nobody is ever asked about a request of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from backend.domain.directory import DirectoryEntry
from backend.domain.draft import Mailbox
from backend.domain.errors import Refused
from backend.domain.forwarding import Approver, ApproverKind
from backend.domain.label import Category


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who answers for a branch of activity (its id), or for categories. `account` is the id at sign-in."""

    account: str = field(repr=False)
    mailbox: Mailbox = field(repr=False)
    branch: str = ""
    categories: frozenset[Category] = frozenset()


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, and about what. `mailboxes` are all that are known to be the requester's; `branch` is a branch's id."""

    account: str = field(repr=False)
    mailboxes: frozenset[str] = field(repr=False)
    entry: DirectoryEntry | None = None
    branch: str = ""
    categories: frozenset[Category] = frozenset()


@dataclass(frozen=True, slots=True)
class ApproverRules:
    """A municipality's own: who may decide, its information owners, and where those with the role are written to."""

    kinds: tuple[ApproverKind, ...]
    owners: tuple[Owner, ...] = ()
    role_mailboxes: tuple[Mailbox, ...] = ()


def approvers_of(rules: ApproverRules, asking: Asking) -> tuple[Approver, ...]:
    """Those who are asked, in the policy's order, each account and each mailbox once.

    Raises Refused (`no_approver`) when nobody is left.
    """
    found: list[Approver] = []
    for one in _named(rules, asking):
        if _is_self(one, asking) or any(_is_same(one, other) for other in found):
            continue
        found.append(one)
    if not found:
        raise Refused("no_approver", "the policy and the directory name nobody but the requester")
    return tuple(found)


def _named(rules: ApproverRules, asking: Asking) -> Iterator[Approver]:
    for kind in rules.kinds:
        if kind is ApproverKind.INFORMATION_OWNER:
            yield from _owners(rules.owners, asking)
        elif kind is ApproverKind.MANAGER:
            yield from _manager(asking.entry)
        else:
            yield from (Approver(kind, mailbox=mailbox) for mailbox in rules.role_mailboxes if mailbox.address.strip())


def _owners(owners: Sequence[Owner], asking: Asking) -> Iterator[Approver]:
    for one in owners:
        if (one.branch and one.branch == asking.branch) or one.categories & asking.categories:
            yield Approver(ApproverKind.INFORMATION_OWNER, one.account, one.mailbox)


def _manager(entry: DirectoryEntry | None) -> Iterator[Approver]:
    """A manager without a known account could be told, but would not be known at sign-in."""
    if entry is not None and entry.manager_account:
        mailbox = Mailbox(entry.manager_address, entry.manager)
        yield Approver(ApproverKind.MANAGER, entry.manager_account, mailbox)


def _is_self(one: Approver, asking: Asking) -> bool:
    return one.account == asking.account or one.mailbox.key in asking.mailboxes


def _is_same(one: Approver, other: Approver) -> bool:
    """A mailbox that is somebody's who is named already need not get a second notice."""
    if one.account:
        return one.account == other.account
    return one.mailbox.key == other.mailbox.key

"""Who is asked, by the policy's list."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.directory import DirectoryEntry, EntryKind
from backend.domain.draft import Mailbox
from backend.domain.errors import Refused
from backend.domain.forwarding import ApproverKind
from backend.domain.label import Category
from backend.forwarding.approvers import ApproverRules, Asking, Owner, approvers_of

OWNER, MANAGER, ROLE = ApproverKind.INFORMATION_OWNER, ApproverKind.MANAGER, ApproverKind.ROLE
ALL = (OWNER, MANAGER, ROLE)
OF_SCHOOL = Owner("omar", Mailbox("omar@example.se"), branch="school")
OF_HEALTH = Owner("maj", Mailbox("maj@example.se"), categories=frozenset({Category.HEALTH}))
BOX = Mailbox("godkannare@example.se")


def entry(manager: str = "kerstin", address: str = "kerstin@example.se") -> DirectoryEntry:
    return DirectoryEntry(
        "1", EntryKind.PERSON, "sara@example.se", "Sara", manager_account=manager, manager_address=address
    )


def asking(
    account: str = "sara",
    address: str = "sara@example.se",
    manager: DirectoryEntry | None = None,
    branch: str = "",
    *categories: Category,
) -> Asking:
    return Asking(account, frozenset({Mailbox(address).key}), manager, branch, frozenset(categories))


def accounts(rules: ApproverRules, who: Asking) -> list[str]:
    return [one.account or one.mailbox.address for one in approvers_of(rules, who)]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (asking(), [BOX.address]),
        (asking(manager=entry()), ["kerstin", BOX.address]),
        (asking(branch="school", manager=entry()), ["omar", "kerstin", BOX.address]),
        (
            asking("sara", "sara@example.se", entry(), "school", Category.HEALTH),
            ["omar", "maj", "kerstin", BOX.address],
        ),
        # A manager of whom no account is known could not be told apart at sign-in.
        (asking(manager=entry(manager="")), [BOX.address]),
        (asking("omar", "omar@example.se", branch="school"), [BOX.address]),
        # By address, too: the same person under another account.
        (asking("omar-2", "OMAR@example.se", branch="school"), [BOX.address]),
        (asking("sara", "kerstin@example.se", entry()), [BOX.address]),
    ],
)
def test_who_is_asked(who: Asking, expected: list[str]) -> None:
    assert accounts(ApproverRules(ALL, (OF_SCHOOL, OF_HEALTH), (BOX,)), who) == expected


def test_the_policys_order_and_only_its_kinds() -> None:
    who = asking(branch="school", manager=entry())
    by_kind = {OWNER: "omar", MANAGER: "kerstin", ROLE: BOX.address}
    for count in (1, 2, 3):
        for kinds in permutations(ALL, count):
            expected = [by_kind[kind] for kind in kinds]
            assert accounts(ApproverRules(kinds, (OF_SCHOOL, OF_HEALTH), (BOX,)), who) == expected


@pytest.mark.parametrize(
    "rules",
    [
        ApproverRules((ROLE,)),
        ApproverRules((ROLE,), role_mailboxes=(Mailbox(" "), Mailbox("Sara@example.se"))),
        ApproverRules((OWNER,), (OF_HEALTH, Owner("sara", Mailbox("x@example.se"), branch="school"))),
        ApproverRules((MANAGER,)),
    ],
)
def test_nobody_is_left(rules: ApproverRules) -> None:
    with pytest.raises(Refused, match="no_approver"):
        approvers_of(rules, asking(branch="school"))


PEOPLE = st.sampled_from(["a", "b", "c"])
OWNERS = st.builds(
    lambda account, address, branch: Owner(account, Mailbox(f"{address}@example.se"), branch),
    PEOPLE,
    PEOPLE,
    st.sampled_from(["", "school"]),
)


@given(st.lists(OWNERS, max_size=5), PEOPLE, PEOPLE, PEOPLE, st.lists(PEOPLE, max_size=3))
def test_never_oneself_and_nobody_twice(owners: list[Owner], me: str, mine: str, chief: str, boxes: list[str]) -> None:
    rules = ApproverRules(ALL, tuple(owners), tuple(Mailbox(f"{one}@example.se") for one in boxes))
    who = asking(me, f"{mine}@example.se", entry(chief, f"{chief}@example.se"), "school")
    try:
        found = approvers_of(rules, who)
    except Refused:
        return
    assert all(one.account != me and one.mailbox.key != f"{mine}@example.se" for one in found)
    named = [one.account for one in found if one.account]
    assert len(named) == len(set(named))

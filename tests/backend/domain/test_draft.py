"""What the words of the field promise: order, comparison, and silence about people."""

import pytest

from backend.domain.draft import Attachment, Draft, Mailbox, Recipient
from backend.domain.errors import CodedError
from backend.domain.finding import Finding
from backend.domain.label import Category, Label, SendDecision
from backend.domain.part import Part
from backend.domain.person import Person, Role

SECRET = "Kanariesson"
SILENT = [
    Mailbox(f"{SECRET}@example.se", SECRET),
    Recipient(Mailbox(SECRET)),
    Attachment(SECRET, SECRET, content=SECRET.encode()),
    Draft(SECRET, SECRET, sender=Mailbox(SECRET), location=SECRET, conversation_id=SECRET),
    Part("body", SECRET),
    Person(SECRET, SECRET, frozenset({Role.EMPLOYEE}), SECRET),
]


@pytest.mark.parametrize("one", SILENT, ids=lambda one: type(one).__name__)
def test_repr_is_silent(one: object) -> None:
    assert SECRET not in repr(one)
    assert SECRET not in f"{one}"


@pytest.mark.parametrize(
    ("address", "key"),
    [("a@example.se", "a@example.se"), (" A@Example.SE\n", "a@example.se"), ("", ""), ("Å@ö.se", "å@ö.se")],
)
def test_mailboxes_are_compared_without_case_and_blanks(address: str, key: str) -> None:
    assert Mailbox(address).key == key


def test_order_of_labels_and_decisions() -> None:
    assert sorted(Label, key=lambda one: one.rank) == [Label.NONE, Label.KANSLIG, Label.MYCKET_KANSLIG]
    assert [one.rank for one in SendDecision] == [0, 1, 2]


def test_finding_holds_no_value() -> None:
    assert {"value", "text", "name"}.isdisjoint(Finding.__slots__)
    assert len(Category) == 16


@pytest.mark.parametrize(("detail", "told"), [("", "a_code"), ("why", "a_code: why")])
def test_coded_error(detail: str, told: str) -> None:
    assert str(CodedError("a_code", detail)) == told

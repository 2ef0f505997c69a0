"""What is sealed lies closed in the database, and opens only in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.draft import Mailbox
from backend.workflow.forward_seals import Answered, Asked, ForwardSeals
from backend.workflow.sealing import Sealer
from tests.backend.served import KEY

SEALER = Sealer(KEY.encode())
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)


@given(TEXTS, TEXTS, st.dictionaries(TEXTS, TEXTS, max_size=4))
def test_it_opens_as_it_was(tenant: str, place: str, content: dict[str, str]) -> None:
    assert SEALER.open(tenant, place, SEALER.seal(tenant, place, content)) == content


def test_nothing_of_it_can_be_read_and_no_two_are_alike() -> None:
    one, other = (SEALER.seal("granvik", "p", {"address": "sara@example.se"}) for _ in range(2))
    assert one != other
    assert b"sara" not in one


@pytest.mark.parametrize(("tenant", "place"), [("elsewhere", "p"), ("granvik", "q"), ("granvik\x1fp", "")])
def test_it_does_not_open_elsewhere(tenant: str, place: str) -> None:
    assert SEALER.open(tenant, place, SEALER.seal("granvik", "p", {"a": "b"})) == {}


@given(st.integers(0, 60), st.integers(1, 255))
def test_a_changed_byte_is_found(at: int, change: int) -> None:
    sealed = bytearray(SEALER.seal("granvik", "p", {"address": "sara@example.se", "name": "Sara"}))
    sealed[at] ^= change
    assert SEALER.open("granvik", "p", bytes(sealed)) == {}


@pytest.mark.parametrize("sealed", [None, b"", b"short", b"\x00" * 200])
def test_what_is_erased_or_no_seal_is_empty(sealed: bytes | None) -> None:
    assert SEALER.open("granvik", "p", sealed) == {}


def test_another_secret_opens_nothing() -> None:
    assert Sealer(b"another secret of some length....").open("t", "p", SEALER.seal("t", "p", {"a": "b"})) == {}


def test_each_part_of_a_request_has_a_place_of_its_own() -> None:
    seals = ForwardSeals(SEALER, "granvik")
    asked = Asked(Mailbox("sara@example.se", "Sara"), "Rektor", "Bra.", (Mailbox("maj@example.se"),))
    sealed = [
        seals.asked("1", asked),
        seals.answered("1", Answered(Mailbox("maj@example.se"))),
        seals.recipient("1", "k", Mailbox("johan@example.se")),
        seals.notice("1", Mailbox("maj@example.se")),
    ]
    places = ["request.asked:1", "request.answer:1", "request.recipient:1:k", "notice.to:1"]
    for place in places:
        opened = [bool(SEALER.open("granvik", place, one)) for one in sealed]
        assert opened == [place == own for own in places]

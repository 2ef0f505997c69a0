"""What the file directory says of an address: unsure means outside."""

import pytest

from backend.directory.file_directory import FileDirectory
from backend.domain.draft import Mailbox
from backend.domain.recipient import INSIDE, RecipientVerdict

V = RecipientVerdict
DIRECTORY = FileDirectory(["Anna.Berg@Granvik.example", "bo@skola.granvik.example"], ["gmail.com"])
TABLE = [
    ("anna.berg@granvik.example", V.VERIFIED),
    (" ANNA.BERG@GRANVIK.EXAMPLE ", V.VERIFIED),
    ("bo@skola.granvik.example", V.VERIFIED),
    ("bo@granvik.example", V.UNKNOWN),
    ("anna.berg@granvik.example.evil.example", V.EXTERNAL),
    ("anna.berg@granvik.example@evil.example", V.EXTERNAL),
    ("evil@evil.example, anna.berg@granvik.example", V.UNKNOWN),
    ("<anna.berg@granvik.example>", V.EXTERNAL),
    ("anna.berg@granvik.example\0", V.EXTERNAL),
    ("anna.berg@gränvik.example", V.EXTERNAL),
    ("аnna.berg@granvik.example", V.UNKNOWN),
    ("bo@gmail.com", V.PRIVATE),
    ("bo@GMAIL.COM", V.PRIVATE),
    ("bo@notgmail.com", V.EXTERNAL),
    ("", V.UNVERIFIABLE),
    ("@", V.UNVERIFIABLE),
    ("anna.berg", V.UNVERIFIABLE),
    ("@granvik.example", V.UNVERIFIABLE),
    ("anna.berg@", V.UNVERIFIABLE),
]


@pytest.mark.parametrize(("address", "verdict"), TABLE)
def test_verdict(address: str, verdict: RecipientVerdict) -> None:
    assert DIRECTORY.verify([Mailbox(address)]) == [verdict]


def test_a_friendly_name_changes_nothing() -> None:
    assert DIRECTORY.verify([Mailbox("x@example.se", "anna.berg@granvik.example")]) == [V.EXTERNAL]


def test_answers_stand_in_the_order_of_the_questions() -> None:
    assert DIRECTORY.verify([Mailbox(address) for address, _ in TABLE]) == [verdict for _, verdict in TABLE]


def test_empty_directory_vouches_for_nobody() -> None:
    verdicts = FileDirectory([], []).verify([Mailbox("a@example.se"), Mailbox("b@gmail.com")])
    assert verdicts == [V.UNVERIFIABLE] * 2
    assert not INSIDE & {*verdicts}

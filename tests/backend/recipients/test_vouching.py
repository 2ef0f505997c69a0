"""What a directory's word is worth: nobody is verified on half an answer, nor for standing in an address book."""

from dataclasses import replace

import pytest

from backend.domain.directory import DirectoryAnswer, DirectoryEntry, EntryKind, NotTold
from backend.domain.recipient import RecipientVerdict
from backend.municipality import judge_of
from tests.backend.recipients.judging_desk import CALLER, DIRECTORY, POLICY, SARA, to

V = RecipientVerdict
OMAR, ROOM = "omar.haddad@granvik.example", "rum.eken@granvik.example"


@pytest.mark.parametrize("reason", [NotTold.DIRECTORY_DOWN, NotTold.DIRECTORY_SLOW, NotTold.NOT_PERMITTED])
def test_border_that_could_not_be_told_verifies_nobody(reason: NotTold) -> None:
    """The sender's own entry is part of the verdict: without it, whoever has a branch may be across a border."""
    known = DIRECTORY.look_up(CALLER, [OMAR, ROOM])
    answer = replace(known, not_told={SARA.key: reason})
    each = judge_of(POLICY, DIRECTORY).judge(to(OMAR, ROOM), answer, SARA).each
    assert [(one.verdict, one.reason) for one in each] == [(V.UNVERIFIABLE, reason), (V.VERIFIED, None)]


def _with(*entries: DirectoryEntry) -> DirectoryAnswer:
    return DirectoryAnswer(entries={SARA.key: KNOWN, **{entry.id: entry for entry in entries}})


KNOWN = DIRECTORY.look_up(CALLER, [SARA.key]).entries[SARA.key]
STRANGE = [
    # An alias of ours that leads elsewhere, and others' people and contacts who pass for partners.
    (DirectoryEntry("anna.x@granvik.example", EntryKind.PERSON, "anna@gmail.com", "Anna"), V.PRIVATE),
    (DirectoryEntry("anna.y@granvik.example", EntryKind.PERSON, "anna@byggbolag.example", "Anna"), V.EXTERNAL),
    (DirectoryEntry("x@granvlk.example", EntryKind.PERSON, "x@granvlk.example", "X", guest=True), V.LOOKALIKE),
    (DirectoryEntry("y@granvlk.example", EntryKind.CONTACT, "y@granvlk.example", "Y"), V.LOOKALIKE),
    (DirectoryEntry("z@example.se", EntryKind.PERSON, "z@example.se", "Z"), V.EXTERNAL),
]


@pytest.mark.parametrize(("entry", "verdict"), STRANGE)
def test_directory_entry_is_no_proof(entry: DirectoryEntry, verdict: RecipientVerdict) -> None:
    (one,) = judge_of(POLICY, DIRECTORY).judge(to(entry.id), _with(entry), SARA).each
    assert one.verdict is verdict

"""Files of all kinds, told by their content."""

from pathlib import Path

import pytest

from backend.domain.draft import DraftKind
from backend.domain.errors import CodedError
from backend.extraction.limits import MAX_FILE_BYTES
from backend.extraction.read_file import read_draft, read_draft_bytes, read_drafts

SAMPLES = sorted(path for path in Path(__file__).parents[2].joinpath("samples").iterdir() if path.is_file())
MAIL = b"Return-Path: <a@example.se>\nFrom: a@example.se\nTo: b@example.se\nSubject: x\n\nHej"
EVENT = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR"
JSON = b'{"subject": "x", "body": "Hej", "extra": 1}'

# Content, file name, subject and body.
READ = [
    (MAIL, "a.eml", "x", "Hej"),
    (MAIL, "a.txt", "x", "Hej"),
    (MAIL, "-", "x", "Hej"),
    (EVENT, "a.txt", "x", ""),
    (JSON, "a.json", "x", "Hej"),
    (JSON, "-", "x", "Hej"),
    ("Ämne: x\n\nHej".encode(), "a.txt", "", "Ämne: x\n\nHej"),
    (b"Subject: x\n\nHej", "a.txt", "", "Subject: x\n\nHej"),
    (b"From: a\nTo: b\nSubject: c\n\nHej", "a.txt", "", "From: a\nTo: b\nSubject: c\n\nHej"),
    (b"{inte json", "a.txt", "", "{inte json"),
    (b"Hej", "", "", "Hej"),
    ("Åsa".encode(), "a.txt", "", "Åsa"),
    ("Åsa".encode("cp1252"), "a.txt", "", "Åsa"),
    ("Åsa".encode("utf-16"), "a.txt", "", "Åsa"),
    ("Åsa".encode("utf-8-sig"), "a.txt", "", "Åsa"),
    (b"a\r\nb", "a.txt", "", "a\nb"),
]
REFUSED = [
    (b"", "a.txt", "empty_file"),
    (b" \r\n\t", "a.eml", "empty_file"),
    (b"\xef\xbb\xbf", "a.txt", "empty_file"),
    (b"\xff\xfe", "a.txt", "empty_file"),
    (b"PK\x03\x04", "a.docx", "unknown_file_type"),
    (b"%PDF-1.7", "a.eml", "unknown_file_type"),
    (bytes(range(256)), "a.txt", "unknown_file_type"),
    (b"Hej", "a.msg", "broken_msg"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.txt", "broken_msg"),
    (b"Hej", "a.ics", "broken_ics"),
    (b"Hej", "a.eml", "broken_eml"),
    (b"Hej", "a.json", "invalid_json"),
    (b"{", "-", "invalid_json"),
    (b"0\x80", "smime.p7m", "encrypted_message"),
    (b"-----BEGIN PGP MESSAGE-----\n\nx", "a.txt", "encrypted_message"),
    (b"x" * (MAX_FILE_BYTES + 1), "a.txt", "file_too_large"),
    (b"x" * 1_048_577, "a.txt", "draft_too_large"),
]


@pytest.mark.parametrize(("content", "name", "subject", "body"), READ)
def test_read(content: bytes, name: str, subject: str, body: str) -> None:
    draft = read_draft_bytes(content, name)
    assert (draft.subject, draft.body, draft.id) == (subject, body, name)


@pytest.mark.parametrize(("content", "name", "code"), REFUSED, ids=lambda value: str(value)[:30])
def test_refused(content: bytes, name: str, code: str) -> None:
    with pytest.raises(CodedError) as refused:
        read_draft_bytes(content, name)
    assert refused.value.code == code


def test_a_draft_in_json_keeps_its_own_id() -> None:
    assert read_draft_bytes(b'{"subject": "x", "body": "", "id": "x-1"}', "a.json").id == "x-1"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_samples(path: Path) -> None:
    drafts = list(read_drafts(path))
    assert drafts[0] == read_draft(path)
    assert drafts[0].id == path.name
    assert drafts[0].subject or drafts[0].body
    assert "\ufffd" not in drafts[0].subject + drafts[0].body
    if path.suffix == ".ics":
        assert {draft.kind for draft in drafts} == {DraftKind.APPOINTMENT}


def test_files_that_are_not_there(tmp_path: Path) -> None:
    for path, code in (
        (tmp_path / "a.eml", "file_not_found"),
        (tmp_path, "file_unreadable"),
        (Path("a\0b"), "file_unreadable"),
    ):
        with pytest.raises(CodedError) as refused:
            read_draft(path)
        assert refused.value.code == code

"""Encoded words and addresses in mail headers."""

import pytest

from backend.extraction.mail_headers import decode_header, mailboxes
from backend.extraction.read_file import read_draft_bytes

HEADERS = [
    ("Möte", "Möte"),
    ("=?utf-8?Q?M=C3=B6te_p=C3=A5_torsdag?=", "Möte på torsdag"),
    ("=?ISO-8859-1?q?M=F6te?=", "Möte"),
    ("=?iso-8859-1*sv?q?M=F6te?=", "Möte"),
    ("=?utf-8?B?TcO2dGU=?=", "Möte"),
    ("=?utf-8?B?TcO2dGU?=", "Möte"),
    ("=?utf-8?B?TcM=?= =?utf-8?B?tnRl?=", "Möte"),
    ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),
    ("=?utf-8?q?a?= b =?utf-8?q?c?=", "a b c"),
    ("=?utf-8?q?a?=\r\n =?iso-8859-1?q?=E5?=", "aå"),
    ("=?x-okand?q?a?=", "a"),
    ("=?punycode?q?a?=", "a"),
    ("=?utf-8?x?a?=", "=?utf-8?x?a?="),
    ("a\r\n b", "a b"),
    ("SV: =?utf-8?Q?M=C3=B6te?=", "SV: Möte"),
    ("", ""),
]


@pytest.mark.parametrize(("raw", "text"), HEADERS)
def test_encoded_words(raw: str, text: str) -> None:
    assert decode_header(raw) == text
    content = f"From: a@example.se\r\nSubject: {raw}\r\n\r\n"
    assert read_draft_bytes(content.encode(), "brev.eml").subject == text


ADDRESSES = [
    ("a@example.se", [("a@example.se", "")]),
    ("Anna Berg <a@example.se>", [("a@example.se", "Anna Berg")]),
    ('"Berg, Anna" <a@example.se>, b@example.se', [("a@example.se", "Berg, Anna"), ("b@example.se", "")]),
    ('"Anna \\"Ann\\" Berg" <a@example.se>', [("a@example.se", 'Anna "Ann" Berg')]),
    ("=?utf-8?Q?=C3=85ke_=C3=96st?= <a@example.se>", [("a@example.se", "Åke Öst")]),
    ("=?utf-8?Q?Berg=2C_Anna?= <a@example.se>", [("a@example.se", "Berg, Anna")]),
    ("'Anna' <a@example.se>", [("a@example.se", "Anna")]),
    ("a@example.se (Anna Berg)", [("a@example.se", "Anna Berg")]),
    ("Skolan: a@example.se, b@example.se;", [("a@example.se", ""), ("b@example.se", "")]),
    ("undisclosed-recipients:;", []),
    ("a@example.se; b@example.se", [("a@example.se", ""), ("b@example.se", "")]),
    ("Anna Berg", [("", "Anna Berg")]),
    ("<a@example.se", [("a@example.se", "")]),
    (", ,;", []),
    ("åke@example.se", [("åke@example.se", "")]),
    ("/O=EXAMPLE/CN=RECIPIENTS/CN=ANNA", [("", "/O=EXAMPLE/CN=RECIPIENTS/CN=ANNA")]),
]


@pytest.mark.parametrize(("raw", "found"), ADDRESSES)
def test_addresses(raw: str, found: list[tuple[str, str]]) -> None:
    assert [(box.address, box.name) for box in mailboxes(raw)] == found

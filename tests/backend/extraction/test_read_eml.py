"""Internet mail in all the encodings that mail programs write, and broken."""

import base64
import quopri
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.draft import BodyFormat, ComposeType, Draft, Mailbox, Recipient, RecipientRole
from backend.domain.errors import CodedError
from backend.extraction.read_file import read_draft_bytes

TEXT = "Åsa är sjuk – säg inget"


def read(headers: str, content: bytes | str, *, mark: str = "\r\n") -> Draft:
    body = content.encode("utf-8") if isinstance(content, str) else content
    head = "From: karin.ek@exempelby.example\nTo: bo@example.se\n" + headers + "\n\n"
    return read_draft_bytes(head.replace("\n", mark).encode("utf-8", "surrogateescape") + body, "brev.eml")


def plain(content: bytes) -> bytes:
    return content


TRANSFER: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("8bit", plain),
    ("binary", plain),
    ("base64", base64.encodebytes),
    ("quoted-printable", quopri.encodestring),
    ("x-unknown", plain),
]
# What is declared, and what the bytes really are.
CHARSETS = [
    ("utf-8", "utf-8"),
    ("windows-1252", "cp1252"),
    ("iso-8859-1", "cp1252"),
    ("iso-8859-1", "utf-8"),
    ("us-ascii", "utf-8"),
    ("us-ascii", "cp1252"),
    ("utf-8", "cp1252"),
    ("x-okänd", "utf-8"),
    ("x-okänd", "cp1252"),
    ("rot13", "utf-8"),
    ("punycode", "utf-8"),
    ("", "utf-8"),
    ("", "cp1252"),
    ('"UTF-8', "utf-8"),
    ("iso-8859-15", "utf-8"),
]


@pytest.mark.parametrize(("declared", "real"), CHARSETS)
@pytest.mark.parametrize(("transfer", "encode"), TRANSFER, ids=[name for name, _ in TRANSFER])
def test_charsets(declared: str, real: str, transfer: str, encode: Callable[[bytes], bytes]) -> None:
    charset = f"; charset={declared}" if declared else ""
    headers = f"Content-Type: text/plain{charset}\nContent-Transfer-Encoding: {transfer}"
    assert read(headers, encode(TEXT.encode(real))).body.rstrip("\n") == TEXT


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "iso-2022-jp", "koi8-r"])
def test_other_charsets(encoding: str) -> None:
    text = "Привет" if encoding == "koi8-r" else "Hej" if encoding == "iso-2022-jp" else TEXT
    headers = f"Content-Type: text/plain; charset={encoding}\nContent-Transfer-Encoding: base64"
    assert read(headers, base64.encodebytes(text.encode(encoding))).body == text


def test_no_declaration_at_all() -> None:
    assert read("Subject: x", TEXT.encode("cp1252")).body == TEXT


def test_utf8_cut_off_in_a_character() -> None:
    assert read("Content-Type: text/plain; charset=utf-8", "åäö är här å".encode()[:-1]).body == "åäö är här \ufffd"


def test_truncated_base64() -> None:
    headers = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64"
    assert read(headers, base64.b64encode(b"Hej Olle, hur gick det?")[:-5]).body.startswith("Hej Olle, hur gick")


def test_a_header_in_raw_latin1() -> None:
    assert read("Subject: M\udcf6te", "").subject == "Möte"


def test_roles_and_headers() -> None:
    draft = read_draft_bytes(
        b"From: Karin <k@example.se>\nTo: a@example.se\nTo: b@example.se\nCC: c@example.se\nBcc: d@example.se\n"
        b"Subject: x\nIn-Reply-To: <1@example.se>\nThread-Index: " + base64.b64encode(bytes(27)) + b"\n\nHej",
        "brev.eml",
    )
    assert draft.sender == Mailbox("k@example.se", "Karin")
    assert draft.recipients == tuple(
        Recipient(Mailbox(f"{letter}@example.se"), RecipientRole(role))
        for letter, role in (("a", "to"), ("b", "to"), ("c", "cc"), ("d", "bcc"))
    )
    assert (draft.in_reply_to, draft.conversation_id) == ("<1@example.se>", base64.b64encode(bytes(22)).decode())
    assert (draft.id, draft.compose_type) == ("brev.eml", ComposeType.REPLY)


PREFIXES = [
    ("SV: a", ComposeType.REPLY),
    ("Sv: a", ComposeType.REPLY),
    ("RE: a", ComposeType.REPLY),
    ("VB: SV: a", ComposeType.FORWARD),
    ("vs: a", ComposeType.FORWARD),
    ("Fwd: a", ComposeType.FORWARD),
    ("FW: a", ComposeType.FORWARD),
    ("VB a", ComposeType.NEW),
    ("Svar: a", ComposeType.NEW),
    ("", ComposeType.NEW),
]


@pytest.mark.parametrize(("subject", "expected"), PREFIXES)
def test_compose_type(subject: str, expected: ComposeType) -> None:
    assert read(f"Subject: {subject}", "").compose_type is expected


def multipart(subtype: str, *parts: str) -> str:
    border = f"grans-{subtype}"
    inside = "".join(f"--{border}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{subtype}; boundary="{border}"\n\n{inside}--{border}--\n'


def read_tree(tree: str) -> Draft:
    return read_draft_bytes(f"From: a@example.se\nSubject: x\nMIME-Version: 1.0\n{tree}".encode(), "brev.eml")


PLAIN = "Content-Type: text/plain; charset=utf-8\n\ntext å"
HTML = "Content-Type: text/html; charset=utf-8\n\n<p>html å</p>"
IMAGE = (
    "Content-Type: image/png; name=logo.png\nContent-ID: <1>\nContent-Disposition: inline\n"
    "Content-Transfer-Encoding: base64\n\niVBORw=="
)
PDF = (
    "Content-Type: application/pdf\n"
    "Content-Disposition: attachment; filename*0*=utf-8''l%C3%A4kar; filename*1*=intyg.pdf\n\n%PDF"
)
SIGNATURE = "Content-Type: application/pkcs7-signature; name=smime.p7s\n\nx"
ENCODED_NAME = 'Content-Type: application/pdf; name="=?utf-8?Q?l=C3=B6n.pdf?="\n\nx'
TEXT_FILE = "Content-Type: text/plain; charset=utf-8\nContent-Disposition: attachment; filename=a.txt\n\ni filen"
CALENDAR = "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR"
MAIL = "Content-Type: message/rfc822\n\nSubject: =?utf-8?Q?Oro_f=C3=B6r_Tuva?=\nFrom: b@example.se\n\nTuva"
TREES = [
    (multipart("alternative", PLAIN, HTML), "<p>html å</p>", []),
    (multipart("alternative", HTML, PLAIN), "<p>html å</p>", []),
    (multipart("alternative", PLAIN), "text å", []),
    (multipart("alternative", PLAIN, HTML, CALENDAR), "<p>html å</p>", [""]),
    (multipart("alternative", PLAIN, multipart("related", HTML, IMAGE)), "<p>html å</p>", ["logo.png"]),
    (multipart("mixed", multipart("alternative", PLAIN, HTML), PDF), "<p>html å</p>", ["läkarintyg.pdf"]),
    (multipart("related", multipart("alternative", PLAIN, HTML), IMAGE), "<p>html å</p>", ["logo.png"]),
    (multipart("mixed", PLAIN, TEXT_FILE, ENCODED_NAME), "text å", ["a.txt", "lön.pdf"]),
    (multipart("mixed", PLAIN, IMAGE, PLAIN), "text å\ntext å", ["logo.png"]),
    (multipart("mixed", PLAIN, HTML), "<pre>text å</pre>\n<p>html å</p>", []),
    (multipart("mixed", PLAIN, MAIL), "text å", ["Oro för Tuva"]),
    (
        multipart("signed", PLAIN, SIGNATURE),
        "text å",
        ["smime.p7s"],
    ),
    (multipart("mixed"), "", []),
]


@pytest.mark.parametrize(("tree", "body", "names"), TREES)
def test_mime_trees(tree: str, body: str, names: list[str]) -> None:
    draft = read_tree(tree)
    assert draft.body == body
    assert draft.body_format is (BodyFormat.HTML if "<p>" in body else BodyFormat.TEXT)
    assert [file.name for file in draft.attachments] == names


def test_the_content_of_attachments() -> None:
    image, mail = read_tree(multipart("mixed", PLAIN, IMAGE, MAIL)).attachments
    assert (image.content, image.content_type, image.inline) == (b"\x89PNG", "image/png", True)
    assert mail.content_type == "message/rfc822"
    assert read_draft_bytes(mail.content or b"", "inner.eml").subject == "Oro för Tuva"


def test_flowed_text() -> None:
    text = "Hej \nOlle.\n> citat \n> mer\n-- \nKarin\n"
    flowed = "Content-Type: text/plain; charset=utf-8; format=flowed"
    assert read(flowed, text).body == "Hej Olle.\n> citat mer\n-- \nKarin\n"
    assert read(f"{flowed}; delsp=yes", "väl \nfärd").body == "välfärd"


def test_a_missing_blank_line() -> None:
    draft = read_draft_bytes("Subject: Möte\nFrom: a@example.se\nHej Olle\nVi ses".encode(), "brev.eml")
    assert (draft.subject, draft.body) == ("Möte", "Hej Olle\nVi ses")


def test_doubled_line_ends() -> None:
    draft = read_draft_bytes(b"Subject: a\r\r\nFrom: b@example.se\r\r\n\r\r\nHej\r\r\nOlle", "brev.eml")
    assert (draft.subject, draft.body) == ("a", "Hej\nOlle")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_before_the_headers(encoding: str) -> None:
    assert read_draft_bytes("Subject: Möte\nFrom: a@example.se\n\nÅsa".encode(encoding), "brev.eml").body == "Åsa"


REFUSED = [
    (b"Hej Olle\n\nvi ses", "broken_eml"),
    (b"\n\n\nHej", "broken_eml"),
    (
        b"Subject: x\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMIAG",
        "encrypted_message",
    ),
    (b"Subject: x\nContent-Type: application/octet-stream; name=smime.p7m\n\nMIAG", "encrypted_message"),
    (b"Subject: x\nContent-Type: multipart/encrypted; boundary=a\n\n--a\n\nx\n--a--", "encrypted_message"),
    (b"Subject: x\nContent-Type: application/x-microsoft-rpmsg-message; name=message.rpmsg\n\nx", "encrypted_message"),
    (b"Subject: " + b"x" * 5_000_000, "broken_eml"),
]


@pytest.mark.parametrize(("content", "code"), REFUSED, ids=lambda value: str(value)[:30])
def test_refused(content: bytes, code: str) -> None:
    with pytest.raises(CodedError) as refused:
        read_draft_bytes(content, "brev.eml")
    assert refused.value.code == code


def test_nested_beyond_reason() -> None:
    tree = "".join(f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n" for level in range(3000))
    with pytest.raises(CodedError) as refused:
        read_tree(tree)
    assert refused.value.code == "broken_eml"


PIECES = st.sampled_from(
    [
        *(
            "Subject: ",
            "From: ",
            "To: ",
            "\n",
            "\r\n",
            "\n\n",
            "a@b",
            "<",
            ">",
            '"',
            "(",
            ",",
            ";",
            ":",
            " ",
            "\0",
            "%",
            "*",
        ),
        *("=?utf-8?q?", "?=", "=E5", "å", "'", "x" * 80, "--b\n", "--b--", "utf-16", "message/rfc822\n\n"),
        *("Content-Type: multipart/mixed; boundary=b\n", "Content-Type: text/html; charset=", "Content-Type: "),
        *("Content-Transfer-Encoding: base64\n", "filename*0*=utf-8''%C3", "Content-Disposition: attachment; "),
        *("Content-Transfer-Encoding: uuencode\n", "begin 644 a\n", "Content-Type: message/partial\n"),
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_anything_gives_a_draft_or_a_code(text: str) -> None:
    for encoding in ("utf-8", "cp1252"):
        try:
            read_draft_bytes(b"Subject: x\n" + text.encode(encoding, "replace"), "brev.eml")
        except CodedError as error:
            assert error.code in {"broken_eml", "encrypted_message", "unknown_file_type"}  # noqa: PT017 - it may also succeed

"""Which attachments are mails, whatever they are called."""

from time import process_time

import pytest

from backend.domain.draft import Attachment
from backend.extraction.limits import MAX_ATTACHMENT_BYTES
from backend.workflow.mail_files import is_mail

HEADS = b"From: a@granvik.example\r\nDate: Sun, 22 Nov 2026 14:00:00 +0100\r\n\r\nHej\r\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
BINARY = "application/octet-stream"


@pytest.mark.parametrize(
    "attachment",
    [
        *(Attachment(name) for name in ("x.eml", "X.MSG", "x.emlx", "x.eml.", "x.eml. .", '"x.eml"', "x.eml\u200b")),
        *(Attachment(name) for name in ("x.em\u034fl", "x.eml\n", "x.ｅｍｌ", "<x.eml>", "x.емl".replace("м", "m"))),
        *(Attachment("x", kind) for kind in ("message/rfc822", '"Message/RFC822"; x=y', "message/global")),
        *(
            Attachment("x.bin", BINARY, content=head + HEADS)
            for head in (
                b"", b"\xef\xbb\xbf", b"\r\n\r\n", b"Message-ID: <1@x>\n", b"X-A: 1\n b\n" * 50,
                b"From a@x Sun Nov 22 14:00:00 2026\n", b">From a@x Sun Nov 22\n",
            )
        ),
        Attachment("x.txt", "text/plain", content=b"Subject: x\nReceived: from x\n by y\n\nHej"),
        Attachment("x.oft", BINARY, content=OLE + "__substg1.0_1000001F".encode("utf-16-le")),
    ],
)  # fmt: skip
def test_mails(attachment: Attachment) -> None:
    assert is_mail(attachment)


@pytest.mark.parametrize(
    "attachment",
    [
        *(Attachment(name) for name in ("", "eml", "x.eml.pdf", "x.emly", "protokoll.docx", ".")),
        *(
            Attachment("x.txt", "text/plain", content=content)
            for content in (
                b"", b"Hej\n\nFrom: a@x\nDate: x\n", b"Subject: x\nTo: y\n\nz", b"Date: 22 november\n\nHej",
                b"From: Sara till Johan\nhej\nDate: x", b"PK\x03\x04" + HEADS, b"key: value\nname: x\n",
            )
        ),
        Attachment("x.doc", BINARY, content=OLE + "WordDocument".encode("utf-16-le")),
    ],
)  # fmt: skip
def test_other_files(attachment: Attachment) -> None:
    assert not is_mail(attachment)


@pytest.mark.parametrize("start", [b"a: b\n", b"a", b" ", b":", b"From: x\n", b">", OLE, OLE + b"_\0"])
def test_as_many_bytes_as_there_can_be(start: bytes) -> None:
    content = start + start[-6:] * (MAX_ATTACHMENT_BYTES // 6)
    started = process_time()
    is_mail(Attachment("x.bin", BINARY, content=content))
    assert process_time() - started < 1

"""Attached mails: what is read of them, and that what is not read is told."""

from dataclasses import replace
from time import process_time

import pytest

from backend.domain.draft import Attachment
from backend.domain.label import Label
from backend.domain.threads import ThreadStanding
from backend.workflow.attached_mails import attached_mails
from backend.workflow.own_signs import with_own_signs
from tests.backend.factories import COLLEAGUE, draft

HEAD = "From: a@granvik.example\nMessage-ID: <1@granvik.example>\nSubject: x\n"
MEGABYTE = 1_000_000


def eml(body: str, headers: str = "") -> bytes:
    return f"{HEAD}{headers}\n{body}\n".encode()


def html(body: str) -> bytes:
    return eml(body, "Content-Type: text/html; charset=utf-8\n")


def parts(*inside: bytes) -> bytes:
    return eml("", "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n") + b"".join(
        b"--b\n" + one + b"\n" for one in (*inside, b"")
    )


def mail(content: bytes | None, name: str = "x.eml") -> Attachment:
    return Attachment(name, content=content)


def unread(*attachments: Attachment) -> bool:
    return any(one.unread for one in attached_mails(draft("Hej", COLLEAGUE, attachments=attachments)))


READ = {
    "nothing attached": (),
    "a file": (Attachment("x.pdf"),),
    "a mail": (mail(eml("Hej")),),
    "an empty file": (mail(b""),),
    "as many as may be": tuple(mail(eml(f"Hej {number}")) for number in range(20)),
    "a long one": (mail(eml("Hej på dig. " * 30_000)),),
    "with a picture": (
        mail(parts(b"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n" + b"A" * 5_000_000)),
    ),
    "an ordinary one as HTML": (mail(html("<p>Hej på dig.</p>" * 20_000)),),
    "a mail in a mail": (mail(parts(b"Content-Type: message/rfc822\n\n" + eml("Hej"))),),
}
UNREAD = {
    "only its name is known": (mail(None),),
    "only its type is known": (Attachment("Möte", "message/rfc822"),),
    "broken": (mail(b"broken", "x.msg"),),
    "binary": (mail(bytes(range(256)) * 10),),
    "encrypted": (mail(eml("Hej", "Content-Type: application/pkcs7-mime\n")),),
    "one too many": tuple(mail(eml(f"Hej {number}")) for number in range(21)),
    "too large": (mail(eml("x" * 9 * MEGABYTE)),),
    "too large together": (mail(parts(b"Content-Type: image/png\n\n" + b"A" * 500_000)),) * 20,
    "too many lines": (mail(eml("\n" * 600_000)), mail(eml("\n" * 700_000))),
    "too much text": (mail(eml("Hej på dig. " * 40_000)),),
    "too much HTML": (mail(html("<p>Hej på dig.</p>" * 80_000)),),
    "a broken mail in a mail": (mail(parts(b"Content-Type: message/rfc822\n\nbroken\0\1\2")),),
    "a mail of bytes in a mail": (
        mail(parts(b"Content-Type: application/octet-stream\n\n" + html("<p>Hej på dig.</p>" * 80_000))),
    ),
}  # fmt: skip


@pytest.mark.parametrize("attachments", READ.values(), ids=READ)
def test_mails_that_are_read(attachments: tuple[Attachment, ...]) -> None:
    assert not unread(*attachments)


@pytest.mark.parametrize("attachments", UNREAD.values(), ids=UNREAD)
def test_mails_that_are_not_read(attachments: tuple[Attachment, ...]) -> None:
    assert unread(*attachments)
    given = draft("Hej", COLLEAGUE, attachments=attachments)
    assert with_own_signs(None, given, Label.NONE, ("vb",)) == ThreadStanding(unread=True)


def test_what_is_known_already_is_not_read_again() -> None:
    given, known = draft("Hej", COLLEAGUE, attachments=(mail(None),)), ThreadStanding(Label.KANSLIG, ("a",))
    assert with_own_signs(known, given, Label.NONE, ("vb",)) == known
    assert with_own_signs(replace(known, unread=True), draft("Hej"), Label.NONE, ("vb",)).unread


def test_ids_of_a_mail_that_is_too_large_are_read() -> None:
    (found,) = attached_mails(draft("Hej", attachments=(mail(eml("x" * 9 * MEGABYTE)),)))
    assert found.message_ids == ("<1@granvik.example>",)


@pytest.mark.parametrize(
    "content",
    [
        html("<div>> a " * 130_000),
        html("<div>> a " * 10_000),
        eml("a b " * 250_000),
        parts(*[b"Content-Type: message/rfc822\n\nFrom: b@x\n\nhej"] * 20_000),
        parts(*[b"Content-Type: message/rfc822\n\nFrom: b@x\n\nhej"] * 200),
        parts(*[b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d" % (n, n) for n in range(90)]) + b"\n" * 900_000,
        eml("\n" * 900_000),
        b"References: " + b"<1@x> " * 150_000 + b"\n" + eml(""),
    ],
    ids=["HTML", "some HTML", "text", "mails", "some mails", "nested", "lines", "references"],
)
def test_twenty_of_the_worst_are_read_in_seconds(content: bytes) -> None:
    given = draft("Hej", attachments=[mail(content)] * 20)
    started = process_time()
    assert list(attached_mails(given))
    assert process_time() - started < 5, "twice what it takes on an idle machine"

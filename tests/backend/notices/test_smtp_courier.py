"""Letters over real SMTP: what arrives, what is refused for good, what may be tried again, and what no log tells."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes
from typing import Any

import pytest
from structlog.testing import capture_logs

from backend.domain.draft import Mailbox
from backend.domain.notices import Undelivered
from backend.notices.mail import message_of
from backend.notices.smtp_courier import Encryption, MailServer, SmtpCourier
from tests.backend.loopback_tls import LOOPBACK, loopback_tls
from tests.backend.notices.letters import KERSTIN, SENDER, STRANGE_NAMES, letter
from tests.backend.notices.smtp_server import PASSWORD, USER, MailDesk, smtp_server


@pytest.fixture
def desk() -> Iterator[MailDesk]:
    with smtp_server() as desk:
        yield desk


def server_of(desk: MailDesk, **fields: Any) -> MailServer:  # noqa: ANN401 - MailServer's fields
    ordinary: dict[str, Any] = {
        "encryption": Encryption.TLS if desk.tls else Encryption.STARTTLS, "ca_bundle": loopback_tls().ca_file,
        "patience": 3.0, "total": 5.0,
    }  # fmt: skip
    return MailServer(LOOPBACK, desk.port, **(ordinary | fields))


def courier(desk: MailDesk, **fields: Any) -> SmtpCourier:  # noqa: ANN401 - MailServer's fields
    return SmtpCourier(server_of(desk, **fields), SENDER)


@pytest.mark.parametrize("tls", [False, True], ids=["STARTTLS", "TLS"])
def test_letter_arrives(tls: bool) -> None:  # noqa: FBT001 - a table
    with smtp_server(tls=tls) as desk:
        courier(desk, user=USER, password=PASSWORD).deliver(letter())
        (taken,) = desk.letters
    assert (taken.sender, taken.recipients) == (SENDER.address, (KERSTIN.address,))
    assert (taken.encrypted, taken.user) == (True, USER)
    message = taken.message
    assert message["Message-ID"] == letter().message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["From"] == "Sändkoll <sandkoll@granvik.example>"
    assert message["To"] == KERSTIN.address
    assert message["Subject"] == letter().subject
    assert message["Date"].datetime.tzinfo is not None
    assert message.get_content().replace("\r\n", "\n") == letter().text
    assert taken.raw.isascii()


def test_same_letter_has_the_same_message_id_every_time(desk: MailDesk) -> None:
    for _ in range(2):
        courier(desk).deliver(letter())
    assert [one.message["Message-ID"] for one in desk.letters] == [letter().message_id] * 2


Order = Callable[[MailDesk], object]


def answered(command: str, answer: str) -> Order:
    return lambda desk: desk.answers.update({command: answer})


REFUSALS: dict[str, tuple[Order, str, bool]] = {
    "mailbox unknown": (answered("RCPT", "550 5.1.1 kanarie@granvik.example unknown"), "smtp_recipient_refused", False),
    "mailbox full for now": (answered("RCPT", "452 4.2.2 full"), "smtp_recipient_refused", True),
    "grey list": (answered("RCPT", "451 4.7.1 later"), "smtp_recipient_refused", True),
    "letter refused": (answered("LETTER", "554 5.7.1 kanarie"), "smtp_letter_refused", False),
    "letter not now": (answered("LETTER", "451 4.3.0 later"), "smtp_letter_refused", True),
    "no data": (answered("DATA", "554 no"), "smtp_letter_refused", False),
    "sender refused": (answered("MAIL", "553 5.7.1 not yours"), "smtp_refused", True),
    "busy at the door": (answered("GREETING", "421 too many"), "smtp_refused", True),
    "closed at the door": (answered("GREETING", "554 no service"), "smtp_refused", True),
    "no STARTTLS": (lambda desk: setattr(desk, "offers", ("AUTH PLAIN",)), "smtp_not_supported", True),
    "STARTTLS not now": (answered("STARTTLS", "454 not now"), "smtp_refused", True),
    "no login": (lambda desk: setattr(desk, "offers", ("STARTTLS",)), "smtp_not_supported", True),
    "login refused": (answered("AUTH", "535 5.7.8 kanarie"), "smtp_login_refused", True),
    "garbage": (answered("GREETING", "HTTP/1.1 400 Bad Request"), "smtp_refused", True),
    "cut off after the letter": (lambda desk: setattr(desk, "cut_after_data", True), "smtp_unreachable", True),
}


@pytest.mark.parametrize(("order", "code", "again"), REFUSALS.values(), ids=REFUSALS)
def test_refusal(order: Order, code: str, again: bool, desk: MailDesk) -> None:  # noqa: FBT001 - a table
    order(desk)
    with capture_logs() as logs, pytest.raises(Undelivered) as raised:
        courier(desk, user=USER, password=PASSWORD).deliver(letter())
    assert (raised.value.code, raised.value.again) == (code, again)
    assert "kanarie" not in repr(logs) + str(raised.value)
    assert not {KERSTIN.address, PASSWORD, letter().text} & {str(value) for one in logs for value in one.values()}


def test_nobody_at_home() -> None:
    with smtp_server() as desk:
        server = server_of(desk)
    with pytest.raises(Undelivered, match="smtp_unreachable") as raised:
        SmtpCourier(server, SENDER).deliver(letter())
    assert raised.value.again


@pytest.mark.parametrize("tls", [False, True], ids=["STARTTLS", "TLS"])
def test_server_that_nobody_vouches_for_gets_nothing(tls: bool) -> None:  # noqa: FBT001 - a table
    with smtp_server(tls=tls) as desk:
        stranger = SmtpCourier(replace(server_of(desk), ca_bundle=None, user=USER, password=PASSWORD), SENDER)
        with pytest.raises(Undelivered, match="smtp_not_trusted"):
            stranger.deliver(letter())
        assert desk.letters == []


def test_silent_server_is_left_in_time(desk: MailDesk) -> None:
    desk.delays["EHLO"] = 3.0
    began = time.monotonic()
    with pytest.raises(Undelivered, match="smtp_unreachable"):
        courier(desk, patience=0.3).deliver(letter())
    assert time.monotonic() - began < 1.5


def test_server_that_trickles_is_left_in_time(desk: MailDesk) -> None:
    desk.trickle = 0.1
    began = time.monotonic()
    with pytest.raises(Undelivered, match="smtp_unreachable"):
        courier(desk, patience=1.0, total=0.8).deliver(letter())
    assert time.monotonic() - began < 2.5


def test_what_becomes_of_the_goodbye_is_all_the_same(desk: MailDesk) -> None:
    desk.answers["QUIT"] = "500 what?"
    courier(desk).deliver(letter())
    assert len(desk.letters) == 1


UNUSABLE = ["", "åsa@granvik.example", "kerstin", "@granvik.example", "kerstin@", "a b@granvik.example",
            "a@granvik.example\r\nRCPT TO:<b@x>", "a@granvik.example>, <b@granvik.example",
            "a@" + "å" * 300 + ".example"]  # fmt: skip


@pytest.mark.parametrize("address", UNUSABLE, ids=range(len(UNUSABLE)))
def test_unusable_address_is_final_and_never_tried(address: str, desk: MailDesk) -> None:
    with pytest.raises(Undelivered) as raised:
        courier(desk).deliver(letter(Mailbox(address)))
    assert (raised.value.code, raised.value.again, desk.connections) == ("address_unusable", False, 0)


def test_domain_outside_ascii_goes_as_ascii(desk: MailDesk) -> None:
    courier(desk).deliver(letter(Mailbox("asa@hällby.example")))
    assert desk.letters[0].recipients == ("asa@xn--hllby-gra.example",)


@pytest.mark.parametrize("name", STRANGE_NAMES)
def test_name_adds_nothing(name: str, desk: MailDesk) -> None:
    courier(desk).deliver(letter())
    courier(desk).deliver(letter(Mailbox(KERSTIN.address, name)))
    usual, taken = desk.letters
    assert taken.recipients == (KERSTIN.address,)
    assert (taken.message.keys(), taken.message["To"]) == (usual.message.keys(), KERSTIN.address)
    assert taken.message.get_content() == usual.message.get_content()


@pytest.mark.parametrize("name", STRANGE_NAMES)
def test_name_of_the_sender_adds_nothing(name: str) -> None:
    headers = message_of(letter(), SENDER).keys()
    message = message_of(letter(), Mailbox(SENDER.address, name))
    assert message_from_bytes(message.as_bytes()).keys() == headers


@pytest.mark.parametrize("name", [one for one in STRANGE_NAMES if "=?" in one])
def test_letter_that_would_go_out_as_another_one_is_final(name: str) -> None:
    with pytest.raises(Undelivered) as raised:
        message_of(replace(letter(), subject=name), SENDER)
    assert (raised.value.code, raised.value.again) == ("letter_malformed", False)


def test_repr_shows_no_secret(desk: MailDesk) -> None:
    assert PASSWORD not in repr(server_of(desk, user=USER, password=PASSWORD))
    assert KERSTIN.address not in repr(letter())

"""Letters by Graph: real msal and TLS against a stand-in; what arrives, what may be tried again, what no log tells."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding
from structlog.testing import capture_logs

from backend.domain.draft import Mailbox
from backend.domain.notices import Undelivered
from backend.notices.courier_busy import CourierBusy
from backend.notices.graph_access import GraphMailbox
from backend.notices.graph_courier import GraphCourier
from tests.backend.entra_faults import DOWN, DROPPED, GARBAGE, THROTTLED, Fault
from tests.backend.loopback_tls import client_certificate, pem
from tests.backend.notices.letters import KERSTIN, STRANGE_NAMES, letter
from tests.backend.notices.mail_service import CLIENT, SECRET, SENDER, TENANT, MailService, mail_service


@pytest.fixture
def service() -> Iterator[MailService]:
    with mail_service() as service:
        yield service


def mailbox(service: MailService, **fields: Any) -> GraphMailbox:  # noqa: ANN401 - GraphMailbox's fields
    ordinary: dict[str, Any] = {
        "sender": SENDER, "secret": SECRET, "authority": service.authority, "graph_url": service.graph_url,
        "ca_bundle": service.ca_file, "patience": 2.0, "total": 1.0,
    }  # fmt: skip
    return GraphMailbox(TENANT, CLIENT, **(ordinary | fields))


@pytest.fixture
def courier(service: MailService) -> Iterator[GraphCourier]:
    courier = GraphCourier(mailbox(service))
    yield courier
    courier.close()


def test_letters_arrive_with_one_token(courier: GraphCourier, service: MailService) -> None:
    for number in (1, 2):
        courier.deliver(letter(number=number))
    assert [one["Message-ID"] for one in service.letters] == [letter(number=one).message_id for one in (1, 2)]
    message = service.letters[0]
    assert message["Auto-Submitted"] == "auto-generated"
    assert (message["From"], message["Subject"]) == ("Sändkoll <sandkoll@granvik.example>", letter().subject)
    assert [one.addr_spec for one in message["To"].addresses] == [KERSTIN.address]
    assert message.get_content().replace("\r\n", "\n") == letter().text
    assert service.tokens == 1


@pytest.mark.parametrize("name", STRANGE_NAMES)
def test_name_adds_nothing(name: str, courier: GraphCourier, service: MailService) -> None:
    courier.deliver(letter())
    courier.deliver(letter(Mailbox(KERSTIN.address, name)))
    usual, message = service.letters
    assert (message.keys(), message["To"]) == (usual.keys(), KERSTIN.address)
    assert message.get_content() == usual.get_content()


def test_certificate_proves_the_application(service: MailService) -> None:
    key = generate_private_key(65537, 2048)
    service.key = key
    certificate = client_certificate(key).public_bytes(Encoding.PEM).decode()
    courier = GraphCourier(mailbox(service, secret="", private_key=pem(key).decode(), certificate=certificate))
    courier.deliver(letter())
    courier.close()
    assert len(service.letters) == 1


ANSWERS: dict[str, tuple[Fault, str, bool]] = {
    "bad letter": (Fault(400, b'{"error":{"message":"kanarie"}}'), "graph_letter_refused", False),
    "too large": (Fault(413, b"kanarie"), "graph_letter_refused", False),
    "no permission": (Fault(403, b'{"error":{"code":"ErrorAccessDenied"}}'), "graph_not_permitted", True),
    "no such mailbox": (Fault(404, b"kanarie"), "graph_not_permitted", True),
    "token refused": (Fault(401, b"{}"), "graph_token_refused", True),
    "throttled": (THROTTLED, "graph_busy", True),
    "down": (DOWN, "graph_busy", True),
    "broken": (Fault(500, b"kanarie"), "graph_failed", True),
    "gateway": (Fault(502, b"<html>kanarie</html>"), "graph_failed", True),
    "another place": (Fault(302, b"", {"Location": "https://127.0.0.1:9/"}), "graph_unreachable", True),
    "a guest network": (GARBAGE, "graph_failed", True),
    "no answer": (DROPPED, "graph_unreachable", True),
    "answer cut off": (Fault(202, b"kanarie", cut=2), "graph_unreachable", True),
    "slow": (Fault(202, b"", delay=4.0), "graph_unreachable", True),
    "trickling": (Fault(202, b"kanarie" * 10, trickle=0.1), "graph_unreachable", True),
}


@pytest.mark.parametrize(("fault", "code", "again"), ANSWERS.values(), ids=ANSWERS)
def test_answer(fault: Fault, code: str, again: bool, courier: GraphCourier, service: MailService) -> None:  # noqa: FBT001 - a table
    service.fault = fault
    began = time.monotonic()
    with capture_logs() as logs, pytest.raises(Undelivered) as raised:
        courier.deliver(letter())
    assert (raised.value.code, raised.value.again) == (code, again)
    assert time.monotonic() - began < 3.5
    told = repr(logs) + str(raised.value)
    assert not [one for one in ("kanarie", KERSTIN.address, SECRET, "token-1", "pages/approvals") if one in told]


def test_throttled_graph_is_left_alone_as_long_as_it_says(service: MailService) -> None:
    now = 100.0
    courier = GraphCourier(mailbox(service), clock=lambda: now)
    service.fault = THROTTLED
    for left in (7.0, 4.0):
        with pytest.raises(CourierBusy) as raised:
            courier.deliver(letter())
        assert raised.value.seconds == left
        now = 103.0
    assert service.asked == 1
    now, service.fault = 107.1, None
    courier.deliver(letter())
    courier.close()
    assert len(service.letters) == 1


def test_token_that_graph_refuses_is_not_used_again(courier: GraphCourier, service: MailService) -> None:
    courier.deliver(letter())
    service.tokens += 1
    with pytest.raises(Undelivered, match="graph_token_refused"):
        courier.deliver(letter())
    courier.deliver(letter())
    assert len(service.letters) == 2


NO_TOKENS = {"down": DOWN, "throttled": THROTTLED, "garbage": GARBAGE, "no answer": DROPPED}


@pytest.mark.parametrize("fault", NO_TOKENS.values(), ids=NO_TOKENS)
def test_no_token_no_letter(fault: Fault, courier: GraphCourier, service: MailService) -> None:
    service.token_fault = fault
    with pytest.raises(Undelivered, match="graph_sign_in_") as raised:
        courier.deliver(letter())
    assert raised.value.again
    assert service.asked == 0


def test_wrong_secret_is_told_by_its_code_alone(service: MailService) -> None:
    courier = GraphCourier(mailbox(service, secret="another"))
    with capture_logs() as logs, pytest.raises(Undelivered, match="graph_sign_in_refused"):
        courier.deliver(letter())
    courier.close()
    assert [one["codes"] for one in logs] == [[7000215]]
    assert "kanarie" not in repr(logs)


def test_service_that_nobody_vouches_for_gets_nothing(service: MailService) -> None:
    courier = GraphCourier(mailbox(service, ca_bundle=None))
    with pytest.raises(Undelivered, match="graph_sign_in_unreachable"):
        courier.deliver(letter())
    courier.close()
    assert (service.tokens, service.asked) == (0, 0)


def test_unusable_address_is_final_and_never_tried(courier: GraphCourier, service: MailService) -> None:
    with pytest.raises(Undelivered) as raised:
        courier.deliver(letter(Mailbox("kerstin")))
    assert (raised.value.again, service.asked) == (False, 0)


def test_repr_shows_no_secret(service: MailService) -> None:
    assert SECRET not in repr(mailbox(service))

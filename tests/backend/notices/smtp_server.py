"""A stand-in for a mail server: real SMTP on loopback, with STARTTLS or TLS, that can be told to go wrong.

`letters` is what was taken; `answers["RCPT"] = "550 5.1.1 no"` makes a command go wrong; with `cut_after_data` the
letter is kept and the answer is not given.
"""

import base64
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import BinaryIO

from tests.backend.loopback_tls import LOOPBACK, loopback_tls

USER, PASSWORD = "sandkoll", "a password of the test run"


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter as it was handed over."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage
    raw: bytes
    encrypted: bool
    user: str


@dataclass(slots=True)
class MailDesk:
    """The running server and its orders. `answers` by command, `GREETING` for the hello and `LETTER` for the message.

    `delays` are seconds before the answer to a command, `trickle` between the bytes of every answer.
    """

    port: int
    tls: bool = False
    offers: tuple[str, ...] = ("STARTTLS", "AUTH PLAIN")
    answers: dict[str, str] = field(default_factory=dict)
    delays: dict[str, float] = field(default_factory=dict)
    trickle: float = 0.0
    cut_after_data: bool = False
    letters: list[Taken] = field(default_factory=list)
    connections: int = 0


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    desk: MailDesk

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing: clients that give up are what is tested."""


class _Conversation(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        self.desk = self.server.desk
        self.desk.connections += 1
        self.encrypted, self.user = False, ""
        self.sender, self.recipients = "", list[str]()
        self.connection = self.request
        if self.desk.tls:
            self.encrypt()
        self.lines: BinaryIO = self.connection.makefile("rb")
        try:
            self.say("GREETING", "220 mail.granvik.example ESMTP")
            while line := self.lines.readline():
                if not self.obey(line.decode().strip()):
                    return
        finally:
            self.lines.close()
            self.connection.close()

    def encrypt(self) -> None:
        self.connection = loopback_tls().context.wrap_socket(self.connection, server_side=True)
        self.encrypted = True

    def say(self, command: str, answer: str) -> str:
        time.sleep(self.desk.delays.get(command, 0))
        answer = self.desk.answers.get(command, answer)
        content = f"{answer}\r\n".encode()
        step = 1 if self.desk.trickle else len(content)
        for at in range(0, len(content), step):
            self.connection.sendall(content[at : at + step])
            time.sleep(self.desk.trickle)
        return answer

    def obey(self, line: str) -> bool:
        """Does as it is told; whether the conversation goes on."""
        command = line.partition(" ")[0].upper()
        match command:
            case "EHLO":
                offers = [one for one in self.desk.offers if one != "STARTTLS" or not self.encrypted]
                self.say(
                    command, "\r\n".join(["250-mail.granvik.example", *(f"250-{one}" for one in offers), "250 HELP"])
                )
            case "STARTTLS":
                if self.say(command, "220 go ahead").startswith("220"):
                    self.lines.close()
                    self.encrypt()
                    self.lines = self.connection.makefile("rb")
            case "AUTH":
                self.log_in(line)
            case "MAIL" | "RCPT":
                self.address(command, line)
            case "DATA":
                return self.take()
            case "QUIT":
                self.say(command, "221 bye")
                return False
            case _:
                self.say(command, "250 ok")
        return True

    def log_in(self, line: str) -> None:
        _, user, password = base64.b64decode(line.split()[2]).decode().split("\0")
        good = self.encrypted and (user, password) == (USER, PASSWORD)
        self.user = user if good else ""
        self.say("AUTH", "235 welcome" if good else "535 5.7.8 no")

    def address(self, command: str, line: str) -> None:
        if self.say(command, "250 ok").startswith("250"):
            address = line.partition("<")[2].partition(">")[0]
            if command == "MAIL":
                self.sender, self.recipients = address, []
            else:
                self.recipients.append(address)

    def take(self) -> bool:
        if not self.say("DATA", "354 go on").startswith("354"):
            return True
        raw = bytearray()
        while (line := self.lines.readline()) not in (b".\r\n", b""):
            raw += line.removeprefix(b".") if line.startswith(b"..") else line
        # A refused letter is not kept.
        if self.desk.answers.get("LETTER", "250").startswith("250"):
            message = message_from_bytes(bytes(raw), policy=default)
            assert isinstance(message, EmailMessage)
            taken = Taken(self.sender, tuple(self.recipients), message, bytes(raw), self.encrypted, self.user)
            self.desk.letters.append(taken)
        if self.desk.cut_after_data:
            return False
        self.say("LETTER", "250 taken")
        return True


@contextmanager
def smtp_server(*, tls: bool = False) -> Iterator[MailDesk]:
    """Starts the stand-in on a free port of 127.0.0.1 and stops it again."""
    with _Server((LOOPBACK, 0), _Conversation) as server:
        server.desk = MailDesk(server.server_address[1], tls)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server.desk
        finally:
            server.shutdown()
            thread.join()

"""Delivers letters to a mail server by SMTP (RFC 5321), always encrypted and to a server that proves who it is."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import StrEnum
from threading import Timer

import structlog

from backend.domain.draft import Mailbox
from backend.domain.notices import Letter, Undelivered
from backend.notices.mail import message_of

_LOG = structlog.get_logger("backend.notices")
_READY = 220
_FINAL = 500


class Encryption(StrEnum):
    """How the connection is encrypted: from its start (port 465), or once the server has said hello (587, 25)."""

    TLS = "tls"
    STARTTLS = "starttls"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed over. Without `user` there is no login. Times are seconds: for each answer, and in all.

    `ca_bundle` is a PEM file of authorities to trust in place of the machine's own. `repr` shows no password.
    """

    host: str
    port: int = 587
    encryption: Encryption = Encryption.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    ca_bundle: str | None = None
    patience: float = 10.0
    total: float = 30.0


class SmtpCourier:
    """One connection for each letter: notices are few. Thread-safe."""

    def __init__(self, server: MailServer, sender: Mailbox) -> None:
        self._server = server
        self._sender = sender
        self._context = ssl.create_default_context(cafile=server.ca_bundle)

    def deliver(self, letter: Letter) -> None:
        """See Courier. What is wrong with this letter is final; what is wrong with the server or our login may pass."""
        message = message_of(letter, self._sender)
        try:
            with self._connection() as connection:
                _send(connection, message)
        except smtplib.SMTPNotSupportedError:
            # No STARTTLS, or no login: a letter never goes out in the clear.
            raise _failure("smtp_not_supported") from None
        except smtplib.SMTPAuthenticationError as error:
            raise _failure("smtp_login_refused", error.smtp_code) from None
        except smtplib.SMTPResponseException as error:
            raise _failure("smtp_refused", error.smtp_code) from None
        except ssl.SSLError as error:
            raise _failure("smtp_not_trusted", what=type(error).__name__) from None
        # An OSError too is every error of smtplib. Its own words may hold an address: only its name is logged.
        except OSError as error:
            raise _failure("smtp_unreachable", what=type(error).__name__) from None

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        """A connection over which a letter can be sent, closed in the end, and at the latest when its time is over."""
        server = self._server
        name = self._sender.address.rpartition("@")[2]
        # The name is given, or smtplib asks the network for one.
        if server.encryption is Encryption.TLS:
            context = self._context
            connection: smtplib.SMTP = smtplib.SMTP_SSL(local_hostname=name, timeout=server.patience, context=context)
        else:
            connection = smtplib.SMTP(local_hostname=name, timeout=server.patience)
        # For the certificate: smtplib knows the name only of a server that it was made with.
        connection._host = server.host  # type: ignore[attr-defined]  # noqa: SLF001 - see above
        timer = Timer(server.total, _hang_up, [connection])
        timer.daemon = True
        timer.start()
        try:
            status, _ = connection.connect(server.host, server.port)
            if status != _READY:
                raise smtplib.SMTPConnectError(status, "")
            if server.encryption is Encryption.STARTTLS:
                connection.starttls(context=self._context)
            if server.user:
                connection.login(server.user, server.password)
            yield connection
            # The letter is handed over: what becomes of the goodbye is all the same.
            with suppress(OSError):
                connection.quit()
        finally:
            timer.cancel()
            connection.close()


def _send(connection: smtplib.SMTP, message: EmailMessage) -> None:
    try:
        connection.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        # One recipient, one refusal: (status, words).
        status = next(iter(error.recipients.values()))[0]
        raise _failure("smtp_recipient_refused", status, again=status < _FINAL) from None
    except smtplib.SMTPDataError as error:
        raise _failure("smtp_letter_refused", error.smtp_code, again=error.smtp_code < _FINAL) from None


def _failure(code: str, status: int = 0, *, what: str = "", again: bool = True) -> Undelivered:
    _LOG.warning("notice_not_taken", code=code, status=status, error=what)
    return Undelivered(code, again=again)


def _hang_up(connection: smtplib.SMTP) -> None:
    """Time-outs are for each read: a server that answers one byte at a time would keep a delivery going for ever."""
    with suppress(OSError):
        if connection.sock is not None:
            # The socket's own method: TLS would want to say goodbye.
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)

"""A stand-in for Entra ID and Graph as an application meets them: client credentials, and `sendMail` as MIME.

After Microsoft's "OAuth 2.0 client credentials flow on the Microsoft identity platform" and "user: sendMail". A real
HTTPS server on loopback; `fault` makes `sendMail` go wrong, `token_fault` the token endpoint.
"""

import base64
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from tests.backend.entra_faults import Endpoint, Fault
from tests.backend.loopback_tls import LOOPBACK, loopback_tls

TENANT = "9188040d-6c67-4c5b-b112-36a304b66dad"
CLIENT = "00001111-aaaa-2222-bbbb-3333cccc4444"
SECRET = "a secret of the test run"
SENDER = "sandkoll@granvik.example"
SCOPE = "https://graph.microsoft.com/.default"


class MailService:
    """The running server. `letters` is what was taken, `tokens` how many tokens were given out.

    With `key` an application proves itself with that certificate's key, else with the secret.
    """

    key: RSAPrivateKey | None = None

    def __init__(self, url: str) -> None:
        self.authority, self.graph_url = url, f"{url}/v1.0"
        self.ca_file = loopback_tls().ca_file
        self.letters: list[EmailMessage] = []
        self.tokens = self.asked = 0
        self.fault: Fault | None = None
        self.token_fault: Fault | None = None

    def metadata(self) -> Fault:
        base = f"{self.authority}/{TENANT}"
        return _json({
            "issuer": f"{base}/v2.0", "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "token_endpoint": f"{base}{Endpoint.TOKEN}", "jwks_uri": f"{base}{Endpoint.KEYS}",
        })  # fmt: skip

    def token(self, form: Mapping[str, str]) -> Fault:
        if self.token_fault:
            return self.token_fault
        good = form.get("grant_type") == "client_credentials" and form.get("scope") == SCOPE
        if not good or form.get("client_id") != CLIENT or not self._proven(form):
            refused = {"error": "invalid_client", "error_codes": [7000215], "error_description": "kanarie"}
            return replace(_json(refused), status=HTTPStatus.UNAUTHORIZED)
        self.tokens += 1
        return _json({"token_type": "Bearer", "expires_in": 3599, "access_token": f"token-{self.tokens}"})

    def send(self, path: str, headers: Mapping[str, str], content: bytes) -> Fault:
        self.asked += 1
        if self.fault:
            return self.fault
        if headers["Authorization"] != f"Bearer token-{self.tokens}":
            return Fault(HTTPStatus.UNAUTHORIZED, b"{}")
        if unquote(path) != f"/v1.0/users/{SENDER}/sendMail":
            return Fault(HTTPStatus.FORBIDDEN, b"{}")
        assert headers["Content-Type"] == "text/plain"
        message = message_from_bytes(base64.b64decode(content, validate=True), policy=default)
        assert isinstance(message, EmailMessage)
        self.letters.append(message)
        return Fault(HTTPStatus.ACCEPTED, b"")

    def _proven(self, form: Mapping[str, str]) -> bool:
        """By the secret, or by an assertion that is signed with the registered certificate (RFC 7523)."""
        if self.key is None:
            return form.get("client_secret") == SECRET
        audience = f"{self.authority}/{TENANT}{Endpoint.TOKEN}"
        claims = jwt.decode(form["client_assertion"], self.key.public_key(), ["PS256"], audience=audience)
        return (claims["iss"], claims["sub"]) == (CLIENT, CLIENT)


def _json(content: Mapping[str, Any]) -> Fault:
    return Fault(body=json.dumps(content).encode(), headers={"Content-Type": "application/json"})


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    service: MailService

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing: clients that give up are what is tested."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    server: _Server

    def do_GET(self) -> None:
        self._answer(self.server.service.metadata())

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        service = self.server.service
        if self.path.endswith(Endpoint.TOKEN):
            self._answer(service.token(dict(parse_qsl(content.decode()))))
        else:
            self._answer(service.send(self.path, dict(self.headers.items()), content))

    def _answer(self, fault: Fault) -> None:
        body = fault.body or b""
        time.sleep(fault.delay)
        self.close_connection = fault.dropped or fault.cut is not None or bool(fault.trickle)
        if fault.dropped:
            return
        self.send_response(fault.status)
        for name, value in {**fault.headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        for piece in [body[: fault.cut]] if not fault.trickle else [body[at : at + 1] for at in range(len(body))]:
            self.wfile.write(piece)
            time.sleep(fault.trickle)

    def log_message(self, *_: object) -> None:
        """Says nothing on standard error."""


@contextmanager
def mail_service() -> Iterator[MailService]:
    """Starts the stand-in on a free port of 127.0.0.1 and stops it again."""
    with _Server((LOOPBACK, 0), _Handler) as server:
        server.socket = loopback_tls().context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        server.service = MailService(f"https://{LOOPBACK}:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server.service
        finally:
            server.shutdown()
            thread.join()

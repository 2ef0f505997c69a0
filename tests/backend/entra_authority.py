"""A stand-in for Entra ID: a real HTTPS server on loopback with metadata, signing keys and a token endpoint.

    with entra_authority() as authority:
        token = authority.token(oid="…", tid="…")      # an employee's access token, any claim changed
        requests.get(f"{authority.url}/common/discovery/v2.0/keys", verify=authority.ca_file)
        with authority.faulty(Endpoint.TOKEN, MFA_NEEDED): ...
        authority.asked[Endpoint.KEYS]                 # how often

What it answers at the token endpoint is in `on_behalf_of.py`, how it misbehaves in `entra_faults.py`, what tokens look
like in `entra_tokens.py`. A requests session must have `trust_env=False` (or `verify` given with each request): else
REQUESTS_CA_BUNDLE in the environment wins over the session's own `verify`.
"""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

import jwt

from tests.backend.entra_faults import Endpoint, Fault
from tests.backend.entra_tokens import Signer, access_claims, access_claims_v1, signer
from tests.backend.loopback_tls import LOOPBACK, loopback_tls
from tests.backend.on_behalf_of import Application, Refused, TokenRequest, answer_on_behalf_of


class EntraAuthority:
    """The running server. `signers` are published in this order and the first one signs; change the list to rotate."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.ca_file = loopback_tls().ca_file
        self.signers: list[Signer] = [signer(0)]
        self.application = Application()
        self.asked: Counter[Endpoint] = Counter()
        self.forms: list[Mapping[str, str]] = []
        self._faults: dict[Endpoint, Fault] = {}

    def token(self, **changed: object) -> str:
        """A v2 access token of an employee, signed by the first key."""
        return self.signers[0].sign(access_claims(self.url, **changed))

    def token_v1(self, **changed: object) -> str:
        """A v1 access token of an employee, signed by the first key."""
        return self.signers[0].sign(access_claims_v1(**changed))

    def claims(self, token: str) -> dict[str, Any]:
        """What stands in a token that this authority issued and that has not expired. Raises jwt.PyJWTError."""
        keys = {one.kid: one.key.public_key() for one in self.signers}
        key = keys[jwt.get_unverified_header(token)["kid"]]
        claims: dict[str, Any] = jwt.decode(token, key, ["RS256"], {"verify_aud": False})
        return claims

    @contextmanager
    def faulty(self, endpoint: Endpoint, fault: Fault) -> Iterator[None]:
        """Within it the endpoint misbehaves."""
        self._faults[endpoint] = fault
        try:
            yield
        finally:
            del self._faults[endpoint]

    def answer(self, path: str, form: Mapping[str, str], basic: str) -> Fault:
        """What is to be sent."""
        endpoint = next(one for one in Endpoint if path.endswith(one))
        self.asked[endpoint] += 1
        fault = self._faults.get(endpoint, Fault())
        if fault.body is not None:
            return fault
        status, content = self._good(endpoint, path, form, basic)
        return replace(
            fault, status=status, body=json.dumps(content).encode(), headers={"Content-Type": "application/json"}
        )

    def _good(self, endpoint: Endpoint, path: str, form: Mapping[str, str], basic: str) -> tuple[int, dict[str, Any]]:
        tenant = path.removesuffix(endpoint).strip("/")
        match endpoint:
            case Endpoint.METADATA:
                return HTTPStatus.OK, self._metadata(tenant)
            case Endpoint.KEYS:
                return HTTPStatus.OK, {"keys": [one.published(self.url) for one in self.signers]}
            case Endpoint.TOKEN:
                self.forms.append(form)
                request = TokenRequest(self.url, tenant, form, basic)
                try:
                    answer = answer_on_behalf_of(self.application, self.signers[0], request)
                except Refused as refused:
                    return refused.status, refused.answer
                return HTTPStatus.OK, answer
        return HTTPStatus.NOT_FOUND, {"error": "not_found"}

    def _metadata(self, tenant: str) -> dict[str, Any]:
        """The OpenID Connect metadata document, what is used of it."""
        base, named = f"{self.url}/{tenant}", "{tenantid}" if tenant in {"common", "organizations"} else tenant
        return {
            "issuer": f"{self.url}/{named}/v2.0",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "token_endpoint": f"{base}{Endpoint.TOKEN}",
            "jwks_uri": f"{base}{Endpoint.KEYS}",
            "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
            "id_token_signing_alg_values_supported": ["RS256"],
        }


_Authority = TypeVar("_Authority", bound=EntraAuthority)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    authority: EntraAuthority

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing: clients that give up are what is tested."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    server: _Server

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self._answer(dict(parse_qsl(self.rfile.read(length).decode())))

    def _answer(self, form: Mapping[str, str]) -> None:
        path, basic = urlsplit(self.path).path, self.headers.get("Authorization", "")
        fault = self.server.authority.answer(path, form, basic)
        body = fault.body or b""
        time.sleep(fault.delay)
        self.close_connection = fault.dropped or fault.cut is not None
        if fault.dropped:
            return
        self.send_response(fault.status)
        for name, value in {**fault.headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        pieces = [body[: fault.cut]] if not fault.trickle else [body[at : at + 1] for at in range(len(body))]
        for piece in pieces:
            self.wfile.write(piece)
            time.sleep(fault.trickle)

    def log_message(self, *_: object) -> None:
        """Says nothing on standard error."""


@contextmanager
def entra_authority() -> Iterator[EntraAuthority]:
    """Starts the stand-in on a free port of 127.0.0.1 and stops it again."""
    with started(EntraAuthority) as authority:
        yield authority


@contextmanager
def started(kind: type[_Authority]) -> Iterator[_Authority]:
    """The same for a stand-in that can do more."""
    with _Server((LOOPBACK, 0), _Handler) as server:
        # The handshake is left to the thread of each connection, lest a client that stalls in it holds up all others.
        server.socket = loopback_tls().context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        authority = kind(f"https://{LOOPBACK}:{server.server_port}")
        server.authority = authority
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield authority
        finally:
            server.shutdown()
            thread.join()

"""One HTTP exchange with Graph that is over when its time is, whatever the other side does."""

import json
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from socket import SHUT_RDWR, socket
from threading import Timer, local
from time import monotonic
from typing import Any, Protocol

from certifi import where
from urllib3 import PoolManager, ProxyManager, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse, HTTPResponse

from backend.directory.graph.access import GraphAccess, GraphLimits

_PIECE = 65_536


class ExchangeFailed(Exception):
    """No usable answer came. `slow` says that time ran out."""

    def __init__(self, what: str, *, slow: bool = False) -> None:
        super().__init__(what)
        self.slow = slow


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """An answer as it came. `content` is the JSON in it, None where it is none. `repr` shows the status only."""

    status: int
    headers: dict[str, str] = field(repr=False)
    content: object = field(repr=False)


class Channel(Protocol):
    """What sends a request to Graph."""

    def post(self, path: str, body: object, token: str, until: float) -> HttpAnswer:
        """Posts JSON and reads the answer. `until` is on `time.monotonic`. Raises ExchangeFailed."""


class HttpChannel:
    """Connections to one Graph, kept open between exchanges. Thread-safe."""

    def __init__(self, access: GraphAccess, limits: GraphLimits) -> None:
        self._url = access.graph_url
        self._limits = limits
        options: dict[str, Any] = {
            "maxsize": limits.exchanges, "retries": False, "ca_certs": access.ca_bundle or where(),
            "cert_reqs": "CERT_REQUIRED",
        }  # fmt: skip
        self._pools = ProxyManager(access.proxy, **options) if access.proxy else PoolManager(**options)
        self._pools.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}

    def post(self, path: str, body: object, token: str, until: float) -> HttpAnswer:
        """See Channel."""
        left = until - monotonic()
        if left <= 0:
            raise ExchangeFailed("no-time-left", slow=True)
        held = _talk.held = _Held()
        timer = Timer(left, held.hang_up)
        timer.daemon = True
        timer.start()
        try:
            response = self._pools.request(
                "POST", f"{self._url}{path}", body=json.dumps(body).encode(),
                headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json",
                         "Accept": "application/json"},
                timeout=Timeout(connect=min(self._limits.connect, left), read=left),
                redirect=False, preload_content=False,
            )  # fmt: skip
            text = self._text(response, until)
        except (HTTPError, OSError, ValueError) as error:
            # The error's own text may hold a URL with an address in it: only its name goes on.
            raise ExchangeFailed(type(error).__name__, slow=monotonic() >= until) from None
        finally:
            timer.cancel()
        response.release_conn()
        return _answer(response, text)

    def close(self) -> None:
        """Closes the connections that are not in use."""
        self._pools.clear()

    def _text(self, response: BaseHTTPResponse, until: float) -> bytes:
        """The whole body, read as it comes: a read that waits for more could be strung along byte by byte."""
        text = bytearray()
        try:
            while piece := response.read1(_PIECE):
                text += piece
                self._check(len(text), until)
        except BaseException:
            response.close()
            raise
        return bytes(text)

    def _check(self, size: int, until: float) -> None:
        if monotonic() >= until:
            raise ExchangeFailed("slow-body", slow=True)
        if size > self._limits.most_bytes:
            raise ExchangeFailed("large-body")


def _answer(response: BaseHTTPResponse, text: bytes) -> HttpAnswer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        if response.status == HTTPStatus.OK:
            raise ExchangeFailed("no-json") from None
        content = None
    return HttpAnswer(response.status, headers, content)


class _Held:
    """The socket that an exchange waits at, for another thread to end the conversation by."""

    connected: socket | None = None

    def hang_up(self) -> None:
        """A time-out of a socket is for each read: one byte a second would keep an exchange going for ever."""
        if self.connected is not None:
            with suppress(OSError):
                # The socket's own method: TLS would want to say goodbye.
                socket.shutdown(self.connected, SHUT_RDWR)


class _Talk(local):
    held = _Held()


_talk = _Talk()


class _Bounded(HTTPConnection):
    def getresponse(self) -> HTTPResponse:  # type: ignore[override] # as in urllib3
        """As urllib3 does it; tells the exchange of this thread which socket it is."""
        _talk.held.connected = self.sock
        return super().getresponse()


class _BoundedTls(_Bounded, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Bounded


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _BoundedTls

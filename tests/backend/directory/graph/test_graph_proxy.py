"""Out by a proxy: both the authority and Graph are asked through it, with TLS from end to end."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer

from backend.domain.directory import NotTold
from backend.domain.person import Person
from tests.backend.directory.graph.conftest import Made
from tests.backend.directory.graph.graph_service import GraphService
from tests.backend.directory.graph.graph_tenant import OWN
from tests.backend.entra_authority import EntraAuthority
from tests.backend.loopback_tls import LOOPBACK

ANNA = f"anna.berg@{OWN}"


class _Tunnel(StreamRequestHandler):
    """HTTP CONNECT (RFC 9110, 9.3.6)."""

    def handle(self) -> None:
        target = self.rfile.readline().decode().split()[1]
        while self.rfile.readline().strip():
            pass
        self.server.targets.append(target)  # type: ignore[attr-defined] # of the server below
        host, _, port = target.partition(":")
        with socket.create_connection((host, int(port))) as far:
            self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=_pass_on, args=(far, self.connection), daemon=True)
            back.start()
            _pass_on(self.connection, far)
            back.join()


def _pass_on(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65_536):
            sink.sendall(piece)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_RDWR)


@contextmanager
def proxy() -> Iterator[tuple[str, list[str]]]:
    """Its URL and where it was asked to connect to."""
    ThreadingTCPServer.daemon_threads = True
    with ThreadingTCPServer((LOOPBACK, 0), _Tunnel) as server:
        targets: list[str] = []
        server.targets = targets  # type: ignore[attr-defined]  # for its handler
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://{LOOPBACK}:{server.server_address[1]}", targets
        finally:
            server.shutdown()
            thread.join()


def test_everything_goes_out_by_the_proxy(
    made: Made, sara: Person, graph: GraphService, authority: EntraAuthority
) -> None:
    with proxy() as (url, targets):
        directory = made(proxy=url)
        assert ANNA in directory.look_up(sara, [ANNA]).entries
        directory.close()
    assert {f"https://{target}" for target in targets} == {authority.url, graph.url.removesuffix("/v1.0")}


def test_proxy_is_gone(made: Made, sara: Person) -> None:
    assert made(proxy=f"http://{LOOPBACK}:9").look_up(sara, [ANNA]).not_told == {ANNA: NotTold.DIRECTORY_DOWN}

"""The demonstration as it is started: gunicorn on loopback, with folders of its own."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.settings import PROJECT_FOLDER
from tests.backend.served import model_path

_PATIENCE = 60.0
_HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class DemoServer:
    """A running demonstration."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, dict[str, Any]]:
        """Status and JSON of one request, on a connection of its own."""
        connection = http.client.HTTPConnection(_HOST, self.port, timeout=30)
        try:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, names)
            response = connection.getresponse()
            return response.status, json.loads(response.read() or b"{}")
        finally:
            connection.close()

    def post(self, path: str, body: bytes, token: str) -> tuple[int, dict[str, Any]]:
        return self.ask("POST", path, body, Content_Type="application/json", Authorization=f"Bearer {token}")

    def token(self) -> str:
        """The token of the first sample person."""
        token: str = self.ask("GET", "/demo/people")[1]["people"][0]["token"]
        return token

    def raw(self, content: bytes) -> bytes:
        """What comes back, to the end, for bytes sent as they are."""
        with socket.create_connection((_HOST, self.port), timeout=10) as connection:
            connection.sendall(content)
            connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def memory(self) -> int:
        """Bytes in use by the server and its worker, added up."""
        pids = [
            str(self.process.pid),
            *Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split(),
        ]
        lines = [line for pid in pids for line in Path(f"/proc/{pid}/status").read_text().splitlines()]
        return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:"))


@contextmanager
def running_demo(folder: Path) -> Iterator[DemoServer]:
    """Starts the demonstration; everything that it writes lies in `folder`, its words in `folder`/words."""
    addin, temporary = folder / "addin", folder / "tmp"
    for each in (addin, temporary):
        each.mkdir()
    (addin / "taskpane.html").touch()
    with socket.create_server((_HOST, 0)) as probe:
        port = probe.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"], "TMPDIR": str(temporary),
        "SANDKOLL_MODEL": str(model_path()), "SANDKOLL_ADDIN_FOLDER": str(addin),
    }  # fmt: skip
    command = [sys.executable, "-m", "backend", "demo", "--port", str(port), "--folder", str(folder / "kept")]
    with (folder / "words").open("wb") as words:
        process = subprocess.Popen(command, cwd=PROJECT_FOLDER, env=environment, stdout=words, stderr=words)  # noqa: S603 - our own program
        try:
            _wait(port, process)
            yield DemoServer(port, folder, process)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection((_HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    message = f"the demonstration did not start (status {process.poll()})"
    raise AssertionError(message)

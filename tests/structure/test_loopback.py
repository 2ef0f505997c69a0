"""The guard in `tests/conftest.py`: no test reaches beyond this machine."""

import socket

import pytest

OUTSIDE = "192.0.2.1"  # RFC 5737: for documentation, never a machine


@pytest.mark.parametrize("host", [OUTSIDE, "example.se", "10.0.0.1"])
def test_outside_is_refused(host: str) -> None:
    with pytest.raises(AssertionError, match="only this machine"):
        socket.create_connection((host, 443), timeout=1)


def test_datagrams_too() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sender, pytest.raises(AssertionError, match="only this machine"):
        sender.sendto(b"", (OUTSIDE, 53))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_loopback_is_let_through(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection((host, server.getsockname()[1]), timeout=5).close()

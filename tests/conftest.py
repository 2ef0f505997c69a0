"""What holds for every test: no network but loopback, and property tests without a time limit of their own."""

import socket
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import settings

# A slow machine is no wrong answer; what must be fast is measured in tests of its own.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


class NetworkRefused(AssertionError):
    """A test tried to reach something outside this machine."""


def _is_loopback(host: object) -> bool:
    """Whether a host as given to the socket module means this machine. None and "" mean it when listening."""
    if isinstance(host, bytes):
        host = host.decode("idna")
    if host in (None, "", "localhost"):
        return True
    try:
        return ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse_outside(host: object) -> None:
    if not _is_loopback(host):
        message = f"a test may reach only this machine, not {host!r}"
        raise NetworkRefused(message)


def _guarded(original: Callable[..., Any], *, address_at: int) -> Callable[..., Any]:
    """Let through only calls of a socket's method whose address (an argument counted from `address_at`) is loopback."""

    def call(caller: socket.socket, *arguments: Any) -> Any:  # noqa: ANN401 - passes on what it was given
        if caller.family in (socket.AF_INET, socket.AF_INET6):
            _refuse_outside(arguments[address_at][0])
        return original(caller, *arguments)

    return call


@pytest.fixture(scope="session", autouse=True)
def only_loopback() -> Iterator[None]:
    """Refuse connections and name look-ups that leave this machine. Child processes are not covered."""
    look_up = socket.getaddrinfo

    def guarded_look_up(host: object, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - passes on what it was given
        _refuse_outside(host)
        return look_up(host, *arguments, **options)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        for name, address_at in (("connect", 0), ("connect_ex", 0), ("sendto", -1)):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name), address_at=address_at))
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield

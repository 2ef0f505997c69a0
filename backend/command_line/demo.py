"""`python -m backend demo`: the embedded default on loopback, for trying the product and for tests."""

import argparse
import secrets
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from backend.command_line.gunicorn_server import GunicornServer, options_of, say
from backend.command_line.worker import start_in_background
from backend.domain.errors import WrongSettings
from backend.settings import Settings, SignIn

if TYPE_CHECKING:
    from backend.services import Services

_HOST = "127.0.0.1"
_KEY_BYTES = 32
_PRIVATE = 0o600
_LAST_PORT = 65535
_UPKEEP_SECONDS = 2.0
"""Between rounds: who tries the product should not have to wait for a notice."""


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", words: Mapping[str, str]) -> None:
    """Declares the command; `words` are its help texts."""
    parser = commands.add_parser("demo", help=words["demo"])
    parser.add_argument("--port", type=_port, default=8000)
    parser.add_argument("--folder", type=Path, default=Path("var"), help=words["demo_folder"])
    parser.add_argument("--policy", default=None, help=words["policy"])
    parser.set_defaults(run=run)


def _port(word: str) -> int:
    port = int(word)
    if not 0 < port <= _LAST_PORT:
        raise ValueError(word)
    return port


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serves until interrupted. Exit status 2 when it cannot start."""
    from backend.app import SERVICES, create_app

    if not (settings.addin_folder / "taskpane.html").is_file():
        raise WrongSettings("addin_not_built", str(settings.addin_folder))
    _refuse_taken(arguments.port)
    demo = settings.model_copy(
        update={
            "sign_in": SignIn.DEMO,
            "secret_key": type(settings.secret_key)(_kept_key(arguments.folder)),
            "database_url": f"sqlite:///{_kept_database(arguments.folder)}",
            "policy": arguments.policy or settings.policy,
            "public_url": f"http://{_HOST}:{arguments.port}",
        }
    )
    app = create_app(demo)
    address = f"http://{_HOST}:{arguments.port}/demo/"
    from backend.texts.catalog import read_texts

    started = read_texts().message("demo_started", url=address)
    services: Services = app.extensions[SERVICES]
    services.upkeep.check()

    def begin() -> None:
        services.begin()
        start_in_background(services.upkeep, _UPKEEP_SECONDS)

    options = options_of(f"{_HOST}:{arguments.port}", 1, demo.threads, begin)
    GunicornServer(app, options | {"when_ready": lambda _server: say(started)}).run()
    return 0


def _kept_key(folder: Path) -> str:
    """The demonstration's secret, kept beside its database so that flagged threads outlive a restart."""
    path = folder / "demo.key"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=_PRIVATE)
        # Empty when it is new, short when an earlier start was cut off in the middle.
        if len(path.read_text("utf-8")) < _KEY_BYTES * 2:
            path.write_text(secrets.token_hex(_KEY_BYTES), "utf-8")
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSettings("folder_unusable", f"{path}: {type(error).__name__}") from error


def _kept_database(folder: Path) -> Path:
    """The demonstration's database file, its owner's alone. SQLite gives the files beside it the same mode."""
    path = (folder / "demo.sqlite3").resolve()
    try:
        path.touch(mode=_PRIVATE)
        # An earlier version left them readable for all.
        for one in path.parent.glob(f"{path.name}*"):
            one.chmod(_PRIVATE)
    except OSError as error:
        raise WrongSettings("folder_unusable", f"{path}: {type(error).__name__}") from error
    return path


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError as error:
            raise WrongSettings("port_taken", str(port)) from error

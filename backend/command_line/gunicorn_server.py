"""The server as the commands start it: application and options are ours, gunicorn reads no file of its own."""

import sys
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication


def options_of(bind: str, workers: int, threads: int, begin: Callable[[], None]) -> dict[str, Any]:
    """What gunicorn is told. `begin` runs in each worker when it is up."""
    return {
        "bind": bind,
        "workers": workers,
        "worker_class": "gthread",
        "threads": threads,
        "accesslog": None,
        "errorlog": "-",
        # Below error, gunicorn prints requests that it cannot parse, and they may hold draft text.
        "loglevel": "error",
        "timeout": 30,
        # An access token of somebody with many claims is longer than the 8,190 bytes of the default.
        "limit_request_field_size": 17_000,
        "post_worker_init": lambda _worker: begin(),
    }


class GunicornServer(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """An application that is already built, with these options."""

    def __init__(self, app: Flask, options: Mapping[str, Any]) -> None:
        self._app = app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Hands the options to gunicorn."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application."""
        return self._app


def say(line: str) -> None:
    """One line on standard output, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()

"""`python -m backend serve`: production, served by gunicorn. Refuses to start half-configured."""

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING

from backend.domain.errors import WrongSettings
from backend.settings import Settings, refuse_unfit_for_production

if TYPE_CHECKING:
    from backend.services import Services


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", words: Mapping[str, str]) -> None:
    """Declares the command; `words` are its help texts."""
    parser = commands.add_parser("serve", help=words["serve"])
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Serves until interrupted. Exit status 2 with what is missing."""
    refuse_unfit_for_production(settings)
    from backend.app import SERVICES, create_app
    from backend.command_line.gunicorn_server import GunicornServer, options_of, say
    from backend.command_line.worker import start_in_background

    if not (settings.addin_folder / "taskpane.html").is_file():
        raise WrongSettings("addin_not_built", str(settings.addin_folder))
    # Built once before the workers part, so that wrong settings are told and the exit status says so.
    app = create_app(settings)
    services: Services = app.extensions[SERVICES]
    services.upkeep.check()

    def begin() -> None:
        services.begin()
        if settings.upkeep:
            # In every worker: they share the work by claiming it in the database.
            start_in_background(services.upkeep)

    options = options_of(settings.bind, settings.workers, settings.threads, begin)
    started = services.texts.message("serve_started", bind=settings.bind, count=str(len(services.municipalities)))
    GunicornServer(app, options | {"when_ready": lambda _server: say(started)}).run()
    return 0

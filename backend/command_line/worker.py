"""`python -m backend worker`: delivers notices and does what is due, beside the server or in its place."""

import argparse
import signal
from collections.abc import Callable, Mapping
from threading import Event, Thread
from typing import TYPE_CHECKING

from backend.settings import Settings, refuse_unfit_for_production

if TYPE_CHECKING:
    from backend.workflow.upkeep import Upkeep

_EVERY = 15.0
_PATIENCE = 5.0


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", words: Mapping[str, str]) -> None:
    """Declares the command; `words` are its help texts."""
    parser = commands.add_parser("worker", help=words["worker"])
    parser.add_argument("--once", action="store_true", help=words["worker_once"])
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Works until interrupted. With `--once` one round: exit status 1 if some task failed or a notice did not go out.

    Raises WrongSettings, before anything is done, when what is kept was written with another secret.
    """
    refuse_unfit_for_production(settings)
    from backend.assembly import production_services

    upkeep = production_services(settings).upkeep
    upkeep.check()
    return work(upkeep, once=arguments.once)


def work(upkeep: "Upkeep", *, once: bool) -> int:
    """One round, or rounds until the process is asked to end; what is under way is finished."""
    if once:
        return 1 if upkeep.round() else 0
    stop = Event()
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda *_: stop.set())
    upkeep.run_forever(stop, _EVERY)
    return 0


def start_in_background(upkeep: "Upkeep", every: float = _EVERY) -> Callable[[], None]:
    """Works in a thread of this process; call it after a fork. The answer stops it, and waits for it a little."""
    stop = Event()
    thread = Thread(target=upkeep.run_forever, args=(stop, every), name="upkeep", daemon=True)
    thread.start()

    def stopped() -> None:
        stop.set()
        thread.join(_PATIENCE)

    return stopped

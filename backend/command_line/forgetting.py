"""What the commands that forget have in common: `… forget` of one person, or by age."""

import argparse
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from backend.domain.errors import WrongSettings
from backend.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine


class Forgetful(Protocol):
    """A store that forgets."""

    def forget_before(self, day: date) -> int:
        """Deletes rows of earlier days in every tenant; how many there were."""

    def forget_actor(self, tenant: str, actor: str) -> int:
        """Deletes one person's rows; how many there were."""


@dataclass(frozen=True, slots=True)
class Forgetting:
    """One command. Its help texts are named for it: `name`, `name`_older_than; `forgotten` tells how many are gone.

    `actor` makes a person's hash of secret, tenant and the person's id. `days` is how long the settings keep a row.
    """

    name: str
    forgotten: str
    store: Callable[[Settings], Forgetful]
    actor: Callable[[bytes, str, str], str]
    days: Callable[[Settings], int]

    def add_parser(
        self, commands: "argparse._SubParsersAction[argparse.ArgumentParser]", words: Mapping[str, str]
    ) -> None:
        """Declares the command; `words` are its help texts."""
        parser = commands.add_parser(self.name, help=words[self.name])
        parser.add_argument("action", choices=["forget"])
        older_than = words[f"{self.name}_older_than"]
        parser.add_argument("--older-than", type=_days, default=None, metavar="DAGAR", help=older_than)
        parser.add_argument("--tenant", default=None, help=words["forget_tenant"])
        parser.add_argument("--person", default=None, help=words["forget_person"])
        parser.set_defaults(run=self.run, usage=parser.error)

    def run(self, arguments: argparse.Namespace, settings: Settings) -> int:
        """Deletes, and says how many. Without options: what is older than the settings allow."""
        from backend.texts.catalog import read_texts

        of_person = arguments.person is not None
        if of_person != (arguments.tenant is not None) or (of_person and arguments.older_than is not None):
            arguments.usage("--tenant + --person | --older-than")
        store = self.store(settings)
        if of_person:
            actor = self.actor(secret_of(settings), arguments.tenant, arguments.person)
            count = store.forget_actor(arguments.tenant, actor)
        else:
            days = self.days(settings) if arguments.older_than is None else arguments.older_than
            count = store.forget_before(datetime.now(UTC).date() - timedelta(days=days))
        sys.stdout.write(read_texts().message(self.forgotten, count=str(count)) + "\n")
        return 0


def _days(word: str) -> int:
    days = int(word)
    if not 0 <= days <= 36_500:  # noqa: PLR2004 - a century; dates end some time
        raise ValueError(word)
    return days


def engine_of(settings: Settings) -> "Engine":
    """The database of the settings. Raises WrongSettings."""
    from backend.store.database import open_database

    if not settings.database_url:
        raise WrongSettings("settings_incomplete", "SANDKOLL_DATABASE_URL")
    return open_database(settings.database_url)


def secret_of(settings: Settings) -> bytes:
    """The installation's secret. Raises WrongSettings when there is none."""
    secret = settings.secret_key.get_secret_value().encode()
    if not secret:
        raise WrongSettings("settings_incomplete", "SANDKOLL_SECRET_KEY")
    return secret

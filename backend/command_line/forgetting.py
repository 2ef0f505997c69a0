"""What the commands that forget have in common: `… forget` of one person, or by age."""

import argparse
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from backend.domain.errors import WrongSettings
from backend.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

_SHORTEST_SECRET = 32


class Forgetful(Protocol):
    """A store that forgets."""

    def forget_before(self, day: date) -> int:
        """Deletes rows of earlier days in every tenant; how many there were."""

    def forget_actor(self, tenant: str, actor: str) -> int:
        """Deletes one person's rows; how many there were."""


@dataclass(frozen=True, slots=True)
class Forgetting:
    """One command. Its help texts are named for it: `name`, `name`_older_than; `forgotten` tells how many are gone.

    `actor` makes a person's hash of secret, tenant and the person's id. How long rows are kept by themselves is the
    policy's (`python -m backend purge`).
    """

    name: str
    forgotten: str
    store: Callable[[Settings], Forgetful]
    actor: Callable[[bytes, str, str], str]

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
        """Deletes, and says how many."""
        from backend.texts.catalog import read_texts

        of_person = arguments.person is not None
        if of_person != (arguments.tenant is not None) or of_person == (arguments.older_than is not None):
            arguments.usage("--tenant + --person | --older-than")
        store = self.store(settings)
        if of_person:
            tenant, person = as_id(arguments.tenant), as_id(arguments.person)
            count = store.forget_actor(tenant, self.actor(secret_of(settings), tenant, person))
        else:
            count = store.forget_before(datetime.now(UTC).date() - timedelta(days=arguments.older_than))
        sys.stdout.write(read_texts().message(self.forgotten, count=str(count)) + "\n")
        return 0


def _days(word: str) -> int:
    days = int(word)
    if not 0 <= days <= 36_500:  # noqa: PLR2004 - a century; dates end some time
        raise ValueError(word)
    return days


def engine_of(settings: Settings) -> "Engine":
    """The database of the settings. Raises WrongSettings; a file that is not there is not made."""
    from backend.store.database import open_database

    if not settings.database_url:
        raise WrongSettings("settings_incomplete", "SANDKOLL_DATABASE_URL")
    file = _file_of(settings.database_url)
    if file is not None and not file.is_file():
        raise WrongSettings("database_missing", str(file))
    return open_database(settings.database_url)


def _file_of(url: str) -> Path | None:
    """The file of an SQLite database; None for any other, and for what `open_database` will refuse."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import SQLAlchemyError

    try:
        parsed = make_url(url)
    except SQLAlchemyError:
        return None
    is_file = parsed.get_backend_name() == "sqlite" and parsed.database not in {None, "", ":memory:"}
    name = parsed.database or ""
    return Path(name) if is_file and not name.startswith("file:") else None


def secret_of(settings: Settings) -> bytes:
    """The installation's secret. Raises WrongSettings when there is none, or one that is too short to be it."""
    secret = settings.secret_key.get_secret_value()
    if not secret:
        raise WrongSettings("settings_incomplete", "SANDKOLL_SECRET_KEY")
    if len(secret) < _SHORTEST_SECRET:
        raise WrongSettings("settings_incomplete", f"SANDKOLL_SECRET_KEY (>= {_SHORTEST_SECRET})")
    return secret.encode()


def as_id(given: str) -> str:
    """An id as it is kept: GUIDs in lower case, as sign-in takes them."""
    try:
        is_guid = str(UUID(given)) == given.lower()
    except ValueError:
        is_guid = False
    return given.lower() if is_guid else given


def tenants_meant(engine: "Engine", settings: Settings, given: str | None) -> list[str]:
    """The tenant that is given, or all that have rows; nothing has been written when this raises.

    Raises WrongSettings: `tenant_unknown` for one without rows that is not in the file of tenants either,
    `other_secret_key` when the log was written with another secret.
    """
    from backend.store.transactions import DatabaseStore
    from backend.tenants import read_tenants
    from backend.workflow.key_check import refuse_other_key
    from backend.workflow.record_keys import RecordKeys

    key = RecordKeys(secret_of(settings)).audit
    tenants = list(DatabaseStore(engine, key).tenants())
    if given is not None:
        tenant = as_id(given)
        listed = read_tenants(settings.tenants) if settings.tenants else ()
        if tenant not in tenants and tenant not in {one.id for one in listed}:
            raise WrongSettings("tenant_unknown", tenant)
        tenants = [tenant]
    refuse_other_key(engine, key, tenants)
    return tenants

"""`python -m backend feedback forget`: deletes answers to assessments, by age or of one person."""

import argparse
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from backend.domain.errors import WrongSettings
from backend.settings import Settings

if TYPE_CHECKING:
    from backend.store.feedback import DatabaseFeedback


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", words: Mapping[str, str]) -> None:
    """Declares the command; `words` are its help texts."""
    parser = commands.add_parser("feedback", help=words["feedback"])
    parser.add_argument("action", choices=["forget"])
    parser.add_argument("--older-than", type=_days, default=None, metavar="DAGAR", help=words["feedback_older_than"])
    parser.add_argument("--tenant", default=None, help=words["feedback_tenant"])
    parser.add_argument("--person", default=None, help=words["feedback_person"])
    parser.set_defaults(run=run, usage=parser.error)


def _days(word: str) -> int:
    days = int(word)
    if not 0 <= days <= 36_500:  # noqa: PLR2004 - a century; dates end some time
        raise ValueError(word)
    return days


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Deletes, and says how many. Without options: what is older than the settings allow."""
    from backend.texts.catalog import read_texts

    of_person = arguments.person is not None
    if of_person != (arguments.tenant is not None) or (of_person and arguments.older_than is not None):
        arguments.usage("--tenant + --person | --older-than")
    store = open_feedback(settings)
    if of_person:
        from backend.workflow.feedback_keys import FeedbackKeys

        keys = FeedbackKeys(secret_of(settings))
        count = store.forget_actor(arguments.tenant, keys.actor(arguments.tenant, arguments.person))
    else:
        days = settings.feedback_days if arguments.older_than is None else arguments.older_than
        count = store.forget_before(datetime.now(UTC).date() - timedelta(days=days))
    sys.stdout.write(read_texts().message("feedback_forgotten", count=str(count)) + "\n")
    return 0


def open_feedback(settings: Settings) -> "DatabaseFeedback":
    """The answers in the database of the settings. Raises WrongSettings."""
    from backend.store.database import open_database
    from backend.store.feedback import DatabaseFeedback

    if not settings.database_url:
        raise WrongSettings("settings_incomplete", "SANDKOLL_DATABASE_URL")
    return DatabaseFeedback(open_database(settings.database_url))


def secret_of(settings: Settings) -> bytes:
    """The installation's secret. Raises WrongSettings when there is none."""
    secret = settings.secret_key.get_secret_value().encode()
    if not secret:
        raise WrongSettings("settings_incomplete", "SANDKOLL_SECRET_KEY")
    return secret

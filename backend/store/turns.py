"""Changes that go past the `Work` of a step: deletion by age, and by person. One call, one transaction."""

from collections.abc import Callable
from random import uniform
from time import sleep
from typing import Any, TypeVar, cast

from sqlalchemy import CursorResult, Delete, Engine, Update, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from backend.domain.forwarding import Conflict
from backend.store.faults import as_unavailable, was_in_the_way

T = TypeVar("T")
_TRIES = 8
_PAUSE = 0.05


def in_turn(engine: Engine, step: Callable[[Session], T]) -> T:
    """Does a step in one transaction; again when somebody else was in the way. Raises Unavailable when always."""
    for tries in range(1, _TRIES):
        try:
            return _once(engine, step)
        except (Conflict, SQLAlchemyError) as error:
            if not was_in_the_way(error):
                raise as_unavailable(error) or error from error
        sleep(uniform(0, _PAUSE * 2**tries))  # noqa: S311 - apart from each other, not secret
    try:
        return _once(engine, step)
    except (Conflict, SQLAlchemyError) as error:
        raise as_unavailable(error) or error from error


def affected(session: Session, change: Delete | Update) -> int:
    """How many rows a change changed."""
    done = session.execute(change, execution_options={"synchronize_session": False})
    return cast("CursorResult[Any]", done).rowcount


def _once(engine: Engine, step: Callable[[Session], T]) -> T:
    with Session(engine) as session, session.begin():
        if engine.dialect.name == "sqlite":
            # At once, as steps do: of two that read and then write, one could not go on.
            session.execute(text("BEGIN IMMEDIATE"))
        return step(session)

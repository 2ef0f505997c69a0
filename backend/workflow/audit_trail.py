"""The data-protection officer reads the audit log, hands it out, and sees whether it is whole. That is logged, too."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from backend.domain.audit import AuditEntry, AuditRow, Event
from backend.domain.errors import Forbidden, Refused, UnreadableInput
from backend.domain.person import Person, Role
from backend.domain.store import Store, Work
from backend.store.audit import AuditQuery, DatabaseAudit
from backend.store.audit_verification import Verification
from backend.workflow.audit_export import EXPORTERS
from backend.workflow.record_keys import RecordKeys

MOST_ROWS = 500
"""Of one page."""
_AT_ONCE = 1000
_READ_AGAIN = timedelta(hours=1)
"""Reading on within this time is the same reading, lest the log tell mostly of its readers."""


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some rows, newest first. `after` is what to ask for the next page with; 0 where this is the last."""

    rows: tuple[AuditRow, ...]
    after: int = 0


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class AuditTrail:
    """Reads the log of the person's own tenant. Everybody but a data-protection officer is refused.

    All methods raise Forbidden (`data_protection_officer_only`) and Unavailable.
    """

    store: Store
    keys: RecordKeys
    clock: Callable[[], datetime] = _utc_now

    def read(  # noqa: PLR0913 - one for each thing to filter by
        self,
        person: Person,
        after: int = 0,
        limit: int = 100,
        *,
        event: Event | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> AuditPage:
        """Rows, newest first: those that come after the row of number `after` in that order (from the newest where 0).

        `since` is the first moment, `until` the first one that is not meant. At most 500 rows.
        """
        actor = self._officer(person)
        self.store.run(person.tenant, lambda work: self._note_reading(work, actor))
        query = AuditQuery(before=after or None, event=event, since=since, until=until)
        size = min(max(limit, 1), MOST_ROWS)
        rows = self.store.look(person.tenant, lambda work: list(_log(work).newest(query, size + 1)))
        more = len(rows) > size
        return AuditPage(tuple(rows[:size]), rows[size - 1].number if more else 0)

    def verify(self, person: Person) -> Verification:
        """Goes through the whole log: some seconds for 100,000 rows."""
        actor = self._officer(person)
        self.store.run(person.tenant, lambda work: self._note_reading(work, actor))
        return self.store.look(person.tenant, lambda work: _log(work).verify())

    def export(
        self, person: Person, form: str, *, since: datetime | None = None, until: datetime | None = None
    ) -> Iterator[str]:
        """The rows as lines of `csv` or `jsonl`, oldest first. That it was exported is the last row of a whole export.

        The whole log is verified first: Refused (`log_not_whole`) when it is not. Also raises UnreadableInput
        (`export_format_unknown`). What is raised is raised at once, not with the first line.
        """
        actor = self._officer(person)
        if form not in EXPORTERS:
            raise UnreadableInput("export_format_unknown", "csv or jsonl")
        tenant, details = person.tenant, {"format": form}
        fault = self.store.look(tenant, lambda work: _log(work).verify()).fault
        if fault:
            raise Refused("log_not_whole", f"{fault.kind.value} {fault.number}")
        entry = AuditEntry(Event.LOG_EXPORTED, self.clock(), actor, details)
        last = self.store.run(tenant, lambda work: work.audit.append(entry))
        query = AuditQuery(before=last + 1, since=since, until=until)
        return EXPORTERS[form](tenant, exported_rows(self.store, tenant, query))

    def _officer(self, person: Person) -> str:
        if Role.DATA_PROTECTION_OFFICER not in person.roles:
            raise Forbidden("data_protection_officer_only", "the audit log")
        return self.keys.actor(person.tenant, person.id)

    def _note_reading(self, work: Work, actor: str) -> None:
        now = self.clock()
        lately = AuditQuery(event=Event.LOG_READ, actor=actor, since=now - _READ_AGAIN)
        if not list(_log(work).newest(lately, 1)):
            work.audit.append(AuditEntry(Event.LOG_READ, now, actor))


def exported_rows(store: Store, tenant: str, query: AuditQuery) -> Iterator[AuditRow]:
    """The rows of a query in order, some at a time: no transaction is open while somebody takes their time to read."""
    part = query
    while True:
        rows = store.look(tenant, partial(_rows, query=part))
        yield from rows
        if len(rows) < _AT_ONCE:
            return
        part = replace(part, after=rows[-1].number)


def _rows(work: Work, query: AuditQuery) -> list[AuditRow]:
    return list(_log(work).oldest(query, _AT_ONCE))


def _log(work: Work) -> DatabaseAudit:
    """The log with all that can be asked of it, beyond what the use cases that write need."""
    log = work.audit
    if not isinstance(log, DatabaseAudit):
        raise TypeError(type(log))
    return log

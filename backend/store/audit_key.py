"""Whether a secret is the one that an installation's log was written with, before anything is written with it."""

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from backend.domain.audit import AuditRow
from backend.store.audit import DatabaseAudit
from backend.store.audit_chain import Head, Link, digest_of, seal_of
from backend.store.audit_details import written_details
from backend.store.tables import AuditHead

_FIRST_ROWS = 3


def key_fits(engine: Engine, tenant: str, key: bytes) -> bool:
    """Whether the head or one of the first rows of the tenant's log is of this key; yes where there is no log.

    One of them suffices: a log with a changed row or head is broken, and `verify` tells how. Where all of them are
    changed, that cannot be told from another key.
    """
    with Session(engine) as session:
        log = DatabaseAudit(session, tenant, key)
        columns = (AuditHead.number, AuditHead.digest, AuditHead.first_number, AuditHead.anchor, AuditHead.seal)
        head = session.execute(select(*columns).where(AuditHead.tenant == tenant)).first()
        if head is not None and head.seal == seal_of(key, tenant, Head(*head[:-1])):
            return True
        try:
            rows = list(log.rows(limit=_FIRST_ROWS))
            return not rows or any(row.digest == digest_of(key, _link(tenant, row)) for row in rows)
        except (ValueError, TypeError):
            # Unreadable: what is wrong is not the key.
            return True


def _link(tenant: str, row: AuditRow) -> Link:
    entry = row.entry
    details = written_details(entry.details)
    return Link(tenant, row.number, entry.at, entry.event.value, row.commitment, details, row.previous)

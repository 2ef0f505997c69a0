"""Records of send checks, on SQLite and on PostgreSQL."""

from datetime import timedelta, timezone

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from backend.domain.label import Category, Label, SendDecision
from backend.domain.records import SendRecord
from backend.store.database import open_database
from backend.store.tables import SendCheckEntry
from backend.store.transactions import DatabaseStore
from tests.backend.store.at_once import ACTORS, at_once
from tests.backend.store.rows import AT, AUDIT_KEY, SARA, send

EACH = 15


def kept(engine: Engine, *records: SendRecord) -> list[SendCheckEntry]:
    store = DatabaseStore(engine, AUDIT_KEY)
    for record in records:
        store.run(record.tenant, lambda work, one=record: work.sends.add(one))  # type: ignore[misc]  # mypy infers no lambda with a default
    with Session(engine) as session:
        return list(session.scalars(select(SendCheckEntry).order_by(SendCheckEntry.id)))


def test_record_is_kept_as_codes_and_hashes(engine: Engine) -> None:
    (entry,) = kept(engine, send(unmet=("set_label", "confirm_recipients"), grounds=()))
    found = {column: getattr(entry, column) for column in SendCheckEntry.__table__.columns.keys()}  # noqa: SIM118 - no dictionary: a table's columns
    assert found == {
        "id": 1, "tenant": "granvik", "checked_at": AT, "actor_key": SARA, "draft_digest": "4" * 64,
        "label": "kanslig", "decision": "prompt", "categories": "health", "unmet": "set_label confirm_recipients",
        "grounds": "", "policy_version": "1+0", "model_version": "linear-0",
    }  # fmt: skip


def test_time_of_another_zone_is_kept_in_utc(engine: Engine) -> None:
    (entry,) = kept(engine, send(at=AT.astimezone(timezone(timedelta(hours=-7)))))
    assert (entry.checked_at, entry.checked_at.utcoffset()) == (AT, timedelta())


def test_fullest_record_fits(engine: Engine) -> None:
    full = send(
        tenant="t" * 64,
        categories=tuple(Category),
        unmet=("request_forward_approval",) * 14,
        grounds=("personnummer:secure_identification", "photo:agreement", "sensitive:employment_social_protection"),
        policy_version="1" * 73,
        model_version="m" * 80,
        label=Label.MYCKET_KANSLIG,
        decision=SendDecision.BLOCK,
    )
    assert len(kept(engine, full)) == 1


def test_several_write_at_once(url: str) -> None:
    def write(store: DatabaseStore, number: int) -> None:
        for _ in range(EACH):
            store.run("granvik", lambda work: work.sends.add(send(actor=f"{number:064}")))

    at_once(url, write)
    engine = open_database(url)
    assert len(kept(engine)) == ACTORS * EACH
    engine.dispose()

"""`python -m backend purge`: deletes rows whose time is over by the policy, and shows that none is left."""

import argparse
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from backend.command_line.forgetting import engine_of, secret_of, tenants_meant
from backend.domain.errors import WrongSettings
from backend.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from backend.decision.policy_file import Retention
    from backend.workflow.purge_rows import Purged, RowPurge

_LABELS = {"send_checks": "send_check", "flagged_threads": "flagged_thread", "forward_requests": "forward_request",
           "notices": "notice", "habits": "habit", "audit": "audit_event"}  # fmt: skip
"""The word for a kind where the policy calls it otherwise than the table."""


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", texts: Mapping[str, str]) -> None:
    """Declares the command. Its help texts are with the audit log's words."""
    from backend.texts.audit_words import read_audit_words

    words = {code: swedish for code, (swedish, _) in read_audit_words().help.items()}
    parser = commands.add_parser("purge", help=words["purge"])
    parser.add_argument("--tenant", default=None, help=words["tenant"])
    parser.add_argument("--policy", default=None, help=texts["policy"])
    parser.add_argument("--dry-run", action="store_true", help=words["dry_run"])
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Exit status 1 when old rows are left, or a log is not whole.

    Raises WrongSettings (`tenant_not_listed`) for tenants that no file names, after those that are named are purged:
    for how long their rows are kept has to be said with `--policy`.
    """
    secret, engine = secret_of(settings), engine_of(settings)
    status = 0
    try:
        days = _days(settings, arguments.policy)
        tenants = tenants_meant(engine, settings, arguments.tenant)
        purge = _purge(engine, secret)
        for tenant in tenants:
            kept = days(tenant)
            if kept is None:
                continue
            done = purge.look(tenant, kept) if arguments.dry_run else purge.purge(tenant, kept)
            sys.stdout.write(_table(tenant, done, is_plan=arguments.dry_run))
            status |= 0 if arguments.dry_run else int(bool(done.left or done.fault or not done.settled))
    finally:
        engine.dispose()
    unlisted = [tenant for tenant in tenants if days(tenant) is None]
    if unlisted:
        raise WrongSettings("tenant_not_listed", ", ".join(unlisted))
    return status


def _purge(engine: "Engine", secret: bytes) -> "RowPurge":
    from datetime import UTC, datetime

    from backend.store.retention import DatabaseRetention
    from backend.store.transactions import DatabaseStore
    from backend.workflow.forward_expiry import ForwardExpiry
    from backend.workflow.forward_notices import ForwardNotices
    from backend.workflow.purge_rows import RowPurge
    from backend.workflow.record_keys import RecordKeys
    from backend.workflow.sealing import Sealer

    keys = RecordKeys(secret)
    store = DatabaseStore(engine, keys.audit)
    expiry = ForwardExpiry(store, ForwardNotices(keys, Sealer(secret)), lambda: datetime.now(UTC))
    return RowPurge(DatabaseRetention(engine, keys.audit), expiry.expire_due)


def _days(settings: Settings, given: str | None) -> Callable[[str], "Retention | None"]:
    """How long a tenant's rows are kept: by its own policy where it is in the file of tenants, else by `given`."""
    from backend.decision.policy import read_policy
    from backend.tenants import read_tenants

    if settings.tenants is None and given is None:
        raise WrongSettings("settings_incomplete", "SANDKOLL_TENANTS")
    listed = read_tenants(settings.tenants) if settings.tenants else ()
    policies = {one.id: one.policy or settings.policy for one in listed}
    kept = {tenant: read_policy(name).rules.retention for tenant, name in policies.items()}
    default = read_policy(given).rules.retention if given is not None else None
    return lambda tenant: kept.get(tenant, default)


def _table(tenant: str, done: "Purged", *, is_plan: bool) -> str:
    from backend.texts.audit_words import read_audit_words

    words = read_audit_words()
    titles = ["older_than", "would_purge"] if is_plan else ["older_than", "purged", "left"]
    lines = [tenant, _line("", *map(words.message, titles))]
    for one in done.kinds:
        name = words.kinds[_LABELS.get(one.kind, one.kind)][0]
        lines.append(_line(name, one.days, one.left) if is_plan else _line(name, one.days, one.count, one.left))
    return "\n".join([*lines, *([] if is_plan else _ending(tenant, done))]) + "\n"


def _line(name: str, *cells: object) -> str:
    return f"  {name:34}" + "".join(f"{cell!s:>22}" for cell in cells)


def _ending(tenant: str, done: "Purged") -> list[str]:
    from backend.texts.audit_words import read_audit_words

    words = read_audit_words()
    lines = []
    if done.fault:
        kind = done.fault.kind.value
        told = {"number": str(done.fault.number), "fault": words.faults[kind][0], "code": kind}
        lines.append(words.message("chain_broken", tenant=tenant, **told))
    elif done.left:
        lines.append(words.message("purge_left", tenant=tenant, count=str(done.left)))
    else:
        lines.append(words.message("purge_whole", tenant=tenant))
    if not done.settled:
        lines.append(words.message("unsettled"))
    return lines

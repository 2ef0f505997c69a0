"""Nothing is appended, erased or given up under another secret than that of what is kept."""

from collections.abc import Iterable

from sqlalchemy import Engine

from backend.domain.errors import WrongSettings
from backend.store.audit_key import key_fits


def refuse_other_key(engine: Engine, key: bytes, tenants: Iterable[str]) -> None:
    """Raises WrongSettings (`other_secret_key`) when a tenant's log was written under another chain key than `key`."""
    others = [tenant for tenant in tenants if not key_fits(engine, tenant, key)]
    if others:
        raise WrongSettings("other_secret_key", ", ".join(others[:3]))

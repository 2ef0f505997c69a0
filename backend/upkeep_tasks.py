"""What has to happen by itself in each organisation: requests run out, notices go out, old rows go."""

from collections.abc import Mapping
from datetime import timedelta

import structlog

from backend.domain.errors import Refused, Unavailable
from backend.domain.notices import Courier
from backend.municipality import Shared
from backend.services import Municipality
from backend.store.retention import DatabaseRetention
from backend.workflow.deliver_notices import NoticeDelivery, Outbox
from backend.workflow.forward_expiry import ForwardExpiry
from backend.workflow.forward_notices import ForwardNotices
from backend.workflow.key_check import refuse_other_key
from backend.workflow.purge_rows import RowPurge
from backend.workflow.upkeep import Task, Upkeep

_LOG = structlog.get_logger("backend.upkeep_tasks")
_EXPIRE_EVERY = timedelta(minutes=1)
_PURGE_EVERY = timedelta(days=1)


def upkeep_of(
    shared: Shared, municipalities: Mapping[str, Municipality], couriers: Mapping[str, Courier], outbox: Outbox
) -> Upkeep:
    """The tasks. An organisation without a courier keeps its notices until they are purged.

    Nothing is done for one whose log was written with another secret: its notices could not be opened, and would be
    given up.
    """
    expiry = ForwardExpiry(shared.store, ForwardNotices(shared.keys, shared.sealer), shared.clock)
    deliveries = {tenant: NoticeDelivery(outbox, courier, shared.clock) for tenant, courier in couriers.items()}

    def deliver(tenant: str) -> None:
        if tenant in deliveries and deliveries[tenant].delivered(tenant).failed:
            raise Unavailable("notices_undelivered", retry_after=0)

    purge = RowPurge(DatabaseRetention(shared.engine, shared.keys.audit), expiry.expire_due, shared.clock)

    def purge_rows(tenant: str) -> None:
        fault = purge.purge(tenant, municipalities[tenant].assessor.policy.rules.retention).fault
        if fault:
            _LOG.error("log_not_whole", tenant=tenant, number=fault.number, kind=fault.kind.value)
            raise Refused("log_not_whole", fault.kind.value)

    def refuse(tenant: str) -> None:
        refuse_other_key(shared.engine, shared.keys.audit, [tenant])

    tasks = [
        Task("expire_requests", expiry.expire_due, _EXPIRE_EVERY),
        Task("deliver_notices", deliver),
        Task("purge_rows", purge_rows, _PURGE_EVERY),
    ]
    return Upkeep(lambda: municipalities, tasks, fit=refuse)

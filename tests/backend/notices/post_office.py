"""An outbox in a real database with a mail server at the other end, and a clock that a test moves."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from backend.domain.audit import AuditRow
from backend.domain.draft import Mailbox
from backend.domain.notices import Courier, Notice
from backend.domain.store import Work
from backend.notices.smtp_courier import MailServer, SmtpCourier
from backend.notices.wording import Wording
from backend.store.transactions import DatabaseStore
from backend.workflow.deliver_notices import NoticeDelivery, Outbox
from backend.workflow.forward_seals import notice_place
from backend.workflow.sealing import Sealer
from tests.backend.loopback_tls import LOOPBACK, loopback_tls
from tests.backend.notices.letters import BASE_URL, KERSTIN, NOW, SENDER, notice
from tests.backend.notices.smtp_server import MailDesk

TENANT = "granvik"
SECRET = b"secret of the test run".ljust(32)


@dataclass(slots=True)
class Clock:
    """Stands still until it is moved."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


def outbox_of(engine: Engine) -> Outbox:
    return Outbox(DatabaseStore(engine, b"k" * 32), Sealer(SECRET), Wording(), BASE_URL)


def smtp_courier(port: int, ca_file: str = "") -> SmtpCourier:
    """A courier to a stand-in. `ca_file` is another process's."""
    return SmtpCourier(MailServer(LOOPBACK, port, ca_bundle=ca_file or loopback_tls().ca_file, patience=5.0), SENDER)


@dataclass(slots=True)
class PostOffice:
    """What a test puts in and looks at."""

    outbox: Outbox
    desk: MailDesk
    clock: Clock = field(default_factory=Clock)

    def delivery(self, courier: Courier | None = None) -> NoticeDelivery:
        return NoticeDelivery(self.outbox, courier or smtp_courier(self.desk.port), self.clock)

    def put(self, number: int = 1, to: Mailbox = KERSTIN, **fields: Any) -> Notice:  # noqa: ANN401 - Notice's fields
        """A notice to somebody, kept in the outbox."""
        made = notice(number)
        sealed = self.outbox.sealer.seal(TENANT, notice_place(made.id), {"address": to.address, "name": to.name})
        made = notice(number, **({"sealed": sealed} | fields))
        self.outbox.store.run(TENANT, lambda work: work.notices.add(made))
        return made

    def kept(self) -> dict[int, Notice]:
        """What is in the outbox, by number."""
        found = self.outbox.store.look(TENANT, lambda work: work.notices.newest(1000))
        return {int(one.id, 16): one for one in found}

    def only(self) -> Notice:
        (one,) = self.kept().values()
        return one

    def log(self) -> Sequence[AuditRow]:
        def step(work: Work) -> Sequence[AuditRow]:
            return list(work.audit.rows())

        return self.outbox.store.look(TENANT, step)

    def passes(self, time: timedelta) -> None:
        self.clock.now += time

"""A worker that is killed when a letter is handed over and nothing is saved yet: `killed_courier.py DATABASE PORT`."""

import os
import signal
import sys

from backend.domain.notices import Letter
from backend.store.database import open_database
from backend.workflow.deliver_notices import NoticeDelivery
from tests.backend.notices.post_office import TENANT, Clock, outbox_of, smtp_courier


class KilledCourier:
    """Delivers one letter."""

    def __init__(self, port: int, ca_file: str) -> None:
        self._courier = smtp_courier(port, ca_file=ca_file)

    def deliver(self, letter: Letter) -> None:
        self._courier.deliver(letter)
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    url, port, ca_file = sys.argv[1:]
    NoticeDelivery(outbox_of(open_database(url)), KilledCourier(int(port), ca_file), Clock()).deliver(TENANT)

"""A process that does steps until it is killed: `python -m tests.backend.store.stopped_step URL PLACE`.

It stands still in the middle of a step (`begun`, `changed`), after it (`committed`), or goes on and on (`never`), and
writes a line each time it gets there.
"""

import sys
from time import sleep

from backend.domain.audit import AuditEntry, Event
from backend.domain.store import Work
from backend.store.database import open_database
from backend.store.transactions import DatabaseStore
from tests.backend.store.rows import AT, AUDIT_KEY, SARA, forward_request, notice, send


def stand_still() -> None:
    sys.stdout.write("here\n")
    sys.stdout.flush()
    sleep(60)


def main(url: str, place: str) -> None:
    store = DatabaseStore(open_database(url), AUDIT_KEY)

    def step(work: Work, number: int) -> None:
        work.requests.of_requester(SARA, "c" * 64)
        if place == "begun":
            stand_still()
        work.sends.add(send(draft=f"{number:064}"))
        work.requests.add(forward_request(number))
        work.notices.add(notice(number))
        work.audit.append(AuditEntry(Event.FORWARD_REQUESTED, AT, SARA))
        if place == "changed":
            stand_still()

    for number in range(1_000_000):
        store.run("granvik", lambda work, n=number: step(work, n))  # type: ignore[misc]  # mypy infers no lambda with a default
        if place == "committed":
            stand_still()
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])

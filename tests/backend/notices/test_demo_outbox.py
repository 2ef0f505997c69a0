"""The demonstration's outbox: what would have been mailed, to whom, and how far it came."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from backend.domain.notices import NoticeKind
from backend.notices.demo_courier import DemoCourier
from backend.pages.demo import demo_outbox
from backend.store.database import open_database
from tests.backend.notices.letters import BASE_URL, KERSTIN, NOW
from tests.backend.notices.post_office import TENANT, PostOffice, outbox_of
from tests.backend.notices.smtp_server import MailDesk


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PostOffice]:
    engine = open_database(f"sqlite:///{tmp_path / 'demo.sqlite3'}")
    yield PostOffice(outbox_of(engine), MailDesk(0))
    engine.dispose()


def test_outbox_shows_what_would_have_been_mailed(office: PostOffice) -> None:
    office.put(1)
    assert office.delivery(DemoCourier()).deliver(TENANT) == 1
    office.put(2, made_at=NOW + timedelta(minutes=1), kind=NoticeKind.REQUEST_APPROVED)
    office.put(3, made_at=NOW + timedelta(minutes=2), sealed=None)
    app = Flask("demo")
    app.register_blueprint(demo_outbox(office.outbox, TENANT))
    erased, waiting, sent = app.test_client().get("/demo/outbox").get_json()["notices"]
    link = f"{BASE_URL}/pages/approvals/{'ab' * 16}"
    letter = office.outbox.newest(TENANT)[2].letter
    assert letter is not None
    assert sent == {
        "id": f"{1:032x}", "to": KERSTIN.address, "subject": letter.subject, "text": letter.text, "link": link,
        "state": "sent", "made_at": "2026-11-22T12:00:00+00:00",
    }  # fmt: skip
    assert (waiting["state"], waiting["to"], waiting["link"] in waiting["text"]) == ("waiting", KERSTIN.address, True)
    assert erased == {**sent, "id": f"{3:032x}", "to": "", "subject": "", "text": "", "state": "waiting",
                      "made_at": "2026-11-22T12:02:00+00:00"}  # fmt: skip


def test_outbox_of_another_tenant_is_not_shown(office: PostOffice) -> None:
    office.put(1)
    app = Flask("demo")
    app.register_blueprint(demo_outbox(office.outbox, "elsewhere"))
    assert app.test_client().get("/demo/outbox").get_json() == {"notices": []}

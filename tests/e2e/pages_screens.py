"""The pages over a desk in memory, for looking at them: `python -m tests.e2e.pages_screens FOLDER` takes pictures."""

import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Response
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from backend.api.access import Access, demands
from backend.api.headers import add_headers
from backend.domain.audit import AuditEntry, Detail, Event
from backend.domain.forwarding import RequestStatus
from tests.backend.pages.page_desk import ANNA, ASKED, KERSTIN, OUTSIDE, WRONG, PagesCase, request_view
from tests.e2e.appearance import violations, width_beyond_window

PAGES = {
    "sign_in": "/pages/sign-in",
    "list": "/pages/approvals",
    "request": "/pages/approvals/r1",
    "one": "/pages/approvals/r2",
    "outcome": "/pages/approvals/r3",
    "late": "/pages/approvals/r3?late=1",
    "over": "/pages/approvals/r4",
    "problem": "/pages/approvals/r9",
    "out": "/pages/signed-out",
    "audit": "/pages/audit",
}
LOOKS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 320, "height": 640}},
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "dark": {"viewport": {"width": 390, "height": 800}, "color_scheme": "dark"},
    "contrast": {"viewport": {"width": 1280, "height": 800}, "forced_colors": "active"},
    "english": {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB"},
}


@contextmanager
def served_pages() -> Iterator[tuple[str, PagesCase]]:
    """The address of pages with a few requests, with the headers of the service."""
    folder = TemporaryDirectory()
    case = PagesCase(Path(folder.name))
    details: dict[str, Detail] = {
        "label": "kanslig",
        "categories": ("health", "personnummer"),
        "reason": "same_case",
        "recipients": 2,
    }
    for event in Event:
        entry = AuditEntry(event, ASKED, "" if event is Event.NOTICE_SENT else "ab12" * 16, details)
        case.store.run("granvik", lambda work, entry=entry: work.audit.append(entry))  # type: ignore[misc]  # mypy infers no lambda with a default
    over = {"may_decide": False, "decided_at": ASKED + timedelta(hours=1), "decider": KERSTIN}
    approved = ANNA.__class__(ANNA.mailbox, ANNA.verdict, (), approved=True)
    case.desk.put(
        request_view("r1"),
        request_view("r2", OUTSIDE),
        request_view("r3", approved, WRONG, status=RequestStatus.APPROVED, answer="Bara Anna behöver det.", **over),
        request_view("r4", ANNA, status=RequestStatus.EXPIRED, may_decide=False),
    )
    add_headers(case.app, case.services.settings)

    @case.app.get("/assets/icon.svg")
    @demands(Access.OPEN)
    def icon() -> Response:
        return Response("<svg xmlns='http://www.w3.org/2000/svg'/>", mimetype="image/svg+xml")

    server = make_server("127.0.0.1", 0, case.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", case
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        case.close()
        folder.cleanup()


def take_pictures(browser: Browser, url: str, folder: Path) -> list[str]:
    """A picture of each page in each look; what axe objects to, and what reaches beyond the window."""
    faults: list[str] = []
    for look, options in LOOKS.items():
        context = browser.new_context(**({"locale": "sv-SE", "color_scheme": "light"} | options))
        page = context.new_page()
        page.goto(f"{url}/pages/sign-in")
        page.locator("button[value=mira]").click()
        for name, path in PAGES.items():
            page.goto(url + path)
            page.screenshot(path=folder / f"{name}-{look}.png", full_page=True)
            faults += [f"{name} {look}: {one}" for one in violations(page)]
            faults += [f"{name} {look}: {beyond} px beyond" for beyond in [width_beyond_window(page)] if beyond > 0]
        context.close()
    return faults


def main() -> None:
    """Takes the pictures into the folder that is named."""
    folder = Path(sys.argv[1])
    with served_pages() as (url, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("SANDKOLL_BROWSER") or shutil.which("chromium"), args=["--no-sandbox"]
        )
        sys.stdout.write("\n".join([*take_pictures(browser, url, folder), ""]))
        browser.close()


if __name__ == "__main__":
    main()

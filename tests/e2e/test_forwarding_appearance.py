"""How the pane's card about a forward looks at each stage, and whom it shuts out: axe, narrow, dark, keyboard."""

from contextlib import suppress
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect

from tests.e2e.appearance import violations, width_beyond_window
from tests.e2e.demo_page import DemoPage

pytestmark = pytest.mark.e2e

_COLLEAGUE: Final = "johan.ek@granvik.example"
_SMALLEST_TARGET: Final = 24


def _request(status: str, *, approved: bool) -> dict[str, Any]:
    person = {"address": _COLLEAGUE, "name": "Johan Ek", "verdict": "verified", "approved": approved}
    return {
        "id": "r1",
        "status": status,
        "approved_recipients": [_COLLEAGUE] if approved else [],
        "recipients": [person],
        "reason": "same_case",
        "asked_at": "2026-12-01T10:00:00+00:00",
        "expires_at": "2026-12-04T10:00:00+00:00",
        "decided_at": None,
        "answer": "Tala med mig först." if status == "refused" else "",
        "decider": {"address": "kerstin.aberg@granvik.example", "name": "Kerstin Åberg"},
    }


_STAGES: Final[dict[str, tuple[dict[str, Any] | None, bool]]] = {
    "ask": (None, False),
    "waiting": (_request("pending", approved=False), False),
    "approved": (_request("approved", approved=True), True),
    "outside": (_request("approved", approved=True), False),
    "refused": (_request("refused", approved=False), False),
    "over": (_request("expired", approved=False), False),
}
"""The request as the server tells of it, and whether it is enough; the card's stage that follows."""


def _answering(page: Page, stage: str) -> None:
    """The service's own answers, with the forward at this stage."""
    request, met = _STAGES[stage]

    def assess(route: Route) -> None:
        # Asked for at the very end of a test, the browser is on its way out.
        with suppress(Error):
            told(route)

    def told(route: Route) -> None:
        reply = route.fetch()
        answer = reply.json()
        others = [one for one in answer["obligations"] if one["code"] != "request_forward_approval"]
        own = {"code": "request_forward_approval", "met": met, "text": "", "source": [], "decision": "block"}
        answer["obligations"] = [own | {"ground": None}, *others]
        answer["forward"] = {
            "thread_flagged": True,
            "thread_label": "kanslig",
            "counts": True,
            "signals": ["compose_type"],
            "request": request,
        }
        route.fulfill(response=reply, json=answer)

    page.route("**/api/v1/assessments", assess)
    page.route("**/api/v1/forward-requests/r1", lambda route: route.fulfill(json=request))


def _forwarding(demo: DemoPage, stage: str) -> None:
    demo.page.locator("[data-message=m3]").click()
    demo.page.get_by_role("button", name="Vidarebefordra", exact=True).click()
    demo.add_recipient("Johan Ek")
    if stage == "outside":
        demo.add_recipient("Mira Nyström")
    expect(demo.forward).to_have_attribute("data-forward", stage, timeout=10_000)


@pytest.mark.parametrize(
    ("stage", "looks"),
    [
        *((stage, "light") for stage in _STAGES),
        *((stage, "dark") for stage in ("ask", "refused")),
        ("outside", "narrow"),
    ],
)
def test_axe_has_nothing_to_object_to(
    browser: Browser, demo_url: str, people: list[dict[str, str]], stage: str, looks: str
) -> None:
    scheme: Any = "dark" if looks == "dark" else "light"
    width = 320 if looks == "narrow" else 1280
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale="sv-SE", color_scheme=scheme, reduced_motion="reduce"
    )
    demo = DemoPage(context.new_page(), demo_url, people)
    demo.open()
    _answering(demo.page, stage)
    _forwarding(demo, stage)
    assert violations(demo.pane_frame) == []
    for where in (demo.page, demo.pane_frame):
        assert width_beyond_window(where) <= 0
    for control in demo.forward.locator(":is(button, fluent-button, select, label.option)").all():
        # WCAG 2.5.8, target size.
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= _SMALLEST_TARGET
    context.close()


def test_the_compose_window_with_its_bar_and_the_notices(demo: DemoPage) -> None:
    demo.page.route(
        "**/api/v1/thread-checks",
        lambda route: route.fulfill(
            json={
                "thread_flagged": True,
                "thread_label": "mycket_kanslig",
                "counts": True,
                "signals": ["compose_type"],
            }
        ),
    )
    demo.page.locator("[data-message=m3]").click()
    demo.page.get_by_role("button", name="Vidarebefordra", exact=True).click()
    expect(demo.notification).to_contain_text("Tråden är märkt Mycket känslig.")
    assert violations(demo.page) == []
    demo.page.get_by_role("button", name="Dölj Sändkoll").click()
    demo.notification.get_by_role("button", name="Öppna Sändkoll").click()
    expect(demo.page.locator("aside.pane")).to_be_visible()
    demo.notification.get_by_role("button", name="Stäng meddelandet").click()
    expect(demo.notification).to_have_count(0)
    notice = {
        "id": "n1",
        "to": "kerstin.aberg@granvik.example",
        "subject": "En fråga väntar på dig",
        "text": "Hej!\nNågon frågar om lov.",
        "link": "/pages/approvals/r1",
        "state": "sent",
        "made_at": "2026-12-01T10:00:00+00:00",
    }
    demo.page.route("**/demo/outbox", lambda route: route.fulfill(json={"notices": [notice]}))
    expect(demo.open_notices()).to_contain_text("En fråga väntar på dig")
    assert violations(demo.page) == []


def test_the_form_by_keyboard_and_the_focus_afterwards(demo: DemoPage) -> None:
    _answering(demo.page, "ask")
    _forwarding(demo, "ask")
    demo.page.route(
        "**/api/v1/forward-requests",
        lambda route: route.fulfill(status=201, json=_request("pending", approved=False)),
    )
    keyboard = demo.page.keyboard
    demo.press_tab_until(demo.pane.locator("[data-request=reason]"))
    keyboard.press("ArrowDown")
    expect(demo.forward).to_contain_text("Enligt OSL")
    demo.press_tab_until(demo.pane.locator("[data-request=comment]"))
    keyboard.type("Hon tar över från i morgon.")
    demo.press_tab_until(demo.pane.locator("[data-action=ask-approval]"))
    keyboard.press("Enter")
    expect(demo.forward).to_have_attribute("data-forward", "waiting")
    expect(demo.forward).to_be_focused()
    expect(demo.pane.locator("#live")).to_contain_text("Frågan är skickad.")


def test_in_english(browser: Browser, demo_url: str, people: list[dict[str, str]]) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    _answering(page, "ask")
    page.goto(f"{demo_url}/demo/?lang=en-GB")
    demo = DemoPage(page, demo_url, people)
    _forwarding(demo, "ask")
    expect(demo.forward).to_contain_text("You are forwarding a message.")
    expect(demo.pane.get_by_role("button", name="Ask for approval")).to_be_visible()
    context.close()

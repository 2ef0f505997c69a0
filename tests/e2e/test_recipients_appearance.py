"""How the recipients' part of the pane looks and whom it shuts out: axe, narrow, dark, English, and a crowd."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.appearance import violations, width_beyond_window
from tests.e2e.demo_page import DemoPage

pytestmark = pytest.mark.e2e

_EXAMPLES = ["wrong_domain", "namesake", "group_outsider", "other_committee", "colleagues"]
_SENSITIVE = "Lova Lindqvist har fått diagnosen adhd och behöver en stödfamilj från januari."


def test_a_crowd_is_shown_fifty_at_a_time(demo: DemoPage) -> None:
    demo.page.evaluate(
        "() => { const { item } = window.simulatedOutlook.hostFor('pane');"
        " item.content.recipients.to = Array.from({ length: 500 },"
        " (_, n) => ({ name: '', address: `p${n}@example.com` })); }"
    )
    demo.type_body(_SENSITIVE)
    expect(demo.pane.locator(".recipient")).to_have_count(50, timeout=15_000)
    more = demo.pane.locator("[data-action=more-recipients]")
    expect(more).to_have_text("Visa fler (450)")
    more.click()
    expect(demo.pane.locator(".recipient")).to_have_count(100)


@pytest.mark.parametrize("looks", ["light", "dark", "narrow"])
@pytest.mark.parametrize("example", _EXAMPLES)
def test_axe_has_nothing_to_object_to(
    browser: Browser, demo_url: str, people: list[dict[str, str]], example: str, looks: str
) -> None:
    scheme: Any = "dark" if looks == "dark" else "light"
    width = 320 if looks == "narrow" else 1280
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale="sv-SE", color_scheme=scheme, reduced_motion="reduce"
    )
    demo = DemoPage(context.new_page(), demo_url, people)
    demo.open()
    demo.load_example(example)
    expect(demo.pane.locator("[data-part=recipients]")).to_be_visible()
    for fold in demo.pane.locator("details.rest > summary").all():
        fold.click()
    assert violations(demo.pane_frame) == []
    for where in (demo.page, demo.pane_frame):
        assert width_beyond_window(where) <= 0
    for control in demo.pane.locator("[data-part=recipients] :is(button, summary, label.option)").all():
        # WCAG 2.5.8, target size.
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 24
    context.close()


def test_in_english(browser: Browser, demo_url: str, people: list[dict[str, str]]) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.goto(f"{demo_url}/demo/?lang=en-GB")
    demo = DemoPage(page, demo_url, people)
    expect(demo.pane.get_by_text("Nothing sensitive found.").first).to_be_visible()
    page.locator("[data-example=wrong_domain]").click()
    card = demo.recipient("anna.berg@granvlk.example")
    expect(card).to_contain_text("granvlk.example resembles granvik.example")
    expect(card).to_contain_text("The address is almost like granvik.example")
    expect(card.get_by_role("button", name="Change to Anna Berg")).to_be_visible()
    context.close()

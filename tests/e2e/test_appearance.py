"""How it looks and whom it shuts out: axe on both pages, narrow, dark, forced colours, no inline code."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.appearance import violations, width_beyond_window
from tests.e2e.demo_page import DemoPage

pytestmark = pytest.mark.e2e

_SCHEMES: list[Literal["light", "dark"]] = ["light", "dark"]


@pytest.fixture(params=_SCHEMES)
def schemed_demo(
    request: pytest.FixtureRequest, browser: Browser, demo_url: str, people: list[dict[str, str]]
) -> Iterator[DemoPage]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="sv-SE", color_scheme=request.param, reduced_motion="reduce"
    )
    opened = DemoPage(context.new_page(), demo_url, people)
    opened.open()
    yield opened
    context.close()


@pytest.fixture
def narrow_demo(browser: Browser, demo_url: str, people: list[dict[str, str]]) -> Iterator[DemoPage]:
    context = browser.new_context(viewport={"width": 320, "height": 800}, locale="sv-SE")
    opened = DemoPage(context.new_page(), demo_url, people)
    opened.open()
    yield opened
    context.close()


@pytest.mark.parametrize("example", ["fika", "health", "personnummer", "booking", "protected", "forward"])
def test_axe_has_nothing_to_object_to(schemed_demo: DemoPage, example: str) -> None:
    schemed_demo.load_example(example)
    assert violations(schemed_demo.pane_frame) == []
    assert violations(schemed_demo.page) == []


def test_axe_has_nothing_to_object_to_in_the_dialog_and_the_other_screens(schemed_demo: DemoPage) -> None:
    schemed_demo.load_example("health")
    schemed_demo.set_label()
    assert violations(schemed_demo.pane_frame) == []
    schemed_demo.send_button.click()
    expect(schemed_demo.alert).to_be_visible()
    assert violations(schemed_demo.page) == []
    schemed_demo.page.keyboard.press("Escape")
    schemed_demo.page.locator("[data-message=m3]").click()
    assert violations(schemed_demo.page) == []


def test_axe_has_nothing_to_object_to_when_the_service_is_away(schemed_demo: DemoPage) -> None:
    schemed_demo.page.route("**/api/v1/assessments", lambda route: route.abort())
    schemed_demo.type_body("Hej")
    expect(schemed_demo.pane.get_by_role("button", name="Försök igen")).to_be_visible()
    assert violations(schemed_demo.pane_frame) == []


def test_nothing_is_cut_off_at_320_pixels(narrow_demo: DemoPage) -> None:
    narrow_demo.load_example("protected")
    for where in (narrow_demo.page, narrow_demo.pane_frame):
        assert width_beyond_window(where) <= 0
    button = narrow_demo.pane.locator("[data-action=set-label]")
    # WCAG 2.5.8, target size.
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 24
    assert violations(narrow_demo.pane_frame) == []


def test_dark_is_dark_and_light_is_light(schemed_demo: DemoPage, request: pytest.FixtureRequest) -> None:
    colour = schemed_demo.pane_frame.evaluate("() => getComputedStyle(document.body).backgroundColor")
    is_dark = sum(int(part) for part in colour[4:-1].split(",")) < 3 * 128
    assert is_dark == (request.node.callspec.params["schemed_demo"] == "dark")


def test_forced_colours_keep_the_words_and_the_buttons(
    browser: Browser, demo_url: str, people: list[dict[str, str]]
) -> None:
    context = browser.new_context(locale="sv-SE", forced_colors="active")
    opened = DemoPage(context.new_page(), demo_url, people)
    opened.open()
    opened.load_example("health")
    expect(opened.verdict).to_be_visible()
    expect(opened.pane.locator("[data-action=set-label]")).to_be_visible()
    context.close()


def test_english_outlook_gets_an_english_pane(page: Page, demo_url: str) -> None:
    page.goto(f"{demo_url}/demo/?lang=en-GB")
    pane = page.frame_locator("iframe.pane-frame")
    expect(pane.get_by_text("Nothing sensitive found.").first).to_be_visible()
    page.locator("[data-example=health]").click()
    expect(pane.locator("#verdict")).to_have_text("Sensitive")
    expect(pane.locator("html")).to_have_attribute("lang", "en")

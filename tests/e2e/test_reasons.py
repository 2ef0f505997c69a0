"""Why, "this is wrong" and what to take out: in a real browser, against the real service."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Request, Response, expect

from tests.e2e.appearance import violations, width_beyond_window
from tests.e2e.demo_page import DemoPage

pytestmark = pytest.mark.e2e

_FEEDBACK = "**/api/v1/feedback"
_THANKS = "Tack, vi lär av det. Förslaget står kvar."
_FIVE = (
    "Lova Lindqvist har en depression. Lova Lindqvist är med i Kommunal. "
    "Lova Lindqvist är muslim. Lova Lindqvist är misstänkt för stöld. Lova Lindqvist har ont i ryggen."
)
_HEALTH = "Lova Lindqvist i 4B har fått diagnosen adhd och börjar med medicin på måndag."


def _reason(demo: DemoPage, rule: str) -> Locator:
    return demo.pane.locator(f".reason[data-reason^='{rule}']").first


def _press_wrong(reason: Locator) -> None:
    reason.locator("[data-action=wrong]").click()


def _sent(request: Request) -> dict[str, Any]:
    posted: dict[str, Any] = json.loads(request.post_data or "{}")
    return posted


def test_three_reasons_first_and_the_rest_on_demand(demo: DemoPage) -> None:
    demo.type_body(_FIVE)
    more = demo.pane.locator("[data-action=more-reasons]")
    expect(more).to_have_text("Visa fler skäl (2)")
    expect(demo.pane.get_by_role("heading", name="Därför:")).to_be_visible()
    expect(demo.pane.locator(".reason")).to_have_count(3)
    expect(_reason(demo, "health").locator(".where")).to_have_text("mening 1 i texten")
    more.press("Enter")
    expect(demo.pane.locator(".reason")).to_have_count(5)
    expect(more).to_have_attribute("aria-expanded", "true")
    expect(more).to_be_focused()


def test_what_to_take_out_is_told_and_true(demo: DemoPage) -> None:
    demo.type_body(f"{_HEALTH} Personnumret är 19120211-9986.")
    expect(demo.verdict).to_have_text("Mycket känslig")
    demo.pane.get_by_text("Vad kan jag ta bort?").click()
    step = demo.pane.locator(".lowering li").first
    expect(step).to_contain_text("Tar du bort personnumret räcker")
    expect(step.locator(".where")).to_have_text("mening 2 i texten")
    demo.body.press("Control+a")
    demo.body.press("Delete")
    demo.type_body(_HEALTH)
    expect(demo.verdict).to_have_text("Känslig")


def test_a_wrong_reason_is_answered_taken_back_and_not_asked_about_again(demo: DemoPage) -> None:
    demo.load_example("health")
    reason = _reason(demo, "health")
    _press_wrong(reason)
    choices = reason.get_by_role("group", name="Vilken märkning är rätt?")
    expect(choices.locator("[data-right-label]")).to_have_text(["Ingen märkning", "Känslig"])
    with demo.page.expect_response(_FEEDBACK) as said:
        choices.get_by_role("button", name="Ingen märkning").click()
    _check_answer(said.value, label="none", right=False)
    expect(reason).to_contain_text(_THANKS)
    expect(demo.verdict).to_have_text("Känslig")
    demo.type_body(" Kan du ringa?")
    demo.page.wait_for_timeout(1500)
    expect(reason).to_contain_text(_THANKS)
    expect(reason.locator("[data-action=wrong]")).to_have_count(0)
    with demo.page.expect_response(_FEEDBACK) as taken_back:
        reason.locator("[data-action=undo-answer]").click()
    _check_answer(taken_back.value, label="kanslig", right=True)
    expect(reason.locator("[data-action=wrong]")).to_be_visible()


def _check_answer(response: Response, *, label: str, right: bool) -> None:
    posted = _sent(response.request)
    assert (response.status, posted["label"]) == (201, label)
    assert posted["id"]
    assert posted["draft"]["subject"] == "Inför måndag"
    assert {(one["category"], one["right"]) for one in posted["findings"]} == {("health", right)}
    assert all(one["rule"].startswith("health.") for one in posted["findings"])


def test_one_press_is_enough_where_the_label_stands_anyway(demo: DemoPage) -> None:
    demo.type_body(_FIVE)
    expect(demo.verdict).to_have_text("Mycket känslig")
    demo.pane.locator("[data-action=more-reasons]").click()
    with demo.page.expect_response(_FEEDBACK) as said:
        _press_wrong(_reason(demo, "union"))
    assert _sent(said.value.request)["label"] == "mycket_kanslig"
    expect(_reason(demo, "union")).to_contain_text(_THANKS)


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "gick inte att ta emot just nu"), (429, "kommit många svar nu"), (500, "gick inte att ta emot just nu")],
)
def test_an_answer_that_is_not_taken_stays_and_can_be_sent_again(demo: DemoPage, status: int, words: str) -> None:
    demo.page.route(_FEEDBACK, lambda route: route.fulfill(status=status, body="{}"))
    demo.load_example("health")
    reason = _reason(demo, "health")
    _press_wrong(reason)
    reason.get_by_role("button", name="Ingen märkning").click()
    expect(reason.locator(".problem")).to_contain_text(words)
    assert violations(demo.pane_frame) == []
    demo.page.unroute(_FEEDBACK)
    with demo.page.expect_response(_FEEDBACK) as said:
        reason.locator("[data-action=send-again]").click()
    assert _sent(said.value.request)["label"] == "none"
    expect(reason).to_contain_text(_THANKS)


def test_by_keyboard_with_the_focus_kept_and_one_announcement(demo: DemoPage) -> None:
    demo.load_example("health")
    reason = _reason(demo, "health")
    wrong = reason.locator("[data-action=wrong]")
    keyboard = demo.page.keyboard
    wrong.focus()
    keyboard.press("Enter")
    first = reason.locator("[data-right-label]").first
    expect(first).to_be_focused()
    keyboard.press("Escape")
    expect(wrong).to_be_focused()
    keyboard.press("Enter")
    expect(first).to_be_focused()
    demo.pane_frame.evaluate(
        "() => { window.heard = []; new MutationObserver(() => {"
        " const words = document.getElementById('live').textContent; if (words) window.heard.push(words); })"
        ".observe(document.getElementById('live'), { childList: true, characterData: true, subtree: true }); }"
    )
    keyboard.press("Enter")
    expect(reason).to_contain_text(_THANKS)
    assert reason.locator(".answer").evaluate("(here) => here.contains(document.activeElement)")
    demo.page.wait_for_timeout(300)
    assert demo.pane_frame.evaluate("() => window.heard") == [_THANKS]


def test_the_focus_stays_when_the_draft_is_read_again(demo: DemoPage) -> None:
    demo.load_example("health")
    wrong = _reason(demo, "health").locator("[data-action=wrong]")
    wrong.focus()
    with demo.page.expect_response("**/api/v1/assessments"):
        demo.page.get_by_label("Ämne").evaluate(
            "(field) => { field.value = 'Annat'; field.dispatchEvent(new Event('input', { bubbles: true })); }"
        )
    demo.page.wait_for_timeout(500)
    expect(wrong).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_has_nothing_to_object_to_at_any_step(
    browser: Browser, demo_url: str, people: list[dict[str, str]], scheme: str, width: int
) -> None:
    looks: Any = {"color_scheme": scheme, "reduced_motion": "reduce"}
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="sv-SE", **looks)
    demo = DemoPage(context.new_page(), demo_url, people)
    demo.open()
    demo.type_body(_FIVE)
    demo.pane.locator("[data-action=more-reasons]").click()
    demo.pane.get_by_text("Vad kan jag ta bort?").click()
    reason = _reason(demo, "health")
    _press_wrong(reason)
    expect(reason.get_by_role("group")).to_be_visible()
    assert violations(demo.pane_frame) == []
    for button in reason.get_by_role("button").all():
        # WCAG 2.5.8, target size.
        box = button.bounding_box()
        assert box is not None
        assert min(box["height"], box["width"]) >= 24
    reason.locator("[data-right-label]").first.click()
    expect(reason).to_contain_text(_THANKS)
    assert violations(demo.pane_frame) == []
    assert width_beyond_window(demo.pane_frame) <= 0
    context.close()

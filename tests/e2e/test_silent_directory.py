"""When the directory does not answer: nothing is claimed, and asking again is one press."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.appearance import violations
from tests.e2e.demo_page import DemoPage

pytestmark = pytest.mark.e2e

_ASSESSMENTS = "**/api/v1/assessments"
_CHECKS = "**/api/v1/recipient-checks"
_FILIP = "filip.nordin@granvik.example"


def test_a_directory_that_is_silent_is_said_and_asked_again(demo: DemoPage) -> None:
    silent = {"verdict": "unverifiable", "decision": "prompt", "needs_thought": True}
    _change(demo, _ASSESSMENTS, lambda answer: [one.update(silent) for one in answer["recipients"]["each"]])
    told = {"verdict": "unverifiable", "reason": "directory_down", "person": None}
    _change(demo, _CHECKS, lambda answer: [one.update(told) for one in answer["recipients"]])
    demo.load_example("other_committee")
    bar = demo.pane.locator("[data-not-told=directory_down]")
    expect(bar).to_contain_text("Katalogen går inte att nå just nu")
    expect(demo.recipient(_FILIP).locator(".badge")).to_have_text("Inte kontrollerad")
    assert violations(demo.pane_frame) == []
    demo.page.unroute(_ASSESSMENTS)
    demo.page.unroute(_CHECKS)
    bar.get_by_role("button", name="Försök igen").click()
    expect(demo.recipient(_FILIP)).to_have_attribute("data-verdict", "other_unit")
    expect(demo.recipient(_FILIP)).to_contain_text("Byggnadsinspektör")
    expect(bar).to_have_count(0)


def test_a_silent_directory_asks_nothing_of_a_harmless_draft_and_claims_nothing(demo: DemoPage) -> None:
    silent = {"verdict": "unverifiable", "needs_thought": False}
    _change(demo, _ASSESSMENTS, lambda answer: [one.update(silent) for one in answer["recipients"]["each"]])
    told = {"verdict": "unverifiable", "reason": "directory_slow", "person": None}
    _change(demo, _CHECKS, lambda answer: [one.update(told) for one in answer["recipients"]])
    demo.load_example("colleagues")
    folded = demo.pane.locator("details.rest > summary")
    expect(folded).to_have_text("Inte kontrollerade: 3")
    bar = demo.pane.locator("[data-not-told]")
    expect(bar).not_to_be_visible()
    folded.click()
    expect(bar).to_contain_text("Katalogen hann inte svara")
    assert violations(demo.pane_frame) == []


def test_a_directory_that_wants_a_new_sign_in_gets_it(demo: DemoPage) -> None:
    claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}'
    refusals = [{"status": 401, "code": "claims_needed", "claims": claims}] * 2

    def refuse(route: Route) -> None:
        if refusals:
            route.fulfill(status=401, json=refusals.pop())
        else:
            route.continue_()

    demo.page.route(_CHECKS, refuse)
    silent = {"verdict": "unverifiable", "needs_thought": True}
    _change(demo, _ASSESSMENTS, lambda answer: [one.update(silent) for one in answer["recipients"]["each"]])
    demo.load_example("other_committee")
    button = demo.pane.get_by_role("button", name="Logga in igen")
    expect(button).to_be_visible()
    demo.pane_frame.evaluate(
        "() => { const real = OfficeRuntime.auth.getAccessToken; window.asked = [];"
        " OfficeRuntime.auth.getAccessToken = (how) => {"
        " window.asked.push(how.authChallenge ?? ''); return real(how); }; }"
    )
    demo.page.unroute(_ASSESSMENTS)
    button.click()
    expect(demo.recipient(_FILIP)).to_have_attribute("data-verdict", "other_unit")
    expect(demo.recipient(_FILIP)).to_contain_text("Byggnadsinspektör")
    assert claims in demo.pane_frame.evaluate("() => window.asked")


def test_a_recipient_check_that_fails_leaves_the_verdict_and_is_tried_again(demo: DemoPage) -> None:
    demo.page.route(_CHECKS, lambda route: route.abort())
    demo.load_example("other_committee")
    filip = demo.recipient(_FILIP)
    expect(filip).to_have_attribute("data-verdict", "other_unit")
    expect(filip).not_to_contain_text("Byggnadsinspektör")
    demo.page.unroute(_CHECKS)
    expect(filip).to_contain_text("Byggnadsinspektör", timeout=8000)


def _change(demo: DemoPage, url: str, change: Callable[[dict[str, Any]], object]) -> None:
    """Changes the service's answers on their way to the pane: its sample directory never fails."""

    def through(route: Route) -> None:
        reply = route.fetch()
        answer = reply.json()
        change(answer)
        route.fulfill(response=reply, json=answer)

    demo.page.route(url, through)

"""Two people, two browsers: one asks to forward something labelled, the other answers, the first one's pane follows."""

import re
from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.demo_page import DemoPage

pytestmark = pytest.mark.e2e

_PATIENCE_MS: Final = 20_000
"""The pane asks every five seconds whether there is an answer."""
_COLLEAGUE: Final = "Johan Ek"
_COLLEAGUE_ADDRESS: Final = "johan.ek@granvik.example"
_OTHER: Final = "Omar Haddad"


@pytest.fixture
def approver(browser: Browser, demo_url: str) -> Iterator[Page]:
    """A page of Kerstin's own, signed in, in a context that shares nothing with the requester's."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="sv-SE")
    page = context.new_page()
    page.goto(f"{demo_url}/pages/sign-in")
    page.get_by_role("button", name="Kerstin Åberg").click()
    yield page
    context.close()


def _open_request(demo: DemoPage, approver: Page) -> None:
    """Opens the newest request that waits for the approver: the oldest come first."""
    approver.goto(f"{demo.url}/pages/approvals")
    approver.locator("ul.list").first.locator("a.choice").last.click()
    expect(approver.get_by_role("button", name="Säg nej")).to_be_visible()


def _is(demo: DemoPage, phase: str) -> None:
    expect(demo.forward).to_have_attribute("data-forward", phase, timeout=_PATIENCE_MS)


def test_from_a_stop_to_an_approval_to_sent(demo: DemoPage, approver: Page, console_errors: list[str]) -> None:
    demo.send_labelled_thread()
    demo.forward_latest(to=_COLLEAGUE)
    expect(demo.notification).to_contain_text("Tråden är märkt")
    demo.send_button.click()
    demo.alert.get_by_role("button", name="Be om godkännande").click()
    expect(demo.alert).to_have_count(0)
    demo.ask_for_approval()
    expect(demo.forward).to_contain_text(f"Du har frågat om {_COLLEAGUE}")
    demo.set_label()
    demo.settle_the_rest()

    _open_request(demo, approver)
    expect(approver.locator("main")).to_contain_text("Sara Lindqvist")
    expect(approver.locator("main")).to_contain_text(_COLLEAGUE_ADDRESS)
    expect(approver.locator("main")).not_to_contain_text("Lova")
    approver.get_by_role("button", name="Godkänn").click()

    _is(demo, "approved")
    expect(demo.forward).to_contain_text(f"Du får skicka till {_COLLEAGUE}")
    # The answer is told, and right after it that nothing is left to do.
    expect(demo.pane.locator("#live")).to_contain_text(re.compile("Godkänt|Klart att skicka"))
    demo.send()
    assert console_errors == []


def test_a_no_is_told_with_its_words_and_the_mail_stays(demo: DemoPage, approver: Page) -> None:
    demo.send_labelled_thread()
    demo.forward_latest(to=_COLLEAGUE)
    demo.ask_for_approval()
    _open_request(demo, approver)
    approver.locator("textarea[name=comment]").fill("Ring mig i stället.")
    approver.get_by_role("button", name="Säg nej").click()
    _is(demo, "refused")
    expect(demo.forward).to_contain_text("Ring mig i stället.")
    demo.send_button.click()
    expect(demo.alert).to_be_visible()
    expect(demo.alert.get_by_role("button", name="Skicka ändå")).to_have_count(0)


def test_an_approval_for_some_goes_to_them_alone(demo: DemoPage, approver: Page) -> None:
    demo.send_labelled_thread()
    demo.forward_latest(to=_COLLEAGUE)
    demo.add_recipient("Mira Nyström")
    expect(demo.pane.locator("[data-ask-for]")).to_have_count(2)
    demo.ask_for_approval()
    _open_request(demo, approver)
    approver.locator(f"input[name=recipient][value='{_COLLEAGUE_ADDRESS}']").check()
    approver.locator("input[name=recipient][value='mira.nystrom@granvik.example']").uncheck()
    approver.get_by_role("button", name="Godkänn").click()
    _is(demo, "outside")
    expect(demo.forward).to_contain_text("Mira Nyström fick inte ja.")
    demo.pane.locator("[data-action=remove-uncovered]").click()
    _is(demo, "approved")


def test_a_recipient_who_is_added_afterwards_is_not_covered(demo: DemoPage, approver: Page) -> None:
    demo.send_labelled_thread()
    demo.forward_latest(to=_COLLEAGUE)
    demo.ask_for_approval()
    _open_request(demo, approver)
    approver.get_by_role("button", name="Godkänn").click()
    _is(demo, "approved")
    demo.add_recipient("Mira Nyström")
    _is(demo, "outside")
    expect(demo.forward).to_contain_text("Mira Nyström kom till efter att du frågade.")
    demo.send_button.click()
    expect(demo.alert).to_be_visible()


def test_the_question_can_be_taken_back_and_asked_again(demo: DemoPage) -> None:
    demo.send_labelled_thread()
    demo.forward_latest(to=_COLLEAGUE)
    demo.ask_for_approval()
    demo.pane.locator("[data-action=withdraw-request]").click()
    _is(demo, "over")
    expect(demo.forward).to_contain_text("Du tog tillbaka din fråga")
    demo.ask_for_approval("consent_12_2")
    demo.pane.locator("[data-action=withdraw-request]").click()
    _is(demo, "over")


def test_whoever_got_the_mail_is_stopped_too(demo: DemoPage) -> None:
    demo.send_labelled_thread()
    demo.page.get_by_label("Inloggad som").select_option(label=f"{_OTHER}, Rektor, Björkskolan")
    demo.page.locator("[data-message^=sent-]").first.click()
    demo.page.get_by_role("button", name="Vidarebefordra", exact=True).click()
    demo.add_recipient(_COLLEAGUE)
    _is(demo, "ask")
    demo.send_button.click()
    expect(demo.alert.get_by_role("button", name="Be om godkännande")).to_be_visible()


def test_without_a_ground_nothing_is_asked(demo: DemoPage) -> None:
    demo.send_labelled_thread()
    demo.forward_latest(to=_COLLEAGUE)
    demo.pane.locator("[data-action=ask-approval]").click()
    expect(demo.forward).to_contain_text("Välj ett skäl först.")
    _is(demo, "ask")


def test_the_notice_leads_to_the_request_and_tells_nothing(demo: DemoPage) -> None:
    demo.send_labelled_thread()
    demo.forward_latest(to=_COLLEAGUE)
    demo.ask_for_approval()
    notice = demo.open_notices()
    expect(notice).not_to_contain_text("Lova")
    expect(notice.get_by_role("link")).to_have_attribute("target", "_blank")
    assert "/pages/approvals" in (notice.get_by_role("link").get_attribute("href") or "")

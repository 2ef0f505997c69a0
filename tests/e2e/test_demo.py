"""From typed words to a stopped, settled and sent mail: what a person does in the demo, in a real browser."""

import re
import time

import pytest
from playwright.sync_api import FilePayload, Route, expect

from tests.e2e.demo_page import DemoPage

pytestmark = pytest.mark.e2e

_SENSITIVE = "Lova Lindqvist i 4B har fått diagnosen adhd och börjar med medicin på måndag."
_ANY_LABEL = re.compile("Känslig|Mycket känslig")
_SOON_SECONDS = 1.5
"""About a second after typing stops, with room for a busy machine."""


def test_typing_something_sensitive_suggests_a_label_within_a_second(demo: DemoPage) -> None:
    demo.address_to_colleague()
    demo.type_body(_SENSITIVE)
    stopped = time.monotonic()
    expect(demo.verdict).to_contain_text("Känslig")
    assert time.monotonic() - stopped < _SOON_SECONDS
    expect(demo.pane.get_by_role("heading", name="Därför")).to_be_visible()
    expect(demo.pane.locator(".reason").first).to_contain_text("Hälsa")
    expect(demo.pane.get_by_text("Enligt", exact=False).first).to_be_visible()


def test_the_whole_way_from_stop_to_sent(demo: DemoPage, console_errors: list[str]) -> None:
    demo.load_example("health")
    demo.send_button.click()
    expect(demo.alert).to_be_visible()
    expect(demo.alert.get_by_role("button", name="Skicka ändå")).to_have_count(0)
    demo.alert.get_by_role("button", name="Visa vad som krävs").click()
    demo.set_label()
    demo.settle_the_rest()
    expect(demo.pane.locator(".left")).to_have_text("Kan skickas. Outlook frågar en gång till.")
    demo.send_button.click()
    demo.alert.get_by_role("button", name="Skicka ändå").click()
    expect(demo.page.get_by_role("heading", name="Skickat").first).to_be_visible()
    expect(demo.page.locator("main")).to_contain_text("Märkning: Känslig")
    assert console_errors == []


def test_an_ordinary_mail_is_left_alone(demo: DemoPage) -> None:
    demo.load_example("fika")
    expect(demo.pane.get_by_text("Inget känsligt hittat.").first).to_be_visible()
    demo.send_button.click()
    expect(demo.page.locator("main")).to_contain_text("är skickat")


def test_a_personnummer_asks_for_a_ground(demo: DemoPage) -> None:
    demo.load_example("personnummer")
    expect(demo.verdict).to_have_text("Ingen märkning behövs")
    ground = demo.pane.get_by_label("Varför behövs personnumret?")
    ground.select_option("secure_identification")
    expect(demo.pane.locator(".left")).to_have_text("Allt är ordnat.")
    demo.send_button.click()
    expect(demo.page.locator("main")).to_contain_text("är skickat")


def test_protected_identity_to_a_parent_is_stopped(demo: DemoPage) -> None:
    demo.load_example("protected")
    expect(demo.verdict).to_contain_text("Mycket känslig")
    demo.set_label()
    demo.settle_the_rest()
    expect(demo.pane.get_by_role("button", name="Öppna Sefos")).to_be_visible()
    demo.send_button.click()
    expect(demo.alert).to_be_visible()
    expect(demo.alert.get_by_role("button", name="Skicka ändå")).to_have_count(0)


def test_a_forward_of_something_sensitive_is_stopped(demo: DemoPage) -> None:
    demo.load_example("forward")
    expect(demo.verdict).to_have_text(_ANY_LABEL)
    expect(demo.pane.locator("[data-code=request_forward_approval]")).to_be_visible()


@pytest.mark.parametrize("client", ["web", "classic", "mac"])
def test_a_booking_with_initials_is_stopped_on_every_client(demo: DemoPage, client: str) -> None:
    demo.page.get_by_text("Inställningar för demon").click()
    demo.page.get_by_label("Outlook-klient").select_option(client)
    demo.load_example("booking")
    expect(demo.pane.locator("[data-code=neutral_subject]").first).to_be_visible()
    demo.send_button.click()
    expect(demo.alert).to_be_visible()


def test_a_reply_counts_what_it_quotes(demo: DemoPage) -> None:
    demo.page.locator("[data-message=m3]").click()
    demo.page.get_by_role("button", name="Svara").click()
    expect(demo.page.get_by_label("Ämne")).to_have_value("SV: Uppföljning av insats")
    expect(demo.verdict).to_have_text(_ANY_LABEL)
    expect(demo.pane.locator(".where").first).to_contain_text("i tidigare meddelanden")


def test_the_name_of_an_attachment_counts(demo: DemoPage) -> None:
    file = FilePayload(name="Läkarutlåtande Bo Hellgren.txt", mimeType="text/plain", buffer=_SENSITIVE.encode())
    demo.page.locator("input[type=file]").set_input_files([file])
    expect(demo.page.get_by_role("list", name="Bilagor")).to_contain_text("Läkarutlåtande Bo Hellgren.txt")
    expect(demo.verdict).to_have_text(_ANY_LABEL)
    demo.page.get_by_role("button", name="Ta bort Läkarutlåtande Bo Hellgren.txt").click()
    expect(demo.pane.get_by_text("Inget känsligt hittat.").first).to_be_visible()


def test_unknown_recipients_stay_unresolved(demo: DemoPage) -> None:
    field = demo.page.get_by_role("combobox", name="Till")
    field.fill("ingen sådan")
    field.press("Enter")
    expect(demo.page.locator(".chip.is-unresolved")).to_have_count(1)
    demo.send_button.click()
    expect(demo.page.get_by_text("Lägg till minst en mottagare", exact=False)).to_be_visible()


def test_someone_else_can_sign_in(demo: DemoPage) -> None:
    demo.load_example("health")
    demo.page.get_by_label("Inloggad som").select_option(demo.people[1]["id"])
    expect(demo.verdict).to_have_text(_ANY_LABEL)


def test_taking_the_words_away_takes_the_suggestion_away(demo: DemoPage) -> None:
    demo.type_body(_SENSITIVE)
    expect(demo.verdict).to_contain_text("Känslig")
    demo.body.press("Control+a")
    demo.body.press("Delete")
    expect(demo.pane.get_by_text("Inget känsligt hittat.").first).to_be_visible()


def test_a_confirmation_lapses_with_its_recipient(demo: DemoPage) -> None:
    demo.load_example("health")
    demo.confirm_recipients()
    demo.page.locator("[data-field=to] .chip button").click()
    expect(demo.pane.get_by_text("Du har inte valt någon mottagare än.")).to_be_visible()
    demo.address_to_colleague()
    expect(demo.pane.locator("input[data-confirm]")).not_to_be_checked()


def test_the_pane_says_when_the_service_is_out_of_reach_and_comes_back(demo: DemoPage) -> None:
    demo.page.route("**/api/v1/assessments", lambda route: route.abort())
    demo.type_body(_SENSITIVE)
    expect(demo.pane.get_by_text("Kontrollen går inte att nå just nu.", exact=False).first).to_be_visible()
    demo.page.unroute("**/api/v1/assessments")
    demo.pane.get_by_role("button", name="Försök igen").click()
    expect(demo.verdict).to_contain_text("Känslig")


def test_signed_out_is_said_and_can_be_mended(demo: DemoPage) -> None:
    demo.page.route("**/api/v1/assessments", lambda route: route.fulfill(status=401, body="{}"))
    demo.type_body(_SENSITIVE)
    expect(demo.pane.get_by_text("Du är inte inloggad.", exact=False).first).to_be_visible()
    demo.page.unroute("**/api/v1/assessments")
    demo.pane.get_by_role("button", name="Logga in").click()
    expect(demo.verdict).to_contain_text("Känslig")


def test_a_silent_service_does_not_hold_a_send_for_long(demo: DemoPage) -> None:
    held: list[Route] = []
    demo.page.route("**/api/v1/send-checks", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks functions
    demo.load_example("fika")
    demo.send_button.click()
    expect(demo.alert).to_contain_text("Kontrollen går inte att nå just nu.", timeout=6000)
    expect(demo.alert.get_by_role("button", name="Skicka ändå")).to_be_visible()
    assert held


def test_by_keyboard_alone(demo: DemoPage) -> None:
    keyboard = demo.page.keyboard
    demo.press_tab_until(demo.page.get_by_role("combobox", name="Till"))
    keyboard.type(demo.people[1]["name"][:4])
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    expect(demo.page.locator("[data-field=to] .chip")).to_have_count(1)
    demo.press_tab_until(demo.body)
    keyboard.type(_SENSITIVE)
    expect(demo.verdict).to_contain_text("Känslig")
    demo.press_tab_until(demo.pane.locator("[data-action=set-label]"))
    keyboard.press("Enter")
    expect(demo.page.locator(".label-mark")).to_have_text("Märkning: Känslig")
    expect(demo.verdict).to_be_focused()
    demo.press_tab_until(demo.send_button)
    keyboard.press("Enter")
    expect(demo.alert).to_be_visible()
    keyboard.press("Escape")
    expect(demo.alert).to_have_count(0)


def test_screen_readers_hear_of_a_new_label_once(demo: DemoPage) -> None:
    live = demo.pane.locator("#live")
    expect(live).to_have_text("")
    demo.type_body(_SENSITIVE)
    expect(live).to_contain_text("Förslag: Känslig.")
    demo.pane_frame.evaluate(
        "() => { window.said = 0; new MutationObserver(() => { window.said += 1; })"
        ".observe(document.getElementById('live'), { childList: true, characterData: true, subtree: true }); }"
    )
    demo.type_body(" Kan du ringa?")
    demo.page.wait_for_timeout(1500)
    assert demo.pane_frame.evaluate("() => window.said") == 0

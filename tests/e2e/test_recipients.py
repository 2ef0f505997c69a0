"""Who is it going to: recipients verified in a real browser, against the real service and its sample directory."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.demo_page import DemoPage

pytestmark = pytest.mark.e2e

_SENSITIVE = "Lova Lindqvist har fått diagnosen adhd och behöver en stödfamilj från januari."
_KERSTIN = "kerstin.aberg@granvik.example"
_AMINA = "amina.warsame@granvik.example"
_FILIP = "filip.nordin@granvik.example"
_KEPT = "() => window.simulatedOutlook.hostFor('pane').item.sessionData.get('sandkoll.confirmed_recipients') ?? ''"


def _kept(demo: DemoPage) -> str:
    """What the draft keeps of confirmations."""
    kept: str = demo.page.evaluate(_KEPT)
    return kept


def _boxes(card: Locator) -> Locator:
    return card.locator("input[type=checkbox]")


def test_a_wrong_domain_is_held_and_put_right_with_one_press(demo: DemoPage) -> None:
    demo.load_example("wrong_domain")
    wrong = demo.recipient("anna.berg@granvlk.example")
    expect(wrong).to_have_attribute("data-verdict", "lookalike")
    expect(wrong.locator(".resembles")).to_have_text("granvlk.example liknar granvik.example")
    expect(wrong.locator(".resembles mark")).to_have_text(["l", "i"])
    expect(wrong).to_contain_text("Kan inte skickas med Outlook till anna.berg@granvlk.example, vad du än bekräftar.")
    expect(_boxes(wrong)).to_have_count(0)
    wrong.get_by_role("button", name="Byt till Anna Berg").click()
    expect(demo.chips()).to_have_text(["Anna Berg"])
    expect(wrong).to_have_count(0)
    expect(demo.recipient("anna.berg@granvik.example")).to_be_visible()


def test_a_wrong_domain_is_stopped_at_send(demo: DemoPage) -> None:
    demo.load_example("wrong_domain")
    demo.set_label()
    demo.settle_the_rest()
    demo.send_button.click()
    expect(demo.alert).to_be_visible()
    expect(demo.alert.get_by_role("button", name="Skicka ändå")).to_have_count(0)


def test_a_wrong_domain_needs_a_thought_without_a_label_too(demo: DemoPage) -> None:
    demo.type_body("Hej, vi ses på torsdag.")
    demo.add_recipient("anna.berg@granvlk.example")
    card = demo.recipient("anna.berg@granvlk.example")
    expect(card.get_by_label("Ja, anna.berg@granvlk.example ska ha det här")).to_be_visible()
    expect(demo.pane.locator("#live")).to_contain_text("1 mottagare behöver en tanke.")
    expect(demo.pane.locator(".left")).to_have_text("En sak kvar innan du skickar")
    _boxes(card).check()
    expect(demo.pane.locator(".left")).to_have_text("Allt är ordnat.")


def test_the_namesake_of_another_unit(demo: DemoPage) -> None:
    demo.load_example("namesake")
    wrong = demo.recipient("anna.berg2@granvik.example")
    expect(wrong.locator("[data-concern=namesake]")).to_contain_text("Anna Berg (Socialförvaltningen, barn och familj)")
    expect(wrong).to_contain_text("Miljöinspektör")
    expect(wrong).to_contain_text("Chef: Rolf Axelsson")
    meant = wrong.get_by_role("group", name="Menade du …?").get_by_role("button")
    expect(meant).to_contain_text("Socialsekreterare")
    meant.click()
    expect(demo.pane.locator("#live")).to_contain_text("Mottagaren är bytt till Anna Berg.")
    right = demo.recipient("anna.berg@granvik.example")
    expect(right).to_have_attribute("data-verdict", "verified")
    expect(right).to_contain_text("Socialsekreterare")


def test_outlook_tells_namesakes_apart_and_takes_neither_for_granted(demo: DemoPage) -> None:
    box = demo.page.get_by_role("combobox", name="Till", exact=True)
    box.fill("Anna Berg")
    options = demo.page.get_by_role("listbox").first.get_by_role("option")
    expect(options).to_have_count(2)
    expect(options).to_contain_text([re.compile("Socialsekreterare"), re.compile("Miljöinspektör")])
    box.press("Enter")
    expect(demo.page.locator(".chip.is-unresolved")).to_have_count(1)


def test_a_group_with_an_outsider(demo: DemoPage) -> None:
    demo.load_example("group_outsider")
    group = demo.recipient("projekt.samverkan@granvik.example")
    expect(group).to_have_attribute("data-verdict", "group")
    expect(group.locator("[data-concern=external_members]")).to_contain_text("Petra Falk")
    expect(group).to_contain_text("5 personer, varav 2 utanför kommunen")
    expect(_boxes(group)).to_have_count(0)
    group.get_by_role("button", name="Ta bort Projekt Samverkan barn och unga från mottagarna").click()
    expect(demo.chips()).to_have_count(0)
    expect(demo.pane.get_by_text("Du har inte valt någon mottagare än.")).to_be_visible()


def test_a_colleague_from_another_committee(demo: DemoPage) -> None:
    demo.load_example("other_committee")
    filip = demo.recipient(_FILIP)
    expect(filip).to_have_attribute("data-verdict", "other_unit")
    expect(filip.get_by_role("group", name="Filip Nordin Annan verksamhet")).to_be_visible()
    expect(filip).to_contain_text("Miljö- och byggnadsnämnden")
    filip.get_by_label("Ja, Filip Nordin behöver veta").check()
    expect(demo.pane.locator("[data-code=verify_recipients]")).to_have_class(re.compile("is-met"))


def test_harmless_to_colleagues_asks_nothing(demo: DemoPage) -> None:
    demo.load_example("colleagues")
    folded = demo.pane.locator("details.rest")
    expect(folded.locator("summary")).to_have_text("3 mottagare kontrollerade")
    expect(folded).not_to_have_attribute("open", re.compile(".*"))
    expect(demo.pane.locator("input, .recipient-list, .obligation")).to_have_count(0)
    demo.send_button.click()
    expect(demo.page.locator("main")).to_contain_text("är skickat")


def test_the_verified_are_folded_and_confirmed_together_but_nobody_else_is(demo: DemoPage) -> None:
    demo.type_body(_SENSITIVE)
    for address in (_KERSTIN, _FILIP, _AMINA):
        demo.add_recipient(address)
    folded = demo.pane.locator("details.rest")
    expect(folded.locator("summary")).to_have_text("2 verifierade kollegor")
    together = demo.pane.get_by_label("Båda behöver veta")
    together.check()
    filip = demo.recipient(_FILIP)
    expect(_boxes(filip)).not_to_be_checked()
    expect(demo.pane.locator("[data-code=verify_recipients]")).not_to_have_class(re.compile("is-met"))
    _boxes(filip).check()
    expect(demo.pane.locator("[data-code=verify_recipients]")).to_have_class(re.compile("is-met"))
    folded.locator("summary").click()
    expect(demo.recipient(_KERSTIN)).to_contain_text("Enhetschef, barn och familj")


def test_a_confirmation_falls_when_a_recipient_is_added_but_not_when_one_changes_place(demo: DemoPage) -> None:
    demo.load_example("other_committee")
    filip = _boxes(demo.recipient(_FILIP))
    filip.check()
    demo.page.wait_for_function(f"() => ({_KEPT})().includes('{_FILIP}')")
    demo.add_recipient(_KERSTIN, "Kopia")
    expect(filip).not_to_be_checked()
    demo.page.wait_for_function(f"() => !({_KEPT})().includes('{_FILIP}')")
    demo.page.locator("[data-field=cc] .chip button").click()
    expect(demo.chips("cc")).to_have_count(0)
    demo.page.wait_for_timeout(1000)
    expect(filip).not_to_be_checked()
    assert _FILIP not in _kept(demo)


def test_by_keyboard_with_the_focus_kept(demo: DemoPage) -> None:
    demo.load_example("wrong_domain")
    keyboard = demo.page.keyboard
    wrong = demo.recipient("anna.berg@granvlk.example")
    swap = wrong.locator("[data-action=swap-recipient]")
    expect(swap).to_be_visible()
    demo.press_tab_until(swap)
    keyboard.press("Enter")
    expect(demo.chips()).to_have_text(["Anna Berg"])
    expect(wrong).to_have_count(0)
    expect(demo.pane.locator("#recipients-title")).to_be_focused()
    box = _boxes(demo.recipient("anna.berg@granvik.example"))
    expect(box).to_be_visible()
    demo.press_tab_until(box, limit=4)
    keyboard.press("Space")
    expect(box).to_be_checked()
    expect(box).to_be_focused()


def test_the_focus_goes_to_the_next_card_when_one_is_removed(demo: DemoPage) -> None:
    demo.load_example("other_committee")
    demo.add_recipient("zara.blom@granvik.example")
    expect(demo.pane.locator(".recipient")).to_have_count(2)
    remove = demo.recipient(_FILIP).locator("[data-action=remove-recipient]")
    remove.focus()
    demo.page.keyboard.press("Enter")
    expect(demo.recipient(_FILIP)).to_have_count(0)
    expect(demo.recipient("zara.blom@granvik.example").locator("> div")).to_be_focused()
    expect(demo.pane.locator("#live")).to_have_text("Filip Nordin är borttagen från mottagarna.")

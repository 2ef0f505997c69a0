"""The demo page and the pane in it, in the words of someone who uses them."""

import re
import secrets
from typing import Final

from playwright.sync_api import Frame, FrameLocator, Locator, Page, expect

_PATIENCE_MS: Final = 10_000


class DemoPage:
    """The simulated compose window with the real pane in its frame."""

    def __init__(self, page: Page, url: str, people: list[dict[str, str]]) -> None:
        self.page = page
        self.url = url
        self.people = people

    @property
    def pane(self) -> FrameLocator:
        """The pane's frame."""
        return self.page.frame_locator("iframe.pane-frame")

    @property
    def pane_frame(self) -> Frame:
        """The pane's frame, to run scripts in."""
        found = next(frame for frame in self.page.frames if frame.url.endswith("/demo/taskpane.html"))
        found.wait_for_load_state()
        return found

    @property
    def verdict(self) -> Locator:
        """The heading that says what the pane thinks of the draft."""
        return self.pane.locator("#verdict")

    @property
    def alert(self) -> Locator:
        """The Smart Alert dialog."""
        return self.page.get_by_role("dialog")

    @property
    def body(self) -> Locator:
        """The editor."""
        return self.page.get_by_role("textbox", name="Meddelandets text")

    @property
    def send_button(self) -> Locator:
        """Outlook's own Send."""
        return self.page.locator("[data-action=send]")

    def open(self) -> None:
        """Opens the demo and waits for the pane's first answer."""
        self.page.goto(f"{self.url}/demo/")
        expect(self.pane.get_by_text("Inget känsligt hittat.").first).to_be_visible(timeout=_PATIENCE_MS)

    def load_example(self, example: str) -> None:
        """Loads one of the example drafts (by id) and waits until the pane has judged it."""
        self.page.locator(f"[data-example={example}]").click()
        expect(self.pane.locator("#verdict, .calm-title").first).to_be_visible(timeout=_PATIENCE_MS)

    def address_to_colleague(self) -> str:
        """Puts a colleague in To by typing the name; the colleague's name."""
        name = self.people[1]["name"]
        field = self.page.get_by_role("combobox", name="Till")
        field.fill(name)
        field.press("Enter")
        return name

    def type_body(self, text: str) -> None:
        """Types into the editor as a fast typist does."""
        self.body.click()
        self.body.press_sequentially(text, delay=8)

    def set_label(self) -> None:
        """Presses the pane's button, and waits until Outlook shows the label."""
        self.pane.locator("[data-action=set-label]").click()
        expect(self.page.locator(".label-mark")).to_have_text(re.compile("Märkning: (Känslig|Mycket känslig)"))

    def settle_the_rest(self) -> None:
        """Confirms every recipient that can be confirmed, and states a ground wherever one is asked for."""
        self.confirm_recipients()
        for choice in self.pane.locator("select[data-ground]").all():
            choice.select_option(index=1)

    def confirm_recipients(self) -> None:
        """Confirms whoever needs a thought one by one, then the folded ones with their one question."""
        expect(self.pane.locator("[data-part=recipients]")).to_be_visible()
        for box in self.pane.locator("input[data-confirm], input[data-confirm-rest]").all():
            box.check()

    def recipient(self, address: str) -> Locator:
        """What the pane shows of one recipient, as a card or among the folded."""
        return self.pane.locator(f"[data-recipient='{address}']")

    def add_recipient(self, typed: str, field: str = "Till") -> None:
        """Types into a recipient field and presses Enter."""
        box = self.page.get_by_role("combobox", name=field, exact=True)
        box.fill(typed)
        box.press("Enter")

    def chips(self, role: str = "to") -> Locator:
        """The recipients that Outlook shows in one field."""
        return self.page.locator(f"[data-field={role}] .chip > span:first-child")

    @property
    def forward(self) -> Locator:
        """The pane's card about a forward."""
        return self.pane.locator("[data-part=forward]")

    @property
    def notification(self) -> Locator:
        """The bar above the draft."""
        return self.page.locator("[data-notification='sandkoll.thread']")

    def send(self) -> None:
        """Presses Send, says yes if Outlook asks once more, and waits until it is sent."""
        self.send_button.click()
        anyway = self.alert.get_by_role("button", name="Skicka ändå")
        sent = self.page.locator("#sent-title")
        expect(anyway.or_(sent)).to_be_visible(timeout=_PATIENCE_MS)
        if anyway.is_visible():
            anyway.click()
        expect(sent).to_be_visible()

    def send_labelled_thread(self) -> None:
        """The first person mails a colleague something that is labelled, and everything asked for is done.

        No two are alike: the service would know the text again, and take the second for a forward of the first.
        """
        words = ["".join(secrets.choice("abdegiklmnoprstu") for _ in range(7)) for _ in range(40)]
        self.address_to_colleague()
        self.page.get_by_label("Ämne").fill("Insatser i vår")
        self.body.fill(f"Lova Lindqvist har fått diagnosen adhd. {' '.join(words)}.")
        expect(self.verdict).to_contain_text("änslig", timeout=_PATIENCE_MS)
        self.set_label()
        self.settle_the_rest()
        self.send()

    def forward_latest(self, *, to: str) -> None:
        """Forwards what was sent last to somebody of the address book."""
        self.page.locator("[data-sent]").first.click()
        self.page.get_by_role("button", name="Vidarebefordra", exact=True).click()
        self.add_recipient(to)
        expect(self.forward).to_have_attribute("data-forward", "ask", timeout=_PATIENCE_MS)

    def ask_for_approval(self, reason: str = "same_case") -> None:
        """Chooses a ground and asks; waits until the question stands."""
        self.pane.locator("[data-request=reason]").select_option(reason)
        self.pane.locator("[data-action=ask-approval]").click()
        expect(self.forward).to_have_attribute("data-forward", "waiting", timeout=_PATIENCE_MS)

    def open_notices(self) -> Locator:
        """The page of outgoing notices; the newest one that leads to a request."""
        self.page.locator("[data-action=notices]").click()
        notice = self.page.locator("[data-notice]").filter(has=self.page.get_by_role("link")).first
        expect(notice).to_be_visible(timeout=_PATIENCE_MS)
        return notice

    def press_tab_until(self, target: Locator, limit: int = 120) -> None:
        """Presses Tab until `target` (on the page or in the pane) has the focus. Fails after `limit` presses."""
        for _ in range(limit):
            if target.count() == 1 and target.evaluate(_HAS_FOCUS):
                return
            self.page.keyboard.press("Tab")
        message = f"{limit} presses on Tab never reached {target}"
        raise AssertionError(message)


_HAS_FOCUS: Final = """(element) => {
  const top = element.ownerDocument.defaultView.top;
  const frame = element.ownerDocument.defaultView.frameElement;
  return element === element.ownerDocument.activeElement && (frame === null || top.document.activeElement === frame);
}"""

"""Somebody asks in Outlook, somebody else answers in a browser: by mouse, by keyboard, without scripts, on a phone."""

import json
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.backend.pages.page_desk import PagesCase
from tests.e2e.appearance import violations, width_beyond_window
from tests.e2e.pages_screens import LOOKS, PAGES, served_pages

pytestmark = pytest.mark.e2e

_ASKED: dict[str, Any] = {
    "subject": "VB: Ärendet", "compose_type": "forward", "label": "kanslig", "session": "approval-pages",
    "sender": {"address": "sara.lindqvist@granvik.example"},
    "recipients": [
        {"address": "johan.ek@granvik.example", "name": "Johan Ek", "role": "to"},
        {"address": "handlaggare@lindby.example", "role": "cc"},
    ],
}  # fmt: skip
_BODY = "Lova Lindqvist har fått diagnosen adhd och behöver en stödfamilj från januari. Det gäller ärende nummer {}."
_CONTROLS = (
    "a.button, a.choice, button:not([hidden]), label.with-box, .back a, nav a, select, textarea, input[type=date]"
)


@pytest.fixture(scope="module")
def made_up() -> Iterator[tuple[str, PagesCase]]:
    """Pages over a desk in memory."""
    with served_pages() as served:
        yield served


def _opened(browser: Browser, url: str, path: str, person: str = "kerstin", **options: Any) -> Page:  # noqa: ANN401 - a context's options
    """A page that a link led to, with the sign-in in between."""
    context = browser.new_context(**({"locale": "sv-SE", "viewport": {"width": 390, "height": 800}} | options))
    page = context.new_page()
    page.goto(url + path)
    page.locator(f"button[value={person}]").click()
    page.wait_for_url(url + path)
    return page


@pytest.mark.parametrize("look", ["phone", "dark", "contrast"])
def test_nobody_is_shut_out(look: str, browser: Browser, made_up: tuple[str, PagesCase]) -> None:
    options: dict[str, Any] = {"color_scheme": "light"} | LOOKS[look]
    page = _opened(browser, made_up[0], "/pages/approvals", "mira", **options)
    for name, path in PAGES.items():
        page.goto(made_up[0] + path)
        assert violations(page) == [], name
        assert width_beyond_window(page) <= 0, name
        for control in page.locator(_CONTROLS).all():
            box = control.bounding_box()
            assert box is not None
            assert box["height"] >= 44, (name, control.inner_text())
    page.context.close()


def test_at_four_times_the_size(browser: Browser, made_up: tuple[str, PagesCase]) -> None:
    # WCAG 1.4.10: 1280 px at 400 % are 320 px; a language without breaks makes it no wider.
    page = _opened(browser, made_up[0], "/pages/approvals/r1", viewport={"width": 320, "height": 256})
    assert width_beyond_window(page) <= 0
    page.context.close()


def _asked(url: str, people: list[dict[str, str]], number: int) -> str:
    """Sara's request, as the pane sends it; its id."""
    token = next(one["token"] for one in people if one["id"] == "sara")
    draft = _ASKED | {"body": _BODY.format(number)}
    addresses = [one["address"] for one in _ASKED["recipients"]]
    asked = {"draft": draft, "recipients": addresses, "reason": "same_case", "comment": "De tar över."}
    answer = _called(f"{url}/api/v1/forward-requests", token, asked)
    assert answer["status"] == "pending"
    return str(answer["id"])


def _status(url: str, people: list[dict[str, str]], id_: str) -> dict[str, Any]:
    token = next(one["token"] for one in people if one["id"] == "sara")
    return _called(f"{url}/api/v1/forward-requests/{id_}", token)


def _called(url: str, token: str, content: dict[str, Any] | None = None) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    body = json.dumps(content).encode() if content else None
    with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=60) as reply:  # noqa: S310 - loopback
        answer: dict[str, Any] = json.load(reply)
    return answer


def test_from_the_question_to_the_answer(browser: Browser, demo_url: str, people: list[dict[str, str]]) -> None:
    id_ = _asked(demo_url, people, 1)
    page = _opened(browser, demo_url, f"/pages/approvals/{id_}")
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    expect(page.get_by_role("definition").first).to_contain_text("Sara Lindqvist")
    expect(page.get_by_text("Socialsekreterare")).to_be_visible()
    assert "diagnosen" not in page.content()
    page.get_by_role("button", name="Godkänn de markerade").click()
    expect(page.get_by_role("alert")).to_contain_text("Markera minst en mottagare")
    assert faults == ["Failed to load resource: the server responded with a status of 422 (UNPROCESSABLE ENTITY)"]
    page.get_by_label("Johan Ek").check()
    page.get_by_label("Kommentar till den som frågar").fill("Bara Johan.")
    page.get_by_role("button", name="Godkänn de markerade").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Godkänd")
    expect(page.get_by_text("Får ta emot")).to_have_count(1)
    answer = _status(demo_url, people, id_)
    assert answer["status"] == "approved"
    page.goto(f"{demo_url}/pages/approvals")
    expect(page.get_by_text("Det du har svarat på nyligen")).to_be_visible()
    page.context.close()


def test_without_scripts_and_in_two_windows(browser: Browser, demo_url: str, people: list[dict[str, str]]) -> None:
    id_ = _asked(demo_url, people, 2)
    first = _opened(browser, demo_url, f"/pages/approvals/{id_}", java_script_enabled=False)
    second = first.context.new_page()
    second.goto(f"{demo_url}/pages/approvals/{id_}")
    first.get_by_role("button", name="Säg nej").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("Nekad")
    second.get_by_label("Johan Ek").check()
    second.get_by_role("button", name="Godkänn de markerade").click()
    expect(second.get_by_role("alert")).to_contain_text("Du hade redan svarat")
    expect(second.get_by_role("heading", level=1)).to_have_text("Nekad")
    assert _status(demo_url, people, id_)["status"] == "refused"
    first.go_back()
    expect(first.get_by_role("heading", level=1)).to_have_text("Nekad")
    first.context.close()


def test_by_keyboard(browser: Browser, demo_url: str, people: list[dict[str, str]]) -> None:
    id_ = _asked(demo_url, people, 3)
    page = _opened(browser, demo_url, f"/pages/approvals/{id_}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Till innehållet")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_role("checkbox").first).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Tryck på Godkänn eller Säg nej.")
    expect(page.get_by_role("checkbox").first).to_be_checked()
    page.get_by_role("checkbox").first.focus()
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Godkänn de markerade")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Godkänd")
    page.context.close()


def test_somebody_else_sees_nothing_and_signs_out(
    browser: Browser, demo_url: str, people: list[dict[str, str]]
) -> None:
    id_ = _asked(demo_url, people, 4)
    page = _opened(browser, demo_url, f"/pages/approvals/{id_}", "omar")
    expect(page.get_by_text("Det finns ingen begäran här")).to_be_visible()
    page.get_by_role("button", name="Logga ut").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du är utloggad")
    page.goto(f"{demo_url}/pages/approvals/{id_}")
    assert urlsplit(page.url).path == "/pages/sign-in"
    page.context.close()


def test_the_log_tells_of_it_without_names(browser: Browser, demo_url: str, people: list[dict[str, str]]) -> None:
    _asked(demo_url, people, 5)
    page = _opened(browser, demo_url, "/pages/audit", "mira", viewport={"width": 1280, "height": 800})
    expect(page.get_by_role("cell", name="Vidarebefordran begärd").first).to_be_visible()
    table = page.locator("table").inner_text()
    assert not [name for name in ("Sara", "Kerstin", "granvik.example", "lindby.example") if name in table]
    page.get_by_role("link", name="Kontrollera att loggen är hel").click()
    expect(page.get_by_role("status")).to_contain_text("Loggen är hel")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "sandkoll-audit.csv"
    page.context.close()

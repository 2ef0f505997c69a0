"""What every end-to-end test needs: the demo service, a browser, and pages with the demo open."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.demo_page import DemoPage

_ROOT = Path(__file__).resolve().parents[2]
_ADDIN = _ROOT / "addin"
_START_SECONDS = 90.0
_NO_BROWSER = "No Chromium was found. Install Debian's package chromium, or set SANDKOLL_BROWSER to its path."
_NO_MODULES = "The add-in's packages are missing. Run `npm ci` in addin/ first."


@pytest.fixture(scope="session")
def built_addin() -> Path:
    """addin/dist, built now: the tests never look at an old build. Fails when Node or its packages are missing."""
    node = shutil.which("node")
    if node is None:
        pytest.fail("Node.js was not found; the add-in cannot be built.")
    if not (_ADDIN / "node_modules").is_dir():
        pytest.fail(_NO_MODULES)
    subprocess.run([node, "build.mjs"], cwd=_ADDIN, check=True)  # noqa: S603 - our own build script
    return _ADDIN / "dist"


@pytest.fixture(scope="session")
def demo_url(built_addin: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo service on a free port of the loopback, without a final slash."""
    assert built_addin.is_dir()
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    folder = tmp_path_factory.mktemp("demo")
    log = folder / "service.log"
    with log.open("wb") as output:
        # A folder of its own: what earlier runs answered would count towards the day's limit.
        command = [sys.executable, "-m", "backend", "demo", "--port", str(port), "--folder", str(folder / "kept")]
        service = subprocess.Popen(command, cwd=_ROOT, stdout=output, stderr=output)  # noqa: S603 - our own service
        try:
            _wait_for(f"{url}/readyz", service, log)
            yield url
        finally:
            service.terminate()
            service.wait(timeout=20)


@pytest.fixture(scope="session")
def people(demo_url: str) -> list[dict[str, str]]:
    """The sample people, the one who is signed in at first in front."""
    with urllib.request.urlopen(f"{demo_url}/demo/people", timeout=10) as reply:  # noqa: S310 - loopback
        answer: dict[str, list[dict[str, str]]] = json.load(reply)
    return answer["people"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless. Fails, and does not skip, when there is none: these tests are the proof."""
    named = os.environ.get("SANDKOLL_BROWSER")
    path = named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None or not Path(path).exists():
        pytest.fail(_NO_BROWSER)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def console_errors() -> list[str]:
    """What the browser complained of, CSP violations too; filled while a page is open."""
    return []


@pytest.fixture
def page(browser: Browser, console_errors: list[str]) -> Iterator[Page]:
    """An empty page, 1280 × 800, light, Swedish."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="sv-SE", color_scheme="light")
    opened = context.new_page()
    opened.on("console", lambda message: console_errors.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: console_errors.append(str(error)))
    yield opened
    context.close()


@pytest.fixture
def demo(page: Page, demo_url: str, people: list[dict[str, str]]) -> DemoPage:
    """The demo with an empty draft and a pane that has found nothing yet."""
    opened = DemoPage(page, demo_url, people)
    opened.open()
    return opened


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_for(url: str, service: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if service.poll() is not None:
            pytest.fail(f"The demo service ended at once:\n{log.read_text(errors='replace')}")
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - loopback
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"The demo service did not answer within {_START_SECONDS} s:\n{log.read_text(errors='replace')}")

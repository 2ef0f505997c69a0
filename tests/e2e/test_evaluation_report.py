"""The evaluation's page in a browser: axe has nothing to object to, nothing is asked for, nothing is cut off."""

from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser

from backend.__main__ import main
from tests.backend.served import model_path

pytestmark = pytest.mark.e2e

_ROOT = Path(__file__).resolve().parents[2]
_AXE = _ROOT / "addin" / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_SCHEMES: list[Literal["light", "dark"]] = ["light", "dark"]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sample = _ROOT / "tests" / "samples" / "labelled" / "small_town.jsonl"
    path = Path(tmp_path_factory.mktemp("report")) / "report.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SANDKOLL_MODEL", str(model_path()))
        assert main(["evaluate", str(sample), str(sample), "--html", str(path)]) in {0, 1}
    return path


@pytest.mark.parametrize("scheme", _SCHEMES)
@pytest.mark.parametrize("width", [1280, 320])
def test_report(scheme: Literal["light", "dark"], width: int, report: Path, browser: Browser) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce"
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    page.evaluate(_AXE.read_text())
    found: dict[str, Any] = page.evaluate("(tags) => axe.run(document, { runOnly: tags })", _RULES)
    assert [f"{one['id']}: {node['target']}" for one in found["violations"] for node in one["nodes"]] == []
    assert page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert asked == [report.as_uri()]
    context.close()

"""What axe and the window's edge say of a page."""

from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Frame, Page

_AXE: Final = Path(__file__).resolve().parents[2] / "addin" / "node_modules" / "axe-core" / "axe.min.js"
_RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(where: Page | Frame) -> list[str]:
    """What axe objects to in this document alone, one line each."""
    where.evaluate(_AXE.read_text())
    found: dict[str, Any] = where.evaluate(
        "(tags) => axe.run(document, { runOnly: tags, iframes: false, resultTypes: ['violations'] })", _RULES
    )
    return [f"{one['id']}: {node['target']}" for one in found["violations"] for node in one["nodes"]]


def width_beyond_window(where: Page | Frame) -> int:
    """Pixels that can only be reached by scrolling sideways; 0 or less when nothing is cut off."""
    beyond: int = where.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return beyond

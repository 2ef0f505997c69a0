"""The file of organisations: what it must say, and what is told when it does not."""

from pathlib import Path

import pytest

from backend.domain.errors import WrongSettings
from backend.tenants import read_tenants

GRANVIK = """
[[tenant]]
id = "7F1E6A52-3C0B-4D7E-9A41-0D5B8C2E6F10"
name = "Granviks kommun"
domains = ["Granvik.example", "gränvik.example"]
"""
LINDBY = """
[[tenant]]
id = "c2d94b7a-58e1-4f36-8b0d-91a7e3f5d628"
name = "Lindby kommun"
domains = ["lindby.example"]
policy = "motala"
directory = "/srv/lindby.csv"
mail_tips = true
"""


def test_tenants_are_read(tmp_path: Path) -> None:
    granvik, lindby = read_tenants(_written(tmp_path, GRANVIK + LINDBY))
    assert granvik.id == "7f1e6a52-3c0b-4d7e-9a41-0d5b8c2e6f10"
    assert granvik.domains == ("granvik.example", "xn--grnvik-cua.example")
    assert (granvik.policy, granvik.directory, granvik.mail_tips) == ("", "graph", False)
    assert (lindby.policy, lindby.directory, lindby.mail_tips) == ("motala", "/srv/lindby.csv", True)


def _written(folder: Path, text: str) -> Path:
    path = folder / "tenants.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "tenant"),
        ("tenant = []", "tenant"),
        ("[[tenant]", "at line 1, column 9"),
        (GRANVIK.replace("7F1E6A52", "granvik"), "tenant.0.id"),
        (GRANVIK.replace('["Granvik.example", "gränvik.example"]', "[]"), "tenant.0.domains"),
        (GRANVIK.replace("Granvik.example", "."), "tenant.0.domains"),
        (GRANVIK.replace("Granvik.example", "co.uk"), "tenant.0.domains"),
        (GRANVIK.replace("Granvik.example", "*.granvik.example"), "tenant.0.domains"),
        (GRANVIK.replace("Granvik.example", "granvik.example/x"), "tenant.0.domains"),
        (GRANVIK.replace("Granvik.example", "a b.example"), "tenant.0.domains"),
        (GRANVIK + "secret = 1", "tenant.0.secret"),
        (GRANVIK + GRANVIK, "the same id twice"),
        (GRANVIK + LINDBY.replace("lindby.example", "granvik.example"), "the same domain in two tenants"),
        (GRANVIK + LINDBY.replace("lindby.example", "skola.granvik.example"), "the same domain in two tenants"),
        (GRANVIK.replace('name = "Granviks kommun"', ""), "tenant.0.name"),
    ],
)
def test_refused(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(WrongSettings) as refused:
        read_tenants(_written(tmp_path, text))
    assert refused.value.code in {"tenants_unreadable", "tenants_invalid"}
    assert told in refused.value.detail


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match="tenants_unreadable"):
        read_tenants(tmp_path / "nowhere.toml")

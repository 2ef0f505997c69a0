"""Production as it is started: gunicorn with workers, stand-ins for Entra ID and Microsoft Graph behind it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from backend.settings import PROJECT_FOLDER
from tests.backend.directory.graph.conftest import ALL_PERMISSIONS, granvik
from tests.backend.directory.graph.graph_service import GraphService, graph_service
from tests.backend.entra_authority import EntraAuthority, entra_authority
from tests.backend.entra_faults import DOWN, MFA_NEEDED, Endpoint
from tests.backend.entra_tokens import ADDIN, API, TENANT
from tests.backend.on_behalf_of import CLAIMS, SECRET
from tests.backend.served import KEY, model_path

pytestmark = pytest.mark.slow
_PATIENCE = 90.0
ANNA, BERGH, ALLA = (f"{name}@granvik.example" for name in ("anna.berg", "anna.bergh", "alla"))


@dataclass(frozen=True)
class Production:
    """The running service with what stands behind it."""

    url: str
    folder: Path
    authority: EntraAuthority
    graph: GraphService

    def check(self, *addresses: str, person: str, label: str = "none") -> tuple[int, dict[str, Any]]:
        """`/recipient-checks` as an employee who has just signed in. `person` is a GUID's last digits."""
        oid = f"3d7c9e15-6b28-4a4f-b5d1-{person:0>12}"
        content = {"recipients": [{"address": one} for one in addresses], "label": label}
        request = urllib.request.Request(  # noqa: S310 - loopback
            f"{self.url}/api/v1/recipient-checks",
            json.dumps(content).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {self.authority.token(oid=oid)}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - loopback
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error) | {"header": error.headers["WWW-Authenticate"]}

    def verdicts(self, *addresses: str, person: str) -> list[str]:
        status, answer = self.check(*addresses, person=person)
        assert status == 200
        return [one["verdict"] for one in answer["recipients"]]


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    folder = Path(tmp_path_factory.mktemp("production"))
    with entra_authority() as authority, graph_service(granvik(), authority) as graph:
        authority.application.consented = set(ALL_PERMISSIONS)
        with socket.create_server(("127.0.0.1", 0)) as probe:
            bind = f"127.0.0.1:{probe.getsockname()[1]}"
        with (folder / "words").open("wb") as words:
            process = subprocess.Popen(
                [sys.executable, "-m", "backend", "serve"],
                cwd=PROJECT_FOLDER,
                env=_environment(folder, bind, authority, graph),
                stdout=words,
                stderr=words,
            )
            try:
                _wait(f"http://{bind}/readyz", process, folder)
                yield Production(f"http://{bind}", folder, authority, graph)
            finally:
                process.terminate()
                process.wait(timeout=30)


def _environment(folder: Path, bind: str, authority: EntraAuthority, graph: GraphService) -> dict[str, str]:
    tenant = f'[[tenant]]\nid = "{TENANT}"\nname = "Granviks kommun"\ndomains = ["granvik.example"]\n'
    (folder / "tenants.toml").write_text(tenant, "utf-8")
    (folder / "taskpane.html").touch()
    return {
        "PATH": os.environ["PATH"],
        "SANDKOLL_SECRET_KEY": KEY,
        "SANDKOLL_DATABASE_URL": f"sqlite:///{folder / 'records.sqlite3'}",
        "SANDKOLL_MODEL": str(model_path()),
        "SANDKOLL_ADDIN_FOLDER": str(folder),
        "SANDKOLL_BIND": bind,
        "SANDKOLL_WORKERS": "2",
        "SANDKOLL_TENANTS": str(folder / "tenants.toml"),
        "SANDKOLL_ENTRA_CLIENT_ID": API,
        "SANDKOLL_ENTRA_CLIENTS": ADDIN,
        "SANDKOLL_ENTRA_AUTHORITY": authority.url,
        "SANDKOLL_ENTRA_CLIENT_SECRET": SECRET,
        "SANDKOLL_GRAPH_URL": graph.url,
        "SANDKOLL_CA_BUNDLE": str(authority.ca_file),
        "SANDKOLL_PUBLIC_URL": "https://sandkoll.example",
        "SANDKOLL_NOTICES": "off",
    }


def _wait(url: str, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - loopback
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError((folder / "words").read_text("utf-8"))


def test_recipients_are_verified_on_the_senders_behalf(production: Production) -> None:
    addresses = [
        ANNA,
        "nobody@granvik.example",
        "gun.gast@byggbolag.example",
        "x@granvlk.example",
        "bo@gmail.com",
        ALLA,
    ]
    expected = ["verified", "unknown", "external", "lookalike", "private", "group"]
    assert production.verdicts(*addresses, person="1") == expected
    answer = production.check(ANNA, ALLA, person="1", label="kanslig")[1]
    anna, everybody = answer["recipients"]
    assert (anna["person"]["name"], anna["person"]["manager"]) == ("Anna Berg", "Kerstin Åberg")
    assert BERGH in {one["address"] for one in anna["meant"]}
    assert everybody["members"]["external"] == 2
    assert everybody["decision"] == "block"


def test_directory_that_wants_a_new_sign_in_is_handed_back(production: Production) -> None:
    with production.authority.faulty(Endpoint.TOKEN, MFA_NEEDED):
        status, problem = production.check("per.sjo@granvik.example", person="2")
    assert (status, problem["code"], problem["claims"]) == (401, "claims_needed", CLAIMS)
    assert 'error="insufficient_claims", claims="' in problem["header"]


def test_outage_is_told_and_nothing_claimed(production: Production) -> None:
    with production.authority.faulty(Endpoint.TOKEN, DOWN):
        started = time.monotonic()
        status, answer = production.check("eva.gone@granvik.example", "bo@example.se", person="3")
        took = time.monotonic() - started
    assert status == 200
    assert [one["verdict"] for one in answer["recipients"]] == ["unverifiable", "external"]
    assert answer["recipients"][0]["reason"] == "directory_down"
    assert took < 3.0


def test_log_tells_nobody(production: Production) -> None:
    words = (production.folder / "words").read_text("utf-8").lower()
    assert "graph_asked" in words
    assert [one for one in ("anna", "berg", "granvik.example", "gun.gast", "eyj", SECRET) if one in words] == []

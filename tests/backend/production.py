"""Production as it is served: two municipalities in one installation, signed in by a stand-in for Entra ID."""

import csv
from collections.abc import Iterable
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr

from backend.app import create_app
from backend.settings import NoticeTransport, Settings, SignIn
from tests.backend.entra_authority import EntraAuthority
from tests.backend.entra_tokens import ADDIN, API, OTHER_TENANT, TENANT
from tests.backend.on_behalf_of import SECRET
from tests.backend.served import KEY, model_path

GRANVIK, LINDBY = TENANT, OTHER_TENANT
SARA = "sara.lindqvist@granvik.example"
BO = "bo.lind@lindby.example"


def production_settings(folder: Path, authority: EntraAuthority, **changed: object) -> Settings:
    """Settings with which production starts. Directories are files; databases and all lie in `folder`."""
    (folder / "tenants.toml").write_text(_tenants(folder), "utf-8")
    _export(folder / "granvik.csv", [("Sara Lindqvist", SARA, "Socialförvaltningen")])
    _export(folder / "lindby.csv", [("Bo Lind", BO, "Socialförvaltningen")])
    given: dict[str, object] = {
        "sign_in": SignIn.ENTRA,
        "secret_key": SecretStr(KEY),
        "database_url": f"sqlite:///{folder / 'records.sqlite3'}",
        "model": model_path(),
        "addin_folder": folder,
        "tenants": folder / "tenants.toml",
        "entra_client_id": API,
        "entra_clients": (ADDIN,),
        "entra_authority": authority.url,
        "ca_bundle": authority.ca_file,
        "public_url": "https://sandkoll.example",
        "notices": NoticeTransport.OFF,
        "entra_client_secret": SecretStr(SECRET),
    }
    return Settings(**(given | changed))  # type: ignore[arg-type]  # a table of fields


def production(folder: Path, authority: EntraAuthority) -> Flask:
    return create_app(production_settings(folder, authority))


def employee(app: Flask, authority: EntraAuthority, tenant: str, **claims: object) -> FlaskClient:
    """A client that holds the access token of an employee of `tenant`."""
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {authority.token(tid=tenant, **claims)}"
    return client


def _tenants(folder: Path) -> str:
    return f"""
        [[tenant]]
        id = "{GRANVIK}"
        name = "Granviks kommun"
        domains = ["granvik.example"]
        approvers = ["godkannare@granvik.example"]
        directory = "{folder / "granvik.csv"}"

        [[tenant]]
        id = "{LINDBY.upper()}"
        name = "Lindby kommun"
        domains = ["lindby.example"]
        policy = "ronneby"
        approvers = ["godkannare@lindby.example"]
        directory = "{folder / "lindby.csv"}"
    """


def _export(path: Path, people: Iterable[tuple[str, str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["name", "address", "department"])
        rows.writerows(people)

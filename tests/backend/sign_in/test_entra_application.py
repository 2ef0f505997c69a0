"""The registration as it is configured: what start-up refuses."""

from typing import Any

import pytest

from backend.domain.errors import WrongSettings
from backend.sign_in.entra_application import EntraApplication
from tests.backend.entra_tokens import ADDIN, API, TENANT

VARIABLES = {
    "authority": "SANDKOLL_ENTRA_AUTHORITY",
    "client_id": "SANDKOLL_ENTRA_CLIENT_ID",
    "client_applications": "SANDKOLL_ENTRA_CLIENTS",
    "tenants": "SANDKOLL_TENANTS",
    "audiences": "SANDKOLL_ENTRA_AUDIENCES",
}
ORDINARY: dict[str, Any] = {
    "client_id": API,
    "client_applications": frozenset({ADDIN}),
    "tenants": frozenset({TENANT}),
}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("client_id", "sandkoll"),
        ("client_id", f"api://{API}"),
        ("client_applications", frozenset()),
        ("client_applications", frozenset({ADDIN, "outlook"})),
        ("tenants", frozenset()),
        ("tenants", frozenset({"common"})),
        ("tenants", frozenset({"granvik.example"})),
        ("tenants", frozenset({TENANT, ""})),
        ("audiences", frozenset({API, ""})),
        ("authority", ""),
        ("authority", "http://login.microsoftonline.com"),
        ("authority", "login.microsoftonline.com"),
        ("authority", f"https://login.microsoftonline.com/{TENANT}"),
        ("authority", "https://login.microsoftonline.com?a=b"),
        ("authority", "https://"),
        ("scope", ""),
        ("scope", "access_as_user User.Read"),
        ("leeway", -1),
        ("leeway", 3600),
    ],
)
def test_wrong_settings_are_refused_and_named(field: str, value: object) -> None:
    with pytest.raises(WrongSettings) as refused:
        EntraApplication(**(ORDINARY | {field: value}))
    assert (refused.value.code, refused.value.detail) == ("entra_settings_wrong", VARIABLES.get(field, field))


def test_everything_wrong_is_named_at_once() -> None:
    with pytest.raises(WrongSettings, match="SANDKOLL_ENTRA_CLIENT_ID, SANDKOLL_TENANTS"):
        EntraApplication(**(ORDINARY | {"client_id": "", "tenants": frozenset({"common"})}))


def test_settings_are_brought_into_one_form() -> None:
    written = EntraApplication(
        client_id=API.upper(),
        client_applications=frozenset({ADDIN.upper()}),
        tenants=frozenset({TENANT.upper()}),
        audiences=frozenset({API.upper(), "api://Sandkoll"}),
        authority="https://login.microsoftonline.com/",
    )
    assert written == EntraApplication(**ORDINARY, audiences=frozenset({API, "api://Sandkoll"}))


def test_audience_is_the_api_itself_where_none_is_given() -> None:
    assert EntraApplication(**ORDINARY).audiences == {API}

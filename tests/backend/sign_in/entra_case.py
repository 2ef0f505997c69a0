"""The registration that the sign-in tests speak of."""

from dataclasses import dataclass
from typing import Any

import pytest

from backend.domain.errors import NotSignedIn
from backend.sign_in.entra_application import EntraApplication
from backend.sign_in.entra_sign_in import EntraSignIn
from backend.sign_in.key_document import KeyDocument
from backend.sign_in.signing_keys import SigningKeys
from tests.backend.entra_authority import EntraAuthority
from tests.backend.entra_faults import Endpoint
from tests.backend.entra_tokens import ADDIN, API, TENANT

V2_ISSUER = "{authority}/{tid}/v2.0"
AUDIENCES = frozenset({API, f"api://{API}", "https://sandkoll.granvik.example"})


def application(authority: EntraAuthority, **changed: Any) -> EntraApplication:  # noqa: ANN401 - EntraApplication's fields
    ordinary: dict[str, Any] = {
        "client_id": API, "client_applications": frozenset({ADDIN}), "tenants": frozenset({TENANT}),
        "audiences": AUDIENCES, "authority": authority.url, "ca_bundle": authority.ca_file,
    }  # fmt: skip
    return EntraApplication(**(ordinary | changed))


def filled(changed: dict[str, Any], authority: EntraAuthority) -> dict[str, Any]:
    """Changes of claims with `{authority}` and `{tid}` filled in."""
    tenant = changed.get("tid", TENANT)

    def fill(value: object) -> object:
        if isinstance(value, list):
            return [fill(one) for one in value]
        return (
            value.replace("{authority}", authority.url).replace("{tid}", str(tenant))
            if isinstance(value, str)
            else value
        )

    return {name: fill(value) for name, value in changed.items()}


@dataclass(slots=True)
class Clock:
    """A clock that is put forward by hand, in seconds."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def key_document(authority: EntraAuthority, seconds: float = 2.0, ca_file: str | None = "") -> KeyDocument:
    """The authority's keys as they are fetched. With `ca_file` None its certificate is not trusted."""
    trusted = authority.ca_file if ca_file == "" else ca_file
    return KeyDocument(f"{authority.url}/common{Endpoint.KEYS}", trusted, seconds)


def signing_keys(authority: EntraAuthority, clock: Clock, patience: float = 10.0) -> SigningKeys:
    """The authority's keys by a clock of the test's own."""
    return SigningKeys(key_document(authority).keys, clock=clock, patience=patience)


def refusal_of(sign_in: EntraSignIn, token: str) -> str:
    """Why a token is refused."""
    with pytest.raises(NotSignedIn) as refused:
        sign_in.person(token)
    assert refused.value.code == "not_signed_in"
    return refused.value.detail

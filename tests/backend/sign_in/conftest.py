"""A stand-in for Entra ID, and a sign-in that trusts it."""

from collections.abc import Iterator

import pytest

from backend.sign_in.entra_sign_in import EntraSignIn
from tests.backend.entra_authority import EntraAuthority, entra_authority
from tests.backend.sign_in.entra_case import application


@pytest.fixture
def authority() -> Iterator[EntraAuthority]:
    with entra_authority() as running:
        yield running


@pytest.fixture(scope="module")
def steady_authority() -> Iterator[EntraAuthority]:
    """One for all tests of a file, which leave it as it is."""
    with entra_authority() as running:
        yield running


@pytest.fixture(scope="module")
def steady_sign_in(steady_authority: EntraAuthority) -> EntraSignIn:
    return EntraSignIn(application(steady_authority))

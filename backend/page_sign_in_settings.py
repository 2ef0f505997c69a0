"""How people sign in to the pages in production, as the settings say."""

from urllib.request import getproxies

from backend.directory.graph.access import ClientSecret
from backend.settings import Settings
from backend.sign_in.page_sign_in import EntraPageSignIn, PageApplication
from backend.tenant_directories import credential_of

_ANSWERS = "/pages/signed-in"
"""Registered in Entra as a redirect URI of the service (platform: Web)."""


def page_sign_in_of(settings: Settings) -> EntraPageSignIn:
    """The sign-in, made without asking anybody. Raises WrongSettings where there is no secret and no certificate."""
    one = credential_of(settings)
    if isinstance(one, ClientSecret):
        proof: str | dict[str, str] = one.value
    else:
        proof = {"private_key": one.private_key, "public_certificate": one.certificate}
    return EntraPageSignIn(
        PageApplication(
            settings.entra_authority.rstrip("/"),
            settings.entra_client_id,
            settings.public_url.rstrip("/") + _ANSWERS,
            proof,
            ca_bundle=str(settings.ca_bundle) if settings.ca_bundle else None,
            proxy=getproxies().get("https"),
        )
    )

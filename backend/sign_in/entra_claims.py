"""Who an access token's claims speak of, and whether they may speak to this service.

After Microsoft's "Access tokens in the Microsoft identity platform", "Access token claims reference" and "Secure
applications and APIs by validating claims". A refusal names the claim that is wrong and never says what stands in it.
"""

from collections.abc import Mapping
from typing import Any

from backend.domain.errors import Forbidden, NotSignedIn
from backend.domain.person import Person, Role
from backend.sign_in.entra_application import EntraApplication, is_guid
from backend.sign_in.key_document import SigningKey

_ROLES = {
    "Approver": Role.APPROVER,
    "DataProtectionOfficer": Role.DATA_PROTECTION_OFFICER,
    "Administrator": Role.ADMINISTRATOR,
}
_V1_ISSUER = "https://sts.windows.net/{}/"
_V1, _V2 = "1.0", "2.0"
# Tuples, for what stands in a token need not have a hash.
_PERSON = (None, "user")
_MEMBER = (None, 0, "0")
_LONGEST_SHOWN = 320


class Claims:
    """The claims of a token whose signature is right, each read as the type that it must have."""

    def __init__(self, claims: Mapping[str, Any]) -> None:
        self._claims = claims

    def any(self, name: str) -> object:
        """Whatever stands there; None where nothing does."""
        return self._claims.get(name)

    def text(self, name: str) -> str:
        """A text that is not empty. Raises NotSignedIn."""
        value = self._claims.get(name)
        if not isinstance(value, str) or not value:
            raise wrong_claim(name)
        return value

    def guid(self, name: str) -> str:
        """A GUID as it is written in the token. Raises NotSignedIn."""
        guid = self.text(name)
        if not is_guid(guid.lower()):
            raise wrong_claim(name)
        return guid

    def moment(self, name: str) -> int:
        """Whole seconds since 1970. Raises NotSignedIn."""
        value = self._claims.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise wrong_claim(name)
        return value


def wrong_claim(name: str) -> NotSignedIn:
    """The refusal of a token for one of its claims."""
    return NotSignedIn("not_signed_in", f"claim {name}")


def person_of(claims: Claims, key: SigningKey, application: EntraApplication, now: float) -> Person:
    """The person that the token was issued to, without its assertion; `now` is in seconds since 1970.

    Raises NotSignedIn when the token is not for this service or not valid now, Forbidden when it is, but its person is
    of another organisation (`tenant_not_allowed`) or a guest in this one (`guest_not_allowed`).
    """
    _check_time(claims, now, application.leeway)
    _check_issuer(claims, key, application)
    _check_use(claims, application)
    tenant, person = claims.guid("tid").lower(), claims.guid("oid").lower()
    if tenant not in application.tenants:
        raise Forbidden("tenant_not_allowed", "claim tid")
    _check_no_guest(claims, application)
    roles, address = _roles(claims.any("roles")), _shown(claims, "preferred_username", "upn")
    return Person(person, tenant, roles, name=_shown(claims, "name"), address=address if "@" in address else "")


def _check_time(claims: Claims, now: float, leeway: int) -> None:
    if claims.moment("exp") <= now - leeway:
        raise wrong_claim("exp")
    for name in ("nbf", "iat"):
        if claims.moment(name) > now + leeway:
            raise wrong_claim(name)


def _check_issuer(claims: Claims, key: SigningKey, application: EntraApplication) -> None:
    """The issuer is that of the token's own tenant, and the key is one that this tenant's tokens are signed with."""
    tenant, version = claims.guid("tid"), claims.text("ver")
    v2_issuer = f"{application.authority}/{tenant}/v2.0"
    issuers = {_V2: v2_issuer} | ({_V1: _V1_ISSUER.format(tenant)} if application.accept_v1 else {})
    if version not in issuers:
        raise wrong_claim("ver")
    if claims.text("iss") != issuers[version]:
        raise wrong_claim("iss")
    # The key document names v2 issuers only. They hold for v1 tokens of the same tenant, signed with the same keys.
    if key.issuers and v2_issuer not in {issuer.replace("{tenantid}", tenant) for issuer in key.issuers}:
        raise NotSignedIn("not_signed_in", "key of another issuer")


def _check_use(claims: Claims, application: EntraApplication) -> None:
    """For this API, got by the add-in, for a person who lets the add-in use it: no ID token, no application's own."""
    if claims.text("aud") not in application.audiences:
        raise wrong_claim("aud")
    actor = "azp" if claims.text("ver") == _V2 else "appid"
    if claims.guid(actor).lower() not in application.client_applications:
        raise wrong_claim(actor)
    if application.scope not in claims.text("scp").split(" "):
        raise wrong_claim("scp")
    if claims.any("idtyp") not in _PERSON:
        raise wrong_claim("idtyp")


def _check_no_guest(claims: Claims, application: EntraApplication) -> None:
    """A guest is somebody else's employee, whom the municipality's secrecy and its directory do not know."""
    tenant = claims.guid("tid")
    own = (None, f"{application.authority}/{tenant}/v2.0", _V1_ISSUER.format(tenant))
    if claims.any("idp") not in own or claims.any("acct") not in _MEMBER:
        raise Forbidden("guest_not_allowed", "claim idp or acct")


def _shown(claims: Claims, *names: str) -> str:
    """The first of these that the token tells. Microsoft: to be shown, never to be decided by (it can be changed)."""
    told = (claims.any(name) for name in names)
    return next((one.strip() for one in told if isinstance(one, str) and 0 < len(one) <= _LONGEST_SHOWN), "")


def _roles(named: object) -> frozenset[Role]:
    """App roles that are known here. Whatever else stands there gives no right to anything."""
    names = [name for name in named if isinstance(name, str)] if isinstance(named, list) else []
    return frozenset({Role.EMPLOYEE, *(_ROLES[name] for name in names if name in _ROLES)})

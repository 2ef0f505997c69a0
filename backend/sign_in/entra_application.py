"""What the service is told of its registration in Entra ID."""

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from backend.domain.errors import WrongSettings

MICROSOFT_AUTHORITY = "https://login.microsoftonline.com"
_LONGEST_LEEWAY = 300


@dataclass(frozen=True, slots=True)
class EntraApplication:
    """The API's registration and whom it lets in. GUIDs are kept in lower case, `authority` without a last slash.

    `client_id` is the API's own. `audiences` are what `aud` may say: the client id in v2 tokens, an application ID URI
    in v1 tokens; only the client id where none is given. `client_applications` are those that may act for a person
    (the add-in), `tenants` the municipalities. `scope` must be in the token. `accept_v1` also lets v1 tokens in.
    `ca_bundle` is a file of certificates to trust instead of the usual ones. `leeway` is in seconds.
    Raises WrongSettings (`entra_settings_wrong`), whose detail names the fields and none of their values.
    """

    client_id: str
    client_applications: frozenset[str]
    tenants: frozenset[str]
    audiences: frozenset[str] = frozenset()
    authority: str = MICROSOFT_AUTHORITY
    scope: str = "access_as_user"
    accept_v1: bool = False
    ca_bundle: str | None = None
    leeway: int = 60

    def __post_init__(self) -> None:
        audiences = self.audiences or frozenset({self.client_id})
        self._set("authority", self.authority.rstrip("/"))
        self._set("client_id", self.client_id.lower())
        self._set("client_applications", frozenset(map(str.lower, self.client_applications)))
        self._set("tenants", frozenset(map(str.lower, self.tenants)))
        self._set("audiences", frozenset(one.lower() if is_guid(one.lower()) else one for one in audiences))
        wrong = [name for name, right in self._checks().items() if not right]
        if wrong:
            raise WrongSettings("entra_settings_wrong", ", ".join(map(_setting, wrong)))

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def _checks(self) -> dict[str, bool]:
        url = urlsplit(self.authority)
        return {
            "authority": url.scheme == "https" and bool(url.hostname) and not url.path + url.query + url.fragment,
            "client_id": is_guid(self.client_id),
            "client_applications": _are_guids(self.client_applications),
            "tenants": _are_guids(self.tenants),
            "audiences": all(self.audiences),
            "scope": bool(self.scope) and self.scope.split() == [self.scope],
            "leeway": 0 <= self.leeway <= _LONGEST_LEEWAY,
        }


def _setting(field: str) -> str:
    """The variable that a field comes from; the field's own name where it has none."""
    names = {"client_applications": "SANDKOLL_ENTRA_CLIENTS", "tenants": "SANDKOLL_TENANTS"}
    known = {"authority", "client_id", "audiences"}
    return names.get(field, f"SANDKOLL_ENTRA_{field.upper()}" if field in known else field)


def is_guid(text: str) -> bool:
    """Whether it is a GUID as Entra ID writes it: lower case, with hyphens, without braces."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _are_guids(texts: frozenset[str]) -> bool:
    return bool(texts) and all(map(is_guid, texts))

"""The stand-in for Entra ID with the authorization code flow: what a person does there, and the exchange of the code.

After Microsoft's "Microsoft identity platform and OAuth 2.0 authorization code flow", RFC 6749, RFC 7636.
"""

import json
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

from tests.backend.entra_authority import EntraAuthority
from tests.backend.entra_faults import Endpoint, Fault
from tests.backend.entra_tokens import API, SCOPE
from tests.backend.on_behalf_of import Refused

REDIRECT = "https://sandkoll.granvik.example/pages/signed-in"
_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class _Code:
    """A code that has been given out. `claims` are those of the person who signed in."""

    redirect_uri: str
    challenge: str
    nonce: str
    claims: Mapping[str, object] = field(default_factory=dict)


class CodeAuthority(EntraAuthority):
    """Knows one web application: the service's own, with its redirect address."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.redirect_uri = REDIRECT
        self._codes: dict[str, _Code] = {}

    def sign_in(self, url: str, **claims: object) -> dict[str, str]:
        """The form that the browser sends us when somebody has signed in at `url`."""
        parts = urlsplit(url)
        asked = dict(parse_qsl(parts.query))
        assert url.startswith(f"{self.url}/organizations/oauth2/v2.0/authorize?")
        assert (asked["client_id"], asked["redirect_uri"], asked["response_type"]) == (API, self.redirect_uri, "code")
        assert asked["response_mode"] == "form_post"
        assert f"{API}/{SCOPE}" in asked["scope"].split()
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_hex(16)
        self._codes[code] = _Code(asked["redirect_uri"], asked["code_challenge"], asked["nonce"], claims)
        return {"code": code, "state": asked["state"], "session_state": "opaque"}

    def answer(self, path: str, form: Mapping[str, str], basic: str) -> Fault:
        """The exchange of a code beside all that the stand-in answers otherwise."""
        if form.get("grant_type") != "authorization_code" or Endpoint.TOKEN in self._faults:
            return super().answer(path, form, basic)
        self.asked[Endpoint.TOKEN] += 1
        try:
            return Fault(HTTPStatus.OK, json.dumps(self._exchange(form)).encode(), _JSON)
        except Refused as refused:
            return Fault(refused.status, json.dumps(refused.answer).encode(), _JSON)

    def _exchange(self, form: Mapping[str, str]) -> dict[str, object]:
        code = self._codes.pop(form.get("code", ""), None)
        if code is None:
            raise Refused("invalid_grant", 54005, "OAuth2 Authorization code was already redeemed.")
        proved = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if proved != code.challenge or form["redirect_uri"] != code.redirect_uri:
            raise Refused("invalid_grant", 501481, "The Code_Verifier does not match the code_challenge.")
        if form["client_id"] != API or form.get("client_secret") != self.application.secret:
            raise Refused("invalid_client", 7000215, "Invalid client secret provided.", status=401)
        token = self.token(**({"azp": API, "azpacr": "1"} | dict(code.claims)))
        id_token = self.token(aud=API, nonce=code.nonce)
        return {
            "token_type": "Bearer", "expires_in": 3599, "access_token": token, "id_token": id_token,
            "scope": f"{API}/{SCOPE}",
        }  # fmt: skip

"""Sign-in to the pages with Entra ID: the authorization code flow (with PKCE) by msal. Keeps nothing.

Source: learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow. What comes out of it is an access token
for this service, which the Authenticator then checks like any other.
"""

import logging
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import msal  # type: ignore[import-untyped]  # it has no types
import requests
import structlog

from backend.domain.errors import NotSignedIn, Unavailable

_LOG = structlog.get_logger("backend.sign_in")
# msal logs an answer that it cannot read word for word, and a token may stand in it.
logging.getLogger("msal").setLevel(logging.CRITICAL + 1)
logging.getLogger("msal").propagate = False
_TENANTS = "organizations"
_SECONDS = 8.0
_RETRY_SECONDS = 30
_FAILED = HTTPStatus.INTERNAL_SERVER_ERROR


@dataclass(frozen=True, slots=True)
class PageApplication:
    """The service's registration, as a web application. `credential` is what msal takes: a secret or a certificate.

    `redirect_uri` must be registered in Entra as it is written here.
    """

    authority: str
    client_id: str
    redirect_uri: str
    credential: str | dict[str, str] = field(repr=False)
    scope: str = "access_as_user"
    ca_bundle: str | None = None
    proxy: str | None = None


@dataclass(frozen=True, slots=True)
class PageFlow:
    """A sign-in that has begun. `kept` comes back with the answer, by the same browser; `url` is where to go."""

    url: str
    kept: Mapping[str, Any] = field(repr=False)


class EntraPageSignIn:
    """Sends people to Entra ID and takes what they bring back."""

    def __init__(self, application: PageApplication) -> None:
        self._application = application

    def begin(self, *, choose: bool = False) -> PageFlow:
        """Begins a sign-in; with `choose` the person is asked for the account. Raises Unavailable."""
        given = self._application
        # The application's id, not its URI: a token for itself is to be had by that alone (AADSTS90009).
        scopes = [f"{given.client_id}/{given.scope}"]
        with closing(_Session(given)) as session:
            try:
                flow = self._msal(session).initiate_auth_code_flow(
                    # In a form and not in the address: no code in logs and histories (RFC 9700 section 4.3.1).
                    scopes,
                    redirect_uri=given.redirect_uri,
                    response_mode="form_post",
                    prompt="select_account" if choose else None,
                )
            except (requests.RequestException, ValueError, KeyError) as error:
                raise _unavailable(error) from error
        return PageFlow(flow.pop("auth_uri"), flow)

    def token(self, kept: Mapping[str, Any], answer: Mapping[str, str]) -> str:
        """The access token for what Entra sent the browser back with.

        Raises NotSignedIn (`page_sign_in_failed`) when the answer is of another sign-in, was used before, or is a
        refusal; Unavailable.
        """
        with closing(_Session(self._application)) as session:
            try:
                got = self._msal(session).acquire_token_by_auth_code_flow(dict(kept), dict(answer))
            except requests.RequestException as error:
                raise _unavailable(error) from error
            # msal says so of a state that does not match, of a nonce that does not, and of answers it cannot read.
            except (ValueError, KeyError, RuntimeError, TypeError) as error:
                raise NotSignedIn("page_sign_in_failed", type(error).__name__) from error
        token = got.get("access_token")
        if not isinstance(token, str):
            # The description may name the person and is not logged.
            codes = [one for one in got.get("error_codes") or () if isinstance(one, int)]
            _LOG.warning("page_sign_in_refused", error=str(got.get("error", ""))[:40], codes=codes)
            raise NotSignedIn("page_sign_in_failed", "refused by the authority")
        return token

    def _msal(self, session: requests.Session) -> msal.ConfidentialClientApplication:
        given = self._application
        return msal.ConfidentialClientApplication(
            given.client_id,
            client_credential=given.credential,
            authority=f"{given.authority}/{_TENANTS}",
            instance_discovery=False,
            token_cache=_KeepsNothing(),
            http_client=session,
        )


class _KeepsNothing(msal.TokenCache):  # type: ignore[misc] # msal has no types
    """The token is used once, at once."""

    def add(self, event: object, now: object = None) -> None:
        """Does nothing."""


class _Session(requests.Session):
    """Bounded in time, indifferent to the environment's proxies and certificates."""

    def __init__(self, application: PageApplication) -> None:
        super().__init__()
        self.trust_env = False
        self.verify = application.ca_bundle or True
        self.max_redirects = 0
        if application.proxy:
            self.proxies = {"https": application.proxy}

    def request(self, *arguments: Any, **options: Any) -> requests.Response:  # noqa: ANN401 - passed on
        """As requests does it, with a time-out. An authority that fails or has no time is an error."""
        response = super().request(*arguments, **{"timeout": _SECONDS, **options})
        if response.status_code >= _FAILED or response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            raise requests.ConnectionError(response.status_code)
        return response


def _unavailable(error: Exception) -> Unavailable:
    _LOG.warning("page_sign_in_unavailable", error=type(error).__name__)
    return Unavailable("sign_in_unavailable", "authority", retry_after=_RETRY_SECONDS)

"""What Entra ID's token endpoint answers to an application that asks on a person's behalf.

After Microsoft's "Microsoft identity platform and OAuth 2.0 On-Behalf-Of flow", "Microsoft identity platform
application authentication certificate credentials" and "Microsoft Entra authentication and authorization error codes".
"""

import json
import time
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_plus

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from tests.backend.entra_tokens import API, SCOPE, V1_ISSUER, Signer

GRAPH = "https://graph.microsoft.com"
JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
SECRET = "a secret of the test run"


class Refused(Exception):
    """An OAuth error: the status and the fields of the answer."""

    def __init__(self, error: str, code: int, text: str, *, status: int = 400, **fields: str) -> None:
        super().__init__(error, code)
        self.status = status
        stamp = time.strftime("%Y-%m-%d %H:%M:%SZ", time.gmtime())
        traced = {
            "trace_id": "00000000-0000-0000-0000-00000000000a",
            "correlation_id": "00000000-0000-0000-0000-0000000000c0",
        }
        description = f"AADSTS{code}: {text} Trace ID: {traced['trace_id']} Timestamp: {stamp}"
        said = {"error": error, "error_description": description, "error_codes": [code], "timestamp": stamp}
        self.answer: dict[str, Any] = said | traced | fields


CLAIMS = json.dumps(
    {"access_token": {"polids": {"essential": True, "values": ["9ab03e19-ed42-4168-b6b7-7001fb3e933a"]}}}
)
"""A claims challenge as Conditional Access states it."""


@dataclass(slots=True)
class Application:
    """The application that may ask. `secret` or `certificate_key` proves it; `consented` are Graph's permissions."""

    client_id: str = API
    secret: str = SECRET
    certificate_key: RSAPublicKey | None = None
    consented: set[str] = field(default_factory=lambda: {"User.Read.All", "GroupMember.Read.All"})


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """What was sent. `basic` is the Authorization header, empty where there is none."""

    authority: str
    tenant: str
    form: Mapping[str, str]
    basic: str = ""


def answer_on_behalf_of(application: Application, signer: Signer, request: TokenRequest) -> dict[str, Any]:
    """The fields of a good answer. Raises Refused."""
    form = request.form
    if form.get("grant_type") != JWT_BEARER:
        raise Refused("unsupported_grant_type", 70003, "The app requested an unsupported grant type.")
    for name in ("client_id", "assertion", "scope", "requested_token_use"):
        if not form.get(name):
            raise Refused(
                "invalid_request", 900144, f"The request body must contain the following parameter: '{name}'."
            )
    if form["requested_token_use"] != "on_behalf_of":
        raise Refused("invalid_request", 9000411, "The requested_token_use is not valid.")
    if form["client_id"] != application.client_id:
        raise Refused("unauthorized_client", 700016, "Application was not found in the directory.")
    if "client_assertion" in form:
        _check_certificate(application, request)
    else:
        _check_secret(application, request)
    person = _person(application, signer, request)
    return _good_answer(application, signer, person, form["scope"].split())


def _check_certificate(application: Application, request: TokenRequest) -> None:
    """RFC 7523 section 3: signed with the registered certificate, for this endpoint, by and about the application."""
    if request.form.get("client_assertion_type") != ASSERTION_TYPE or application.certificate_key is None:
        raise Refused("invalid_client", 700027, "The certificate is not registered.", status=HTTPStatus.UNAUTHORIZED)
    try:
        jwt.decode(
            request.form["client_assertion"],
            application.certificate_key,
            ["RS256", "PS256"],
            {"require": ["exp", "jti"]},
            audience=f"{request.authority}/{request.tenant}/oauth2/v2.0/token",
            issuer=application.client_id,
            subject=application.client_id,
        )
    except jwt.InvalidTokenError as error:
        raise Refused("invalid_client", 700027, str(error), status=HTTPStatus.UNAUTHORIZED) from error


def _check_secret(application: Application, request: TokenRequest) -> None:
    """The secret stands in the body, or as a password in the Authorization header (RFC 6749 section 2.3.1)."""
    secret = request.form.get("client_secret", "")
    if request.basic.startswith("Basic "):
        secret = unquote_plus(b64decode(request.basic.removeprefix("Basic ")).decode().partition(":")[2])
    if secret != application.secret:
        raise Refused("invalid_client", 7000215, "Invalid client secret provided.", status=HTTPStatus.UNAUTHORIZED)


def _person(application: Application, signer: Signer, request: TokenRequest) -> dict[str, Any]:
    """Claims of the person's own token: a delegated one, for this application, from this tenant."""
    try:
        claims: dict[str, Any] = jwt.decode(
            request.form["assertion"],
            signer.key.public_key(),
            ["RS256"],
            audience={application.client_id, f"api://{application.client_id}"},
            issuer=[f"{request.authority}/{request.tenant}/v2.0", V1_ISSUER.replace("{tid}", request.tenant)],
        )
    except jwt.ExpiredSignatureError as error:
        raise Refused("invalid_grant", 500133, "Assertion is not within its valid time range.") from error
    except jwt.InvalidTokenError as error:
        raise Refused("invalid_grant", 50013, f"Assertion failed signature validation. [{error}]") from error
    if SCOPE not in claims.get("scp", "").split():
        raise Refused("invalid_grant", 50013, "Assertion is no delegated access token.")
    return claims


def _good_answer(
    application: Application, signer: Signer, person: Mapping[str, Any], scopes: list[str]
) -> dict[str, Any]:
    """A token for Graph with the permissions asked for. `/.default` asks for all that was consented to."""
    asked = {scope.rpartition("/")[2] for scope in scopes} - {"openid", "profile", "offline_access"}
    granted = application.consented if ".default" in asked else asked
    if not granted or not granted <= application.consented:
        text = f"The user or administrator has not consented to use the application with ID '{application.client_id}'."
        raise Refused("invalid_grant", 65001, text, suberror="consent_required")
    now = int(time.time())
    tenant = person["tid"]
    token = signer.sign({
        "aud": GRAPH, "iss": V1_ISSUER.replace("{tid}", tenant), "iat": now, "nbf": now, "exp": now + 4000,
        "appid": application.client_id, "appidacr": "1", "oid": person["oid"], "scp": " ".join(sorted(granted)),
        "sub": "pairwise", "tid": tenant, "ver": "1.0",
    })  # fmt: skip
    said = " ".join(sorted(f"{GRAPH}/{scope}" for scope in granted))
    return {"token_type": "Bearer", "scope": said, "expires_in": 3999, "ext_expires_in": 3999, "access_token": token}

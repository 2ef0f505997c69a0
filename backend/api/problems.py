"""Errors as `application/problem+json` (RFC 9457) with a stable `code` and a Swedish sentence."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence

import structlog
from flask import Flask, Response, json, request
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from backend.domain.errors import ClaimsNeeded, CodedError, Forbidden, LimitReached, NotSignedIn, Unavailable
from backend.texts.catalog import Texts

_LOG = structlog.get_logger("backend.api")
_BY_STATUS = {
    400: "request_invalid",
    401: "not_signed_in",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    411: "length_required",
    413: "draft_too_large",
    415: "content_type_unsupported",
}
_SHOWN_FIELDS = 5


def problem(texts: Texts, code: str, detail: str = "", **more: str) -> Response:
    """A problem response for an error code. `detail` is for developers and holds no draft text; `more` are members."""
    told = texts.error(code)
    content = {"type": "about:blank", "title": told.sv, "title_en": told.en, "status": told.status, "code": code}
    if detail:
        content["detail"] = detail
    content |= more
    response = Response(json.dumps(content), status=told.status, mimetype="application/problem+json")
    if told.status == 401:  # noqa: PLR2004 - RFC 9110: a 401 names the scheme
        response.headers["WWW-Authenticate"] = 'Bearer realm="sandkoll"'
    return response


def problem_of_validation(texts: Texts, error: ValidationError) -> Response:
    """A problem that names the fields at fault, never their values."""
    problems = error.errors(include_input=False, include_url=False, include_context=False)
    places = [f"{_place(one)}: {one['type']}" for one in problems[:_SHOWN_FIELDS]]
    return problem(texts, _code_of(problems), "; ".join(places))


def _code_of(problems: Sequence[ErrorDetails]) -> str:
    if request.blueprint == "feedback" and any(one["loc"][:1] != ("draft",) for one in problems):
        return "invalid_feedback"
    if all(one["type"] in {"string_too_long", "too_long"} for one in problems):
        return "draft_too_large"
    of_request = request.blueprint == "forward_requests" and any(one["loc"][:1] != ("draft",) for one in problems)
    return "forward_request_invalid" if of_request else "invalid_draft"


def _place(one: ErrorDetails) -> str:
    """A field's path. A key that the caller made up is not repeated: it may be anything."""
    steps = [str(step) for step in one["loc"]]
    if one["type"] == "extra_forbidden":
        steps[-1] = "?"
    return ".".join(steps)


def _claims_problem(texts: Texts, error: ClaimsNeeded) -> Response:
    """What the add-in hands to its next sign-in.

    The header has the form in which Microsoft's own services say it (learn.microsoft.com/entra/identity-platform/
    claims-challenge): the claims in base64url, so that no quotation mark stands in them.
    """
    response = problem(texts, error.code, error.detail, claims=error.claims)
    encoded = urlsafe_b64encode(error.claims.encode()).decode()
    response.headers["WWW-Authenticate"] = f'Bearer realm="sandkoll", error="insufficient_claims", claims="{encoded}"'
    return response


def register_problems(app: Flask, texts: Texts) -> None:
    """Makes every error of the application a problem response."""

    def coded(error: CodedError) -> Response:
        if isinstance(error, NotSignedIn | Forbidden):
            # Which check failed, never what stood in the token: without it nobody can mend a registration.
            _LOG.info("refused", code=error.code, detail=error.detail)
        if isinstance(error, ClaimsNeeded):
            return _claims_problem(texts, error)
        response = problem(texts, error.code, error.detail)
        if isinstance(error, LimitReached | Unavailable):
            response.headers["Retry-After"] = str(error.retry_after)
        return response

    def http(error: HTTPException) -> Response:
        response = problem(texts, _BY_STATUS.get(error.code or 500, "request_invalid"))
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            response.headers["Allow"] = ", ".join(sorted(error.valid_methods))  # RFC 9110 demands it
        return response

    def unexpected(error: Exception) -> Response:
        # The type and place only: the message of an unknown error may hold draft text.
        place = error.__traceback__
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        line = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else ""
        _LOG.error("unexpected_error", error=type(error).__name__, place=line, path=request.path)
        return problem(texts, "internal_error")

    app.register_error_handler(CodedError, coded)
    app.register_error_handler(ValidationError, lambda error: problem_of_validation(texts, error))
    app.register_error_handler(HTTPException, http)
    app.register_error_handler(Exception, unexpected)

"""The way into the pages and out again: sample people in the demonstration, Entra ID in production."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, redirect, request, send_from_directory
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response as BaseResponse

from backend.api.access import Access, demands
from backend.domain.errors import CodedError, NotSignedIn
from backend.domain.person import Person
from backend.pages.page_forms import HOME, MOST_FORM_BYTES, return_path
from backend.pages.page_session import refuse_other_sites
from backend.pages.page_views import Pages
from backend.sign_in.demo_sign_in import SampleMunicipality
from backend.sign_in.page_sign_in import EntraPageSignIn
from backend.workflow.feedback_keys import derived_key

_STATIC = Path(__file__).parent / "static"
_ANSWERS = "/pages/signed-in"
_FLOW_SECONDS = 900
_STYLE_SECONDS = 3600


def page_sign_in(pages: Pages, way: SampleMunicipality | EntraPageSignIn) -> Blueprint:
    """`/pages/`, `/pages/sign-in`, `/pages/signed-in`, `/pages/sign-out`, `/pages/static/…`."""
    blueprint = pages.blueprint("page_sign_in")
    _add_ways_out(blueprint, pages)
    if isinstance(way, EntraPageSignIn):
        _add_entra(blueprint, pages, way)
    else:
        _add_sample_people(blueprint, pages, way)
    return blueprint


def _add_ways_out(blueprint: Blueprint, pages: Pages) -> None:
    @blueprint.get("/")
    @demands(Access.OPEN)
    def front() -> BaseResponse:
        return redirect(HOME)

    @blueprint.get("/static/<name>")
    @demands(Access.OPEN)
    def static_file(name: str) -> Response:
        response = send_from_directory(_STATIC, name, max_age=_STYLE_SECONDS)
        response.headers["Cache-Control"] = f"public, max-age={_STYLE_SECONDS}"
        return response

    @blueprint.post("/sign-out")
    @demands(Access.PAGE)
    def sign_out() -> BaseResponse:
        response = redirect("/pages/signed-out", 303)
        pages.sessions.end(response)
        return response

    @blueprint.get("/signed-out")
    @demands(Access.OPEN)
    def signed_out() -> Response:
        return pages.show("signed_out.html")

    @blueprint.get("/<path:nowhere>")
    @demands(Access.OPEN)
    def no_page(nowhere: str) -> Response:
        del nowhere
        raise CodedError("not_found", "no such page")


def _add_sample_people(blueprint: Blueprint, pages: Pages, municipality: SampleMunicipality) -> None:
    people = {person.id: person for person in municipality.people}

    @blueprint.get("/sign-in")
    @demands(Access.OPEN)
    def sign_in() -> Response:
        following = return_path(request.args.get("next", ""))
        return pages.show("sign_in.html", people=municipality.people, following=following, name=municipality.name)

    @blueprint.post("/sign-in")
    @demands(Access.OPEN)
    def choose() -> BaseResponse:
        refuse_other_sites()
        request.max_content_length = MOST_FORM_BYTES
        sample = people.get(request.form.get("person", ""))
        if sample is None:
            raise NotSignedIn("page_sign_in_failed", "no such sample person")
        return _let_in(pages, municipality.person(sample), request.form.get("next", ""))


def _add_entra(blueprint: Blueprint, pages: Pages, entra: EntraPageSignIn) -> None:
    flows = _Flows(pages)

    @blueprint.get("/sign-in")
    @demands(Access.OPEN)
    def sign_in() -> BaseResponse:
        following = return_path(request.args.get("next", ""))
        if pages.sessions.current() is not None:
            return redirect(following)
        flow = entra.begin(choose="choose" in request.args)
        response = redirect(flow.url)
        flows.keep({"flow": flow.kept, "next": following}, response)
        return response

    @blueprint.post("/signed-in")
    @demands(Access.OPEN)
    def signed_in() -> BaseResponse:
        request.max_content_length = MOST_FORM_BYTES
        kept = flows.kept()
        person = pages.services.authenticator.person(entra.token(kept["flow"], request.form.to_dict()))
        _ = pages.services.municipality_of(person)
        response = _let_in(pages, person, kept["next"])
        flows.forget(response)
        return response


def _let_in(pages: Pages, person: Person, following: str) -> BaseResponse:
    response = redirect(return_path(following), 303)
    pages.sessions.begin(person, response)
    return response


class _Flows:
    """A sign-in that has begun, in a signed cookie of the browser that began it."""

    def __init__(self, pages: Pages) -> None:
        secret = pages.services.settings.secret_key.get_secret_value().encode()
        self._serializer = URLSafeTimedSerializer(derived_key(secret, "page flow"), salt="page-flow-1")
        self._cookie = f"{pages.sessions.cookie}-flow"

    def keep(self, content: Mapping[str, Any], response: BaseResponse) -> None:
        """Until the browser comes back, or a quarter of an hour is over."""
        # SameSite=None: the answer is a form that the authority's page sends. `state` binds it to this cookie.
        response.set_cookie(
            self._cookie,
            self._serializer.dumps(dict(content)),
            max_age=_FLOW_SECONDS,
            path=_ANSWERS,
            secure=True,
            httponly=True,
            samesite="None",
        )

    def kept(self) -> Mapping[str, Any]:
        """What this browser began with. Raises NotSignedIn (`page_sign_in_failed`)."""
        try:
            content: Mapping[str, Any] = self._serializer.loads(
                request.cookies.get(self._cookie, ""), max_age=_FLOW_SECONDS
            )
        except BadData as error:
            raise NotSignedIn("page_sign_in_failed", "no sign-in has begun here") from error
        return content

    def forget(self, response: BaseResponse) -> None:
        """It is used once."""
        response.delete_cookie(self._cookie, path=_ANSWERS, secure=True, httponly=True, samesite="None")

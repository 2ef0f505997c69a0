"""Builds the application around the services."""

from functools import partial

from flask import Flask
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI
from pydantic import ValidationError
from werkzeug import Response

from backend.api.access import Access, demands, guard
from backend.api.assessments import assessments
from backend.api.audit import audit
from backend.api.feedback import feedback
from backend.api.forward_requests import forward_requests
from backend.api.headers import add_headers
from backend.api.health import health
from backend.api.json_request import JsonRequest
from backend.api.metrics import metrics
from backend.api.policy import policy
from backend.api.problems import problem_of_validation, register_problems
from backend.api.recipient_checks import recipient_checks
from backend.api.send_checks import send_checks
from backend.api.thread_checks import thread_checks
from backend.assembly import demo_services, production_services
from backend.extraction.limits import MAX_ATTACHMENT_BYTES
from backend.page_sign_in_settings import page_sign_in_of
from backend.pages.addin_files import addin_files
from backend.pages.approvals import approvals
from backend.pages.audit_log import audit_pages
from backend.pages.demo import demo, demo_outbox
from backend.pages.page_session import page_sessions
from backend.pages.page_sign_in import page_sign_in
from backend.pages.page_views import Pages
from backend.services import Services
from backend.settings import Settings, SignIn
from backend.sign_in.demo_sign_in import SampleMunicipality
from backend.sign_in.page_sign_in import EntraPageSignIn

VERSION = "0.1.0"
SERVICES = "sandkoll"
"""Key of the services in `app.extensions`."""


def create_app(settings: Settings) -> Flask:
    """The WSGI application. Raises WrongSettings when the settings are not fit to start with."""
    if settings.sign_in is SignIn.DEMO:
        services, sample = demo_services(settings)
        app = _application(services, sample.municipality)
        app.register_blueprint(demo(services, sample.sign_in, sample.municipality, sample.directory))
        app.register_blueprint(demo_outbox(sample.outbox, sample.municipality.tenant))
    else:
        services = production_services(settings)
        app = _application(services, page_sign_in_of(settings))
    app.extensions[SERVICES] = services
    return app


def _application(services: Services, way_in: SampleMunicipality | EntraPageSignIn) -> OpenAPI:
    def invalid(error: ValidationError) -> Response:
        return problem_of_validation(services.texts, error)

    app = OpenAPI(
        "backend",
        info=Info(title="Sändkoll", version=VERSION),
        security_schemes={"bearer": {"type": "http", "scheme": "bearer"}},
        validation_error_callback=invalid,
        static_folder=None,
        doc_ui=True,
    )
    app.request_class = JsonRequest
    # Attachments come as base64 (4/3 of their size) beside the text.
    app.config["MAX_CONTENT_LENGTH"] = MAX_ATTACHMENT_BYTES * 3 // 2
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # Flask's default provider has it
    for endpoint, view in list(app.view_functions.items()):
        # What the library itself registered: the OpenAPI description.
        app.view_functions[endpoint] = demands(Access.OPEN)(partial(view))
    for blueprint in _resources(services):
        app.register_api(blueprint)
    for others in (health(services), metrics(), addin_files(services)):
        app.register_blueprint(others)
    _add_pages(app, services, way_in)
    register_problems(app, services.texts)
    add_headers(app, services.settings)
    return app


def _add_pages(app: OpenAPI, services: Services, way_in: SampleMunicipality | EntraPageSignIn) -> None:
    sessions = page_sessions(services)
    pages = Pages(services, sessions)
    for blueprint in (approvals(pages), audit_pages(pages), page_sign_in(pages, way_in)):
        app.register_blueprint(blueprint)
    guard(app, services.authenticator, services.settings.scrape_token.get_secret_value(), sessions)


def _resources(services: Services) -> list[APIBlueprint]:
    built = (assessments, send_checks, recipient_checks, thread_checks, forward_requests, feedback, policy, audit)
    return [resource(services) for resource in built]

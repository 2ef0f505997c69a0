"""Builds the services once and the application around them."""

import gc
from functools import partial

from flask import Flask
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI
from pydantic import ValidationError
from werkzeug import Response

from backend.api.access import Access, demands, guard
from backend.api.assessments import assessments
from backend.api.feedback import feedback
from backend.api.headers import add_headers
from backend.api.health import health
from backend.api.json_request import JsonRequest
from backend.api.metrics import metrics
from backend.api.policy import policy
from backend.api.problems import problem_of_validation, register_problems
from backend.api.send_checks import send_checks
from backend.classification.deferred_model import DeferredModel
from backend.classification.feedback_vector import FeedbackVectors, known_words_path, read_known_words
from backend.decision.policy import read_policy
from backend.detection.engine import Detector
from backend.directory.file_directory import FileDirectory
from backend.domain.errors import WrongSettings
from backend.encoding.open_encoder import open_encoder
from backend.extraction.limits import MAX_ATTACHMENT_BYTES
from backend.pages.addin_files import addin_files
from backend.pages.demo import demo
from backend.services import Services
from backend.settings import Settings, SignIn
from backend.sign_in.demo_sign_in import DemoSignIn, SampleMunicipality, sample_municipality
from backend.store.database import open_database
from backend.store.feedback import DatabaseFeedback
from backend.store.records import DatabaseRecords
from backend.texts.catalog import read_texts
from backend.workflow.assess_draft import Assessor
from backend.workflow.check_send import SendChecker
from backend.workflow.feedback_keys import FeedbackKeys
from backend.workflow.take_feedback import FeedbackTaker
from backend.workflow.unchanged_drafts import UnchangedDrafts
from backend.workflow.verdict import VerdictSigner

VERSION = "0.1.0"
SERVICES = "sandkoll"
"""Key of the services in `app.extensions`."""


def build_assessor(policy_name: str, settings: Settings) -> Assessor:
    """Detector, model and policy. Raises WrongSettings or WrongPolicy."""
    assessor = Assessor(
        detector=Detector(),
        classifier=DeferredModel(settings.model, partial(open_encoder, settings.encoder)),
        policy=read_policy(policy_name),
        texts=read_texts(),
        unchanged=UnchangedDrafts(),
    )
    # Compiled rules live as long as the process: the garbage collector need not walk them for every long draft, and
    # after a fork their pages stay shared (docs.python.org, gc.freeze).
    gc.freeze()
    return assessor


def create_app(settings: Settings) -> Flask:
    """The WSGI application of the demonstration. Raises WrongSettings when the settings are not fit to start with."""
    if settings.sign_in is not SignIn.DEMO:
        raise WrongSettings("sign_in_not_available", "entra")
    municipality = sample_municipality()
    key = settings.secret_key.get_secret_value().encode()
    sign_in = DemoSignIn(key, municipality)
    services = _build_services(settings, sign_in, municipality)
    app = _application(services)
    app.register_blueprint(demo(services, sign_in, municipality))
    app.extensions[SERVICES] = services
    return app


def _build_services(settings: Settings, sign_in: DemoSignIn, municipality: SampleMunicipality) -> Services:
    assessor = build_assessor(settings.policy, settings)
    key = settings.secret_key.get_secret_value().encode()
    signer = VerdictSigner(key)
    directory = FileDirectory(
        [person.address for person in municipality.people], assessor.policy.rules.places.private_domains
    )
    engine = open_database(settings.database_url)
    records = DatabaseRecords(engine)
    return Services(
        settings=settings,
        texts=assessor.texts,
        assessor=assessor,
        checker=SendChecker(assessor, directory, records, signer, key),
        feedback=FeedbackTaker(
            assessor,
            vectors=FeedbackVectors(partial(read_known_words, known_words_path(settings.model))),
            store=DatabaseFeedback(engine),
            keys=FeedbackKeys(key),
            most_a_day=settings.feedback_per_day,
            days=settings.feedback_days,
        ),
        signer=signer,
        directory=directory,
        authenticator=sign_in,
    )


def _application(services: Services) -> OpenAPI:
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
    for blueprint in (assessments(services), send_checks(services), feedback(services), policy(services)):
        app.register_api(blueprint)
    for pages in (health(services), metrics(), addin_files(services)):
        app.register_blueprint(pages)
    guard(app, services.authenticator, services.settings.scrape_token.get_secret_value())
    register_problems(app, services.texts)
    add_headers(app, services.settings)
    return app

"""Pages over a desk in memory: the port of forward requests, with the little that pages need of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy import Engine

from backend.api.access import guard
from backend.api.problems import register_problems
from backend.decision.policy import read_policy
from backend.domain.draft import Mailbox
from backend.domain.errors import Forbidden, NotFound, Refused, UnreadableInput
from backend.domain.forwarding import DisclosureReason, RequestStatus
from backend.domain.label import Category, Label
from backend.domain.person import Person
from backend.domain.recipient import Concern, RecipientVerdict
from backend.pages.approvals import approvals
from backend.pages.audit_log import audit_pages
from backend.pages.page_session import PageSessions, page_sessions
from backend.pages.page_sign_in import page_sign_in
from backend.pages.page_views import Pages
from backend.services import Services
from backend.settings import Settings, SignIn
from backend.sign_in.demo_sign_in import SampleMunicipality, sample_municipality
from backend.sign_in.page_sign_in import EntraPageSignIn
from backend.store.database import open_database
from backend.store.transactions import DatabaseStore
from backend.texts.catalog import Texts, read_texts
from backend.workflow.audit_trail import AuditTrail
from backend.workflow.forward_view import ForwardDecision, ForwardQuestion, RecipientView, RequestView
from backend.workflow.record_keys import RecordKeys

KEY = "0123456789abcdef" * 4
SARA = Mailbox("sara.lindqvist@granvik.example", "Sara Lindqvist")
KERSTIN = Mailbox("kerstin.aberg@granvik.example", "Kerstin Åberg")
ANNA = RecipientView(Mailbox("anna.berg@granvik.example", "Anna Berg"), RecipientVerdict.VERIFIED, (), approved=False)
OUTSIDE = RecipientView(
    Mailbox("handlaggare@lindby.example"), RecipientVerdict.EXTERNAL, (Concern.FIRST_TIME,), approved=False
)
WRONG = RecipientView(Mailbox("anna.berg@granvlk.example"), RecipientVerdict.LOOKALIKE, (), approved=False)
ASKED = datetime(2026, 11, 22, 8, 5, tzinfo=UTC)


def request_view(id_: str = "r1", *recipients: RecipientView, **changed: Any) -> RequestView:  # noqa: ANN401 - RequestView's fields
    """A request of Sara's that waits."""
    ordinary: dict[str, Any] = {
        "id": id_, "status": RequestStatus.PENDING, "label": Label.MYCKET_KANSLIG,
        "categories": (Category.HEALTH, Category.SOCIAL_SERVICES), "reason": DisclosureReason.SAME_CASE,
        "recipients": recipients or (ANNA, OUTSIDE, WRONG), "asked_at": ASKED,
        "expires_at": ASKED + timedelta(hours=72), "own": False, "may_decide": True, "requester": SARA,
        "requester_title": "Socialsekreterare", "comment": "De tar över ärendet\nfrån måndag.",
    }  # fmt: skip
    return RequestView(**(ordinary | changed))


@dataclass
class DeskInMemory:
    """The ForwardDesk port. Kerstin and Pelle may decide everything, Sara has asked."""

    requests: dict[str, RequestView] = field(default_factory=dict)
    decisions: list[ForwardDecision] = field(default_factory=list)

    def put(self, *views: RequestView) -> None:
        self.requests |= {view.id: view for view in views}

    # No page asks or withdraws.
    def ask(self, question: ForwardQuestion, person: Person) -> tuple[RequestView, bool]:
        raise NotImplementedError

    def withdraw(self, request_id: str, person: Person) -> RequestView:
        raise NotImplementedError

    def seen(self, request_id: str, person: Person) -> RequestView:
        view = self.requests.get(request_id)
        if view is None or person.id not in {"sara", "kerstin", "pelle", "mira"}:
            raise NotFound("forward_request_unknown")
        return replace(view, own=True, may_decide=False) if person.id == "sara" else view

    def decide(self, request_id: str, decision: ForwardDecision, person: Person) -> RequestView:
        view = self.seen(request_id, person)
        if view.own:
            raise Forbidden("own_request")
        if view.status is not RequestStatus.PENDING:
            raise Refused("request_decided")
        if "personnummer" in decision.comment:
            raise UnreadableInput("comment_sensitive")
        self.decisions.append(decision)
        chosen = decision.recipients or frozenset()
        decided = replace(
            view,
            status=RequestStatus.APPROVED if decision.approve else RequestStatus.REFUSED,
            recipients=tuple(replace(one, approved=_address(one) in chosen) for one in view.recipients),
            may_decide=False, decided_at=ASKED + timedelta(hours=1), answer=decision.comment,
            decider=Mailbox(person.address, person.name),
        )  # fmt: skip
        self.put(decided)
        return decided

    def waiting(self, person: Person) -> Sequence[RequestView]:
        return [one for one in self.requests.values() if one.may_decide and person.id != "sara"]

    def decided(self, person: Person) -> Sequence[RequestView]:
        return [one for one in self.requests.values() if one.decider and one.decider.key == person.address]


def _address(recipient: RecipientView) -> str:
    return recipient.mailbox.address if recipient.mailbox else ""


@dataclass
class _Assessor:
    policy: Any


@dataclass
class _Municipality:
    name: str
    assessor: _Assessor
    forwards: DeskInMemory
    trail: Callable[[], AuditTrail]

    @property
    def audit(self) -> AuditTrail:
        return self.trail()


@dataclass
class _Services:
    settings: Settings
    texts: Texts
    municipalities: dict[str, _Municipality]
    authenticator: Any = None

    def municipality_of(self, person: Person) -> _Municipality:
        if person.tenant not in self.municipalities:
            raise Forbidden("tenant_not_allowed")
        return self.municipalities[person.tenant]


def page_texts() -> Texts:
    return read_texts()


class PagesCase:
    """A small application of pages alone."""

    def __init__(self, folder: Path, way: EntraPageSignIn | None = None, **changed: Any) -> None:  # noqa: ANN401 - Services' fields
        self.desk = DeskInMemory()
        self.people: SampleMunicipality = sample_municipality()
        self.folder, self.keys = folder, RecordKeys(KEY.encode())
        assessor = _Assessor(read_policy("standard"))
        self.municipality = _Municipality(
            self.people.name, assessor, self.desk, lambda: AuditTrail(self.store, self.keys)
        )
        given: dict[str, Any] = {
            "settings": Settings(sign_in=SignIn.ENTRA if way else SignIn.DEMO, secret_key=SecretStr(KEY)),
            "texts": page_texts(),
            "municipalities": {self.people.tenant: self.municipality},
        }
        self.services = cast(Services, _Services(**(given | changed)))  # noqa: TC006 - else the import is one for types alone
        self.sessions: PageSessions = page_sessions(self.services)
        self.pages = Pages(self.services, self.sessions)
        self.app = self._application(way)

    @cached_property
    def engine(self) -> Engine:
        """Made when a test needs it: most need no log."""
        return open_database(f"sqlite:///{self.folder / 'log.sqlite3'}")

    @cached_property
    def store(self) -> DatabaseStore:
        return DatabaseStore(self.engine, self.keys.audit)

    def close(self) -> None:
        if "engine" in vars(self):
            self.engine.dispose()

    def client(self, person: str = "") -> FlaskClient:
        """A browser; of a sample person who is signed in."""
        client = self.app.test_client()
        if person:
            assert client.post("/pages/sign-in", data={"person": person}).status_code == 303
        return client

    def form_token(self, client: FlaskClient) -> str:
        """The token that stands in this browser's forms."""
        page = client.get("/pages/approvals").get_data(as_text=True)
        return page.partition('name="form_token" value="')[2].partition('"')[0]

    def answer(self, client: FlaskClient, id_: str = "r1", **fields: Any) -> Any:  # noqa: ANN401 - a form, a response
        return client.post(f"/pages/approvals/{id_}", data={"form_token": self.form_token(client)} | fields)

    def _application(self, way: EntraPageSignIn | None) -> Flask:
        app = Flask("pages", static_folder=None)
        app.register_blueprint(page_sign_in(self.pages, way or self.people))
        app.register_blueprint(approvals(self.pages))
        app.register_blueprint(audit_pages(self.pages))
        guard(app, self.services.authenticator, "", self.sessions)
        register_problems(app, self.services.texts)
        return app

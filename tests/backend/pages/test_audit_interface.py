"""`GET /api/v1/audit`: the log for programs, by bearer token."""

import json

import pytest
from flask.testing import FlaskClient
from flask_openapi3.openapi import OpenAPI

from backend.api.access import guard
from backend.api.audit import audit
from backend.api.problems import register_problems
from backend.sign_in.demo_sign_in import DemoSignIn
from tests.backend.pages.page_desk import KEY, PagesCase


@pytest.fixture
def client(case: PagesCase) -> FlaskClient:
    app = OpenAPI("audit", static_folder=None, doc_ui=False)
    app.register_api(audit(case.services))
    guard(app, DemoSignIn(KEY.encode(), case.people), "")
    register_problems(app, case.services.texts)
    return app.test_client()


def _token(case: PagesCase, person: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {DemoSignIn(KEY.encode(), case.people).token(person)}"}


@pytest.mark.parametrize(("query", "content_type"), [("", "application/jsonl"), ("?format=csv", "text/csv")])
def test_as_a_file(query: str, content_type: str, client: FlaskClient, case: PagesCase) -> None:
    answer = client.get(f"/api/v1/audit{query}", headers=_token(case, "mira"))
    assert answer.status_code == 200
    assert answer.content_type.startswith(content_type)
    assert "log_exported" in answer.get_data(as_text=True)


def test_each_line_is_an_event(client: FlaskClient, case: PagesCase) -> None:
    for number in (1, 2):
        lines = client.get("/api/v1/audit", headers=_token(case, "mira")).get_data(as_text=True).splitlines()
        assert [json.loads(line)["event.action"] for line in lines] == ["log_exported"] * number


@pytest.mark.parametrize("person", ["sara", "kerstin", "pelle"])
def test_others_are_refused(person: str, client: FlaskClient, case: PagesCase) -> None:
    assert client.get("/api/v1/audit", headers=_token(case, person)).status_code == 403
    assert client.get("/api/v1/audit").status_code == 401


def test_another_format(client: FlaskClient, case: PagesCase) -> None:
    answer = client.get("/api/v1/audit?format=xml", headers=_token(case, "mira"))
    assert (answer.status_code, answer.get_json()["code"]) == (422, "export_format_unknown")


def test_a_cookie_is_no_token(client: FlaskClient, case: PagesCase) -> None:
    browser = case.client("mira")
    cookie = browser.get_cookie("sandkoll-pages", path="/pages")
    assert cookie is not None
    client.set_cookie("sandkoll-pages", cookie.value)
    assert client.get("/api/v1/audit").status_code == 401
    assert browser.get("/pages/approvals", headers=_token(case, "sara")).status_code == 200

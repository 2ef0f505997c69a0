"""Every error is problem+json with a stable code, and repeats nothing of what was sent."""

import json
from typing import Any, cast

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

ASSESSMENTS = "/api/v1/assessments"
SENDS = "/api/v1/send-checks"
CANARY = "Kalle Kanariefågel"
DRAFT: dict[str, Any] = {"subject": "", "body": ""}

PROBLEMS = [
    ("GET", "/nope", 404, "not_found"),
    ("GET", "/api/v1/nope", 404, "not_found"),
    ("GET", "/assets/nope.js", 404, "not_found"),
    ("GET", "/assets/%00", 404, "not_found"),
    ("GET", "/assets/..%2f..%2fsettings.py", 404, "not_found"),
    ("GET", "/demo/../../settings.py", 404, "not_found"),
    ("GET", ASSESSMENTS, 405, "method_not_allowed"),
    ("PUT", "/api/v1/policy", 405, "method_not_allowed"),
    ("POST", "/healthz", 405, "method_not_allowed"),
    ("POST", ASSESSMENTS, 415, "content_type_unsupported"),
]


@pytest.mark.parametrize(("method", "path", "status", "code"), PROBLEMS)
def test_problem(method: str, path: str, status: int, code: str, client: FlaskClient) -> None:
    response = client.open(path, method=method)
    answer = response.get_json()
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert (answer["status"], answer["code"], answer["type"]) == (status, code, "about:blank")
    assert ("Allow" in response.headers) is (status == 405)


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "junk"]
)
def test_wrong_content_type(content_type: str, client: FlaskClient) -> None:
    response = client.post(ASSESSMENTS, data=json.dumps(DRAFT), content_type=content_type)
    assert (response.status_code, response.get_json()["code"]) == (415, "content_type_unsupported")


@pytest.mark.parametrize("content_type", ["application/json", "application/json; charset=utf-8", "APPLICATION/JSON"])
def test_right_content_type(content_type: str, client: FlaskClient) -> None:
    assert client.post(ASSESSMENTS, data=json.dumps(DRAFT), content_type=content_type).status_code == 200


def test_size_has_to_be_stated(client: FlaskClient) -> None:
    options = {"CONTENT_TYPE": "application/json", "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    response = client.post(ASSESSMENTS, environ_overrides=options)
    assert (response.status_code, response.get_json()["code"]) == (411, "length_required")


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("unknown key", {CANARY: 1}),
    ("unknown key of a recipient", {"recipients": [{"address": "a", CANARY: CANARY}]}),
    ("unknown key of an attachment", {"attachments": [{"name": "a", CANARY: CANARY}]}),
    ("wrong type", {"subject": [CANARY]}),
    ("number for text", {"body": 5}),
    ("text for truth", {"attachments": [{"name": CANARY, "inline": "true"}]}),
    ("text for a list", {"recipients": CANARY}),
    ("wrong kind", {"kind": CANARY}),
    ("wrong compose type", {"compose_type": CANARY}),
    ("wrong format", {"body_format": CANARY}),
    ("wrong label", {"label": CANARY}),
    ("wrong role", {"recipients": [{"address": CANARY, "role": CANARY}]}),
    ("role of the sender", {"sender": {"address": CANARY, "role": "to"}}),
    ("recipient as text", {"recipients": [CANARY]}),
    ("attachment as number", {"attachments": [5]}),
    ("null", {"subject": None}),
    ("base64", {"attachments": [{"name": "a", "content_base64": CANARY}]}),
]


@pytest.mark.parametrize("fields", [fields for _, fields in WRONG], ids=[name for name, _ in WRONG])
@pytest.mark.parametrize("path", [ASSESSMENTS, SENDS])
def test_strict_schema(path: str, fields: dict[str, Any], client: FlaskClient) -> None:
    draft = DRAFT | fields
    response = client.post(path, json=draft if path == ASSESSMENTS else {"draft": draft})
    assert response.status_code == 422
    assert response.get_json()["code"] in {"invalid_draft", "invalid_base64"}
    assert "Kanarie" not in json.dumps(response.get_json(), ensure_ascii=False)


@pytest.mark.parametrize("missing", ["subject", "body"])
def test_subject_and_body_are_demanded(missing: str, client: FlaskClient) -> None:
    response = client.post(ASSESSMENTS, json={key: "" for key in DRAFT if key != missing})
    assert (response.status_code, response.get_json()["code"]) == (422, "invalid_draft")
    assert missing in response.get_json()["detail"]


def test_unexpected_error_tells_and_logs_no_text(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    unexpected = app.error_handler_spec[None][None][Exception]
    with app.test_request_context("/x"):
        response = app.make_response(cast("Response", unexpected(ValueError(CANARY))))
    assert (response.status_code, response.get_json()["code"]) == (500, "internal_error")
    logged = "".join(capsys.readouterr())
    assert "ValueError" in logged
    assert CANARY not in logged + response.get_data(as_text=True)

"""`POST /api/v1/feedback`: a receipt for an answer, a code for everything else."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.app import create_app
from tests.backend.served import settings_for, signed_in

ASSESSMENTS = "/api/v1/assessments"
FEEDBACK = "/api/v1/feedback"
DRAFT: dict[str, Any] = {"id": "x-1", "subject": "", "body": "Skrivaren på plan 2 är trasig igen."}
CANARY = "Kalle Kanariefågel"
ANSWER: dict[str, Any] = {"id": "x-1", "label": "none"}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """An application of its own: the limits count."""
    return create_app(settings_for(tmp_path).model_copy(update={"feedback_per_day": 3}))


def _answered(client: FlaskClient, **fields: Any) -> tuple[int, dict[str, Any]]:  # noqa: ANN401 - JSON
    response = client.post(FEEDBACK, json=ANSWER | fields)
    return response.status_code, response.get_json()


def test_receipt_is_the_same_for_the_same_assessment(client: FlaskClient) -> None:
    client.post(ASSESSMENTS, json=DRAFT)
    status, first = _answered(client)
    again = _answered(client, label="kanslig", categories=["health"])
    renamed = client.post(FEEDBACK, json={"assessment_id": "x-1", "label": "none"})
    with_draft = _answered(client, draft=DRAFT)
    assert status == renamed.status_code == 201
    assert again == with_draft == (201, first)
    assert renamed.get_json() == first
    assert first.keys() == {"receipt"}


def test_assessment_without_an_id_is_given_one(client: FlaskClient) -> None:
    ids = [client.post(ASSESSMENTS, json={"subject": "", "body": "Hej"}).get_json()["id"] for _ in range(2)]
    assert len({*ids, ""}) == 3
    assert _answered(client, id=ids[0])[0] == 201


def test_unknown_assessment_asks_for_the_draft(client: FlaskClient) -> None:
    status, problem = _answered(client, id="x-2")
    assert (status, problem["code"]) == (404, "assessment_unknown")
    assert _answered(client, id="x-2", draft=DRAFT)[0] == 201


def test_nobody_answers_for_another(app: Flask, client: FlaskClient) -> None:
    client.post(ASSESSMENTS, json=DRAFT)
    other = signed_in(app, "johan")
    assert _answered(other)[0] == 404
    mine, theirs = _answered(client), _answered(other, draft=DRAFT)
    assert (mine[0], theirs[0]) == (201, 201)
    assert mine[1] != theirs[1]


@pytest.mark.parametrize("key", ["tenant", "person", "user", "actor"])
def test_name_of_another_cannot_be_stated(key: str, client: FlaskClient) -> None:
    client.post(ASSESSMENTS, json=DRAFT)
    status, problem = _answered(client, **{key: "johan"})
    assert (status, problem["code"]) == (422, "invalid_feedback")


def test_only_so_many_a_day(client: FlaskClient) -> None:
    given = [_answered(client, id=f"x-{number}", draft=DRAFT)[0] for number in range(4)]
    assert given == [201, 201, 201, 429]
    response = client.post(FEEDBACK, json=ANSWER | {"id": "x-9", "draft": DRAFT})
    assert (response.status_code, response.get_json()["code"]) == (429, "feedback_limit")
    assert 0 < int(response.headers["Retry-After"]) <= 24 * 3600
    assert _answered(client, id="x-0", draft=DRAFT)[0] == 201


WRONG: list[dict[str, Any]] = [
    {"id": ""}, {"id": None}, {"id": 5}, {"id": "x" * 1001}, {"label": None}, {"label": CANARY}, {"label": ["none"]},
    {"categories": [CANARY]}, {"categories": "health"}, {"categories": ["health"] * 17}, {CANARY: 1},
    {"findings": [CANARY]}, {"findings": [{}]}, {"findings": [{"rule": CANARY * 10}]},
    {"findings": [{"rule": "a", CANARY: 1}]}, {"findings": [{"rule": "a", "right": "false"}]},
    {"findings": [{"rule": "a", "category": CANARY}]}, {"draft": CANARY}, {"draft": {"subject": CANARY}},
    {"draft": DRAFT | {"attachments": [{"name": "a", "content_base64": CANARY}]}},
]  # fmt: skip


@pytest.mark.parametrize("fields", WRONG, ids=range(len(WRONG)))
def test_wrong_shape_is_refused(fields: dict[str, Any], client: FlaskClient) -> None:
    client.post(ASSESSMENTS, json=DRAFT)
    response = client.post(FEEDBACK, json=ANSWER | fields)
    assert response.status_code == 422
    assert response.get_json()["code"] in {
        "invalid_draft" if "draft" in fields else "invalid_feedback",
        "invalid_base64",
    }
    assert "Kanarie" not in response.get_data(as_text=True)


@pytest.mark.parametrize("missing", ["id", "label"])
def test_id_and_label_are_demanded(missing: str, client: FlaskClient) -> None:
    response = client.post(FEEDBACK, json={key: value for key, value in ANSWER.items() if key != missing})
    assert (response.status_code, response.get_json()["code"]) == (422, "invalid_feedback")


def test_refusals_of_every_route(client: FlaskClient, stranger: FlaskClient) -> None:
    assert stranger.post(FEEDBACK, json=ANSWER).status_code == 401
    assert client.get(FEEDBACK).status_code == 405
    assert client.post(FEEDBACK, data="x", content_type="text/plain").status_code == 415
    assert client.post(FEEDBACK, data="{", content_type="application/json").status_code == 400
    large = ANSWER | {"draft": {"subject": "", "body": "a" * (2**20 + 1)}}
    assert client.post(FEEDBACK, json=large).status_code == 413


def test_lone_surrogate_in_an_id(client: FlaskClient) -> None:
    content = b'{"id": "x\\ud800", "subject": "", "body": ""}'
    assert client.post(ASSESSMENTS, data=content, content_type="application/json").status_code == 200
    answer = b'{"id": "x\\ud800", "label": "none"}'
    assert client.post(FEEDBACK, data=answer, content_type="application/json").status_code == 201


def test_answers_are_counted(client: FlaskClient) -> None:
    _answered(client, draft=DRAFT)
    assert 'sandkoll_feedback_total{label="none"}' in client.get("/metrics").get_data(as_text=True)

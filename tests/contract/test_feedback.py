"""The contract's fixed points of feedback."""

from flask.testing import FlaskClient

from tests.contract.openapi import faults
from tests.contract.test_fixed_points import DRAFT

PATH = "/api/v1/feedback"


def test_feedback(client: FlaskClient) -> None:
    assessment = client.post("/api/v1/assessments", json=DRAFT).get_json()
    reasons = [{"rule": one["rule"], "category": one["category"], "right": False} for one in assessment["findings"]]
    requests = [
        {"id": assessment["id"], "label": "none"},
        {"id": assessment["id"], "label": "kanslig", "categories": ["health"], "findings": reasons, "draft": DRAFT},
    ]
    for request in requests:
        response = client.post(PATH, json=request)
        assert response.status_code == 201
        assert faults(client, "FeedbackDocument", request) == []
        assert faults(client, "FeedbackAnswer", response.get_json()) == []


def test_description_names_the_refusals(client: FlaskClient) -> None:
    operation = client.get("/openapi/openapi.json").get_json()["paths"][PATH]["post"]
    assert {"201", "400", "401", "404", "411", "413", "415", "422", "429"} <= operation["responses"].keys()
    assert operation["security"] == [{"bearer": []}]


def test_description_refuses_what_the_service_refuses(client: FlaskClient) -> None:
    for request in ({}, {"id": "a"}, {"id": "a", "label": "topp"}, {"id": "a", "label": "none", "user": "b"}):
        assert faults(client, "FeedbackDocument", request)
        response = client.post(PATH, json=request)
        assert response.status_code == 422
        assert faults(client, "ProblemAnswer", response.get_json()) == []

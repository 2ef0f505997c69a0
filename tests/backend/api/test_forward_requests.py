"""`/api/v1/forward-requests`: two people and one who has nothing to do with it."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.backend.served import application, signed_in

REQUESTS = "/api/v1/forward-requests"
JOHAN, OMAR = "johan.ek@granvik.example", "omar.haddad@granvik.example"
CANARY = "Kalle Kanariefågel"
DRAFT: dict[str, Any] = {
    "subject": "VB: Möte",
    "body": f"Se nedan.\n\nFrån: Anna Berg\nSkickat: den 1 mars 2026\nTill: Sara\nÄmne: Möte\n\n{CANARY} är placerad "
    "enligt LVU och blir slagen av sin pappa.",
    "compose_type": "forward",
    "recipients": [{"address": JOHAN, "name": "Johan Ek"}, {"address": OMAR}],
}


@pytest.fixture
def own_app(tmp_path: Path) -> Flask:
    """An application where nobody else asks."""
    return application(tmp_path)


def asked(client: FlaskClient, **fields: Any) -> tuple[int, dict[str, Any]]:  # noqa: ANN401 - JSON
    response = client.post(REQUESTS, json={"draft": DRAFT, "reason": "same_case"} | fields)
    return response.status_code, response.get_json()


def decided(client: FlaskClient, request: str, **fields: Any) -> tuple[int, dict[str, Any]]:  # noqa: ANN401 - JSON
    response = client.post(f"{REQUESTS}/{request}/decision", json={"decision": "approve"} | fields)
    return response.status_code, response.get_json()


def test_from_the_question_to_the_answer(own_app: Flask) -> None:
    sara, kerstin = signed_in(own_app, "sara"), signed_in(own_app, "kerstin")
    status, request = asked(sara, comment="Före torsdag.")
    assert status == 201
    assert (request["status"], request["own"], request["may_decide"]) == ("pending", True, False)
    assert (request["label"], request["reason"]) == ("mycket_kanslig", "same_case")
    assert "social_services" in request["categories"]
    assert [one["address"] for one in request["recipients"]] == [JOHAN, OMAR]
    assert asked(sara, comment="Före torsdag.") == (200, request)
    listed = kerstin.get(REQUESTS).get_json()
    assert [one["id"] for one in listed["waiting"]] == [request["id"]]
    status, answer = decided(kerstin, request["id"], recipients=[OMAR], comment="Johan har inget med det att göra.")
    assert (status, answer["status"], answer["approved_recipients"]) == (200, "approved", [OMAR])
    assert decided(kerstin, request["id"], recipients=[OMAR]) == (200, answer)
    seen = sara.get(f"{REQUESTS}/{request['id']}").get_json()
    assert seen["approved_recipients"] == [OMAR]
    assert seen["answer"] == "Johan har inget med det att göra."
    assert seen["decider"] == {"address": "kerstin.aberg@granvik.example", "name": "Kerstin Åberg"}
    assert seen["expires_at"] > seen["asked_at"]
    assert [one["id"] for one in kerstin.get(REQUESTS).get_json()["decided"]] == [request["id"]]
    assert CANARY not in str([request, answer, seen, listed])
    withdrawn = sara.post(f"{REQUESTS}/{request['id']}/withdrawal")
    assert (withdrawn.status_code, withdrawn.get_json()["status"]) == (200, "withdrawn")


def test_who_may_not(own_app: Flask) -> None:
    sara, kerstin, omar = (signed_in(own_app, one) for one in ("sara", "kerstin", "omar"))
    request = asked(sara)[1]["id"]
    told = [
        decided(sara, request),
        decided(omar, request),
        decided(kerstin, "0" * 32),
        decided(kerstin, "%00"),
    ]
    assert [(status, problem["code"]) for status, problem in told] == [
        (403, "own_request"),
        (403, "not_an_approver"),
        (404, "forward_request_unknown"),
        (404, "forward_request_unknown"),
    ]
    assert omar.get(f"{REQUESTS}/{request}").status_code == 404
    assert omar.post(f"{REQUESTS}/{request}/withdrawal").status_code == 404
    assert own_app.test_client().get(f"{REQUESTS}/{request}").status_code == 401
    assert omar.get(REQUESTS).get_json() == {"waiting": [], "decided": []}
    refused = decided(kerstin, request, decision="refuse")
    assert refused[1]["status"] == "refused"
    assert decided(kerstin, request)[0] == 409


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"recipients": [""]}, 422, ""),
        ({"recipients": [f"nr{number}@example.se" for number in range(101)]}, 422, "too_many_recipients"),
        ({"recipients": "johan"}, 422, ""),
        ({"recipients": ["inte en adress"]}, 422, "recipient_invalid"),
        ({"recipients": ["a@granvik.example\nBcc: x@y.example"]}, 422, "recipient_invalid"),
        ({"recipients": ["a" * 900 + "@example.se"]}, 422, "recipient_invalid"),
        ({"draft": {**DRAFT, "recipients": []}}, 422, "recipients_missing"),
        ({"comment": "x" * 501}, 422, "comment_too_long"),
        ({"comment": "x" * 20_000}, 413, ""),
        ({"comment": "Tuva Lind är placerad enligt LVU."}, 422, "comment_sensitive"),
        ({"reason": "because"}, 422, "forward_request_invalid"),
        ({"reason": None}, 422, ""),
        ({"unknown": 1}, 422, ""),
        ({"draft": {"subject": ""}}, 422, "invalid_draft"),
        ({"comment": 1}, 422, ""),
        ({"verdict": "made up", "reason": "duty_10_28"}, 201, ""),
        ({"verdict": None, "comment": None, "reason": "consent_12_2"}, 201, ""),
    ],
)
def test_what_is_taken(client: FlaskClient, fields: dict[str, Any], status: int, code: str) -> None:
    answered, told = asked(client, **fields)
    assert answered == status
    assert not code or told["code"] == code
    assert CANARY not in str(told)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"recipients": []}, "recipients_missing"),
        ({"recipients": ["someone@example.se"]}, "recipients_not_asked_for"),
        ({"decision": "perhaps"}, ""),
        ({"recipients": [1]}, ""),
        ({"comment": "Gäller 18900101-9802."}, "comment_sensitive"),
        ({"comment": "x" * 501}, "comment_too_long"),
    ],
)
def test_what_is_no_decision(app: Flask, client: FlaskClient, fields: dict[str, Any], code: str) -> None:
    request = asked(client)[1]["id"]
    status, told = decided(signed_in(app, "kerstin"), request, **fields)
    assert status == 422
    assert not code or told["code"] == code
    assert client.get(f"{REQUESTS}/{request}").get_json()["status"] == "pending"

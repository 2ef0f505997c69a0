"""The contract's fixed points over HTTP: names of fields, closed sets of codes, and the OpenAPI description."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from backend.domain.label import Category
from tests.contract.openapi import faults

DRAFT: dict[str, Any] = {
    "id": "x-1", "kind": "message", "compose_type": "forward", "subject": "VB: Tuva",
    "body": "<p>Orosanmälan: Tuva Lind blir slagen av sin pappa hemma och är placerad enligt LVU. 19000101-9801</p>",
    "body_format": "html",
    "sender": {"address": "sara.lindqvist@granvik.example", "name": "Sara"},
    "recipients": [{"address": "johan.ek@granvik.example", "name": "Johan", "role": "cc"}],
    "attachments": [
        "Tuva Lind.pdf", {"name": "4B.jpg", "content_type": "image/jpeg", "inline": True, "content_base64": "AAAA"},
    ],
    "conversation_id": "c", "in_reply_to": "m", "label": "kanslig",
    "location": "", "online_meeting_url": None, "start": None, "end": None,
}  # fmt: skip
BOOKING = DRAFT | {
    "kind": "appointment", "compose_type": "new", "location": "Rum 1", "online_meeting_url": "https://teams.microsoft.com/x",
    "start": "2026-11-21T08:00:00Z", "end": "2026-11-21T09:00:00Z",
}  # fmt: skip
SMALLEST = {"subject": "", "body": ""}

ASSESSMENT = {
    "id",
    "label",
    "confidence",
    "sensitive_probability",
    "categories",
    "findings",
    "obligations",
    "send_decision",
    "policy",
    "model",
    "elapsed_ms",
    "verdict",
}
FINDING = {"category", "rule", "part", "start", "end", "excerpt", "about_person", "confidence", "explanation", "source"}
OBLIGATIONS = frozenset(
    {
        "use_secure_channel", "set_label", "state_ground", "state_photo_basis", "verify_recipients",
        "request_forward_approval", "remove_hidden_data", "neutral_subject", "use_secure_meeting", "share_in_folder",
        "move_to_work_mail", "meeting_checklist",
    }
)  # fmt: skip
GROUNDS = {
    "personnummer": ["consent", "purpose", "secure_identification", "other_notable_reason"],
    "sensitive": [
        "explicit_consent", "employment_social_protection", "vital_interests", "legal_claims",
        "substantial_public_interest", "health_social_care", "archiving_research",
    ],
    "photo": ["consent", "agreement"],
}  # fmt: skip
CATEGORIES = [
    "health", "ethnic_origin", "political", "belief", "union", "genetic", "biometric", "sex_life", "social_services",
    "school_welfare", "personnel", "criminal", "protected_identity", "other_secrecy", "personnummer", "photo",
]  # fmt: skip
PARTS = ("subject", "body", "quoted", "location", "attachment:", "attachment_name:")


@pytest.mark.parametrize("draft", [DRAFT, BOOKING, SMALLEST], ids=["message", "booking", "smallest"])
def test_assessment(draft: dict[str, Any], client: FlaskClient) -> None:
    response = client.post("/api/v1/assessments", json=draft)
    answer = response.get_json()
    assert response.status_code == 200
    assert faults(client, "AssessmentAnswer", answer) == []
    assert answer.keys() >= ASSESSMENT
    assert answer["id"]
    assert answer["id"] == draft.get("id", answer["id"])
    assert answer["label"] in {"none", "kanslig", "mycket_kanslig"}
    assert answer["send_decision"] in {"allow", "prompt", "block"}
    assert 0 <= answer["confidence"] <= 1
    assert set(answer["categories"]) <= set(CATEGORIES)
    assert answer["policy"].keys() == {"id", "version"}
    assert answer["model"].keys() == {"version", "encoder"}
    assert answer["model"]["version"].startswith("sentence-" if answer["model"]["encoder"] else "linear-")
    assert len(answer["verdict"]) < 1500


def test_findings_and_obligations(client: FlaskClient) -> None:
    answer = client.post("/api/v1/assessments", json=DRAFT).get_json()
    assert answer["findings"]
    for finding in answer["findings"]:
        assert finding.keys() >= FINDING
        assert finding["part"].startswith(PARTS)
        assert 0 <= finding["start"] <= finding["end"]
        assert 0 <= finding["confidence"] <= 1
    assert {one["code"] for one in answer["obligations"]} >= {
        "set_label",
        "verify_recipients",
        "request_forward_approval",
    }
    assert {one["code"] for one in answer["obligations"]} <= OBLIGATIONS
    assert all(one.keys() >= {"code", "met", "text", "source"} and one["source"] for one in answer["obligations"])


def test_send_check(client: FlaskClient) -> None:
    verdict = client.post("/api/v1/assessments", json=DRAFT).get_json()["verdict"]
    request = {
        "draft": DRAFT, "verdict": verdict, "label": "mycket_kanslig",
        "grounds": {"personnummer": "consent", "sensitive": "legal_claims", "photo": "agreement"},
        "confirmed_recipients": ["johan.ek@granvik.example"], "approval_id": None,
    }  # fmt: skip
    assert faults(client, "SendCheckDocument", request) == []
    answer = client.post("/api/v1/send-checks", json=request).get_json()
    assert faults(client, "SendCheckAnswer", answer) == []
    assert answer.keys() >= {"send_decision", "message", "obligations", "receipt"}


@pytest.mark.parametrize("draft", [DRAFT, BOOKING, SMALLEST], ids=["message", "booking", "smallest"])
def test_description_allows_what_the_service_takes(draft: dict[str, Any], client: FlaskClient) -> None:
    assert faults(client, "DraftDocument", draft) == []
    assert client.post("/api/v1/assessments", json=draft).status_code == 200


@pytest.mark.parametrize(
    "draft", [{}, SMALLEST | {"x": 1}, SMALLEST | {"kind": "letter"}, SMALLEST | {"recipients": ["a"]}], ids=str
)
def test_description_refuses_what_the_service_refuses(draft: dict[str, Any], client: FlaskClient) -> None:
    assert faults(client, "DraftDocument", draft)
    response = client.post("/api/v1/assessments", json=draft)
    assert response.status_code == 422
    assert faults(client, "ProblemAnswer", response.get_json()) == []


@pytest.mark.parametrize("path", ["/api/v1/assessments", "/api/v1/send-checks"])
def test_description_names_the_refusals(path: str, client: FlaskClient) -> None:
    operation = client.get("/openapi/openapi.json").get_json()["paths"][path]["post"]
    assert {"200", "400", "401", "411", "413", "415", "422"} <= operation["responses"].keys()
    assert operation["security"] == [{"bearer": []}]


def test_policy(client: FlaskClient) -> None:
    policy = client.get("/api/v1/policy").get_json()
    assert {kind: [one["code"] for one in rows] for kind, rows in policy["grounds"].items()} == GROUNDS
    assert [one["id"] for one in policy["labels"]] == ["none", "kanslig", "mycket_kanslig"]
    assert [one["name"] for one in policy["labels"]][1:] == ["Känslig", "Mycket känslig"]
    assert [one["id"] for one in policy["categories"]] == CATEGORIES == [one.value for one in Category]
    assert all(one.keys() >= {"name", "color", "channel", "assurance", "classification"} for one in policy["labels"])


def test_sample_people(client: FlaskClient) -> None:
    people = client.get("/demo/people").get_json()["people"]
    assert {one["role"] for one in people} == {"employee", "approver", "data_protection_officer", "administrator"}
    assert all(one.keys() >= {"id", "name", "address", "role", "token"} for one in people)
    for one in people:
        response = client.get("/api/v1/policy", headers={"Authorization": f"Bearer {one['token']}"})
        assert response.status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/openapi/openapi.json"])
def test_outside_of_the_interface(path: str, client: FlaskClient) -> None:
    assert client.get(path).status_code == 200

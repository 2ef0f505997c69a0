"""Reasons and what to take out, as an assessment tells them over HTTP."""

from typing import Any

from flask.testing import FlaskClient

from tests.contract.openapi import faults

DRAFT: dict[str, Any] = {
    "subject": "Tuva", "body_format": "html",
    "body": "<p>Hej!</p><p>Tuva Lind har adhd och tar medicin. Hon bor på Storgatan 14. Nummer 19000101-9801.</p>",
}  # fmt: skip
REASON = {"text", "categories", "findings", "rules", "sentence", "places", "confidence", "role"}
PLACE = {"part", "start", "end", "number"}


def test_reasons_and_lowering(client: FlaskClient) -> None:
    answer = client.post("/api/v1/assessments", json=DRAFT).get_json()
    assert faults(client, "AssessmentAnswer", answer) == []
    assert answer["label"] == "mycket_kanslig"
    findings = answer["findings"]
    for reason in answer["reasons"]:
        assert reason.keys() == REASON
        assert reason["text"].endswith(".")
        assert reason["role"] in {"decides", "shares", "adds"}
        assert {findings[index]["rule"] for index in reason["findings"]} == set(reason["rules"])
        assert {findings[index]["category"] for index in reason["findings"]} == set(reason["categories"])
        assert all(place.keys() == PLACE for place in reason["places"])
        assert (reason["sentence"] in reason["places"]) == bool(reason["findings"])
    assert [step["label"] for step in answer["lowering"]] == ["kanslig", "none"]
    for step in answer["lowering"]:
        assert step.keys() == {"label", "findings", "text"}
        assert all(findings[index]["about_person"] for index in step["findings"])


def test_harmless_draft_has_neither(client: FlaskClient) -> None:
    answer = client.post("/api/v1/assessments", json={"subject": "Fika", "body": "Bullar kl 14."}).get_json()
    assert (answer["reasons"], answer["lowering"]) == ([], [])

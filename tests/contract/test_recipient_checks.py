"""`POST /recipient-checks` as the contract has it, and what an assessment says of recipients."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from backend.domain.directory import EntryKind, NotTold
from backend.domain.recipient import Concern, RecipientVerdict
from tests.contract.openapi import faults

SENDER = {"address": "sara.lindqvist@granvik.example", "name": "Sara Lindqvist"}
ADDRESSES = [
    "kerstin.aberg@granvik.example", "omar.haddad@granvik.example", "anna.berg@granvik.example",
    "projekt.samverkan@granvik.example", "bo.lind@example.se", "bo@gmail.com", "nobody@granvik.example",
    "lars.holm@granvik.example", "anna.berg@granvlk.example", "x@motala.se", "",
]  # fmt: skip
VERDICTS = [
    "verified", "other_unit", "verified", "group", "external", "private", "unknown", "disabled", "lookalike",
    "external", "unverifiable",
]  # fmt: skip
FIELDS = {"address", "verdict", "person", "members", "advice"}


def _checked(client: FlaskClient, **request: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    assert faults(client, "RecipientCheckDocument", request) == []
    response = client.post("/api/v1/recipient-checks", json=request)
    answer: dict[str, Any] = response.get_json()
    assert response.status_code == 200
    assert faults(client, "RecipientChecksAnswer", answer) == []
    return answer


@pytest.mark.parametrize("label", [None, "none", "kanslig", "mycket_kanslig"])
def test_verdicts(label: str | None, client: FlaskClient) -> None:
    recipients = [{"address": address, "name": "Somebody", "role": "cc"} for address in ADDRESSES]
    answer = _checked(client, sender=SENDER, recipients=recipients, label=label)
    assert [one["verdict"] for one in answer["recipients"]] == VERDICTS
    assert [one["address"] for one in answer["recipients"]] == ADDRESSES
    assert all(one.keys() >= FIELDS and one["advice"] and one["advice_en"] for one in answer["recipients"])
    assert answer["to_confirm"] == ("each" if label in {"kanslig", "mycket_kanslig"} else "questioned")


def test_facts(client: FlaskClient) -> None:
    kerstin, _, anna, group, *_ = _checked(client, sender=SENDER, recipients=ADDRESSES)["recipients"]
    assert kerstin["person"] | {
        "kind": "person", "name": "Kerstin Åberg", "title": "Enhetschef, barn och familj", "enabled": True,
        "guest": False, "committee": "Socialnämnden", "manager": "Bengt Ståhl",
    } == kerstin["person"]  # fmt: skip
    assert [one["address"] for one in anna["meant"]] == ["anna.berg2@granvik.example"]
    assert (group["members"]["count"], group["members"]["external"], group["members"]["at_least"]) == (5, 2, False)
    assert "Petra Falk" in group["members"]["external_names"]


def test_smallest_request(client: FlaskClient) -> None:
    assert _checked(client, recipients=[]) == {"recipients": [], "concerns": [], "to_confirm": "none"}
    assert _checked(client, recipients=["omar.haddad@granvik.example"])["recipients"][0]["verdict"] == "verified"


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"recipients": "a@example.se"},
        {"recipients": [None]},
        {"recipients": [{"name": "Anna"}]},
        {"recipients": [{"address": 1}]},
        {"recipients": [{"address": "a", "role": "sender"}]},
        {"recipients": [], "label": "hemlig"},
        {"recipients": [], "sender": []},
        {"recipients": [], "tenant": "other"},
    ],
    ids=str,
)
def test_refused(request_: dict[str, Any], client: FlaskClient) -> None:
    assert faults(client, "RecipientCheckDocument", request_)
    response = client.post("/api/v1/recipient-checks", json=request_)
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
    assert faults(client, "ProblemAnswer", response.get_json()) == []


def test_too_many(client: FlaskClient) -> None:
    response = client.post("/api/v1/recipient-checks", json={"recipients": ["a@example.se"] * 5001})
    assert (response.status_code, response.get_json()["code"]) == (413, "draft_too_large")
    most = client.post("/api/v1/recipient-checks", json={"recipients": ["a@example.se"] * 5000})
    assert len(most.get_json()["recipients"]) == 5000


def test_assessment_says_it_in_codes(client: FlaskClient) -> None:
    draft = {"subject": "", "body": "Hej Bertil!", "sender": SENDER, "recipients": [{"address": ADDRESSES[0]}]}
    answer = client.post("/api/v1/assessments", json=draft).get_json()
    assert answer["recipients"] == {
        "each": [{"verdict": "verified", "decision": "allow", "needs_thought": False, "concerns": []}],
        "concerns": [{"code": "greeting_differs", "decision": "allow"}],
        "to_confirm": "none",
    }
    assert [word for word in ("Kerstin", "granvik", "Bertil") if word in str(answer)] == []


def test_description_names_every_code(client: FlaskClient) -> None:
    schemas = client.get("/openapi/openapi.json").get_json()["components"]["schemas"]
    described = str(schemas["RecipientAnswer"]) + str(schemas["ConcernAnswer"]) + str(schemas["PersonAnswer"])
    codes = [one.value for kind in (RecipientVerdict, NotTold, Concern, EntryKind) for one in kind]
    assert [code for code in codes if f"'{code}'" not in described] == []

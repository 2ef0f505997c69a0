"""Two municipalities in one installation: on no route does one see, use or change what is the other's."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.api.access import Access, access_of
from tests.backend.entra_authority import EntraAuthority, entra_authority
from tests.backend.production import BO, GRANVIK, LINDBY, SARA, employee, production
from tests.backend.workflow.sending import SEVERE

THREAD = {"conversation_id": "AAQkADk-thread", "in_reply_to": "<1@granvik.example>"}
APPROVER = "00000000-0000-4000-8000-00000000a001"
DRAFT: dict[str, Any] = {"id": "d-1", "subject": "Tuva", "body": SEVERE, "recipients": [{"address": SARA}]}


@dataclass(frozen=True)
class House:
    """The application and an employee of each municipality, who have the same object id."""

    app: Flask
    authority: EntraAuthority
    ours: FlaskClient
    theirs: FlaskClient

    def approver(self, tenant: str) -> FlaskClient:
        """Somebody else of the municipality, with the role."""
        return employee(
            self.app, self.authority, tenant, oid=APPROVER, roles=["Approver"], preferred_username="chef@x.example"
        )


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with entra_authority() as authority:
        app = production(Path(tmp_path_factory.mktemp("two")), authority)
        yield House(app, authority, employee(app, authority, GRANVIK), employee(app, authority, LINDBY))


def _post(client: FlaskClient, path: str, **document: Any) -> tuple[int, dict[str, Any]]:  # noqa: ANN401 - JSON
    response = client.post(f"/api/v1/{path}", json=document)
    return response.status_code, response.get_json()


def _assessments(house: House) -> None:
    ours, theirs = (_post(client, "assessments", **DRAFT)[1] for client in (house.ours, house.theirs))
    assert ours["recipients"]["each"][0]["verdict"] == "verified"
    assert theirs["recipients"]["each"][0]["verdict"] == "external"
    assert (ours["policy"]["id"], theirs["policy"]["id"]) == ("standard", "ronneby")


def _recipient_checks(house: House) -> None:
    for client, verdicts in ((house.ours, ["verified", "external"]), (house.theirs, ["external", "verified"])):
        answer = _post(client, "recipient-checks", recipients=[{"address": SARA}, {"address": BO}])[1]
        assert [one["verdict"] for one in answer["recipients"]] == verdicts


def _send_checks(house: House) -> None:
    """A thread that one has flagged is free for the other; a verdict of one is worth nothing to the other."""
    labelled = DRAFT | THREAD | {"label": "mycket_kanslig"}
    stated = {"grounds": {"sensitive": "health_social_care"}, "confirmed_recipients": [SARA]}
    verdict = _post(house.ours, "assessments", **labelled)[1]["verdict"]
    assert _post(house.ours, "send-checks", draft=labelled, verdict=verdict, **stated)[1]["send_decision"] == "prompt"
    forward = {"subject": "VB: x", "body": "Se nedan.", "compose_type": "forward", "recipients": [], **THREAD}
    assert _post(house.ours, "send-checks", draft=forward)[1]["send_decision"] == "block"
    assert _post(house.theirs, "send-checks", draft=forward)[1]["send_decision"] == "allow"
    harmless = {"subject": "", "body": "Hej", "recipients": []}
    ours = _post(house.ours, "assessments", **harmless)[1]["verdict"]
    with_ours = _post(house.theirs, "send-checks", draft=harmless, verdict=ours)[1]
    assert with_ours["send_decision"] == "allow"


def _feedback(house: House) -> None:
    assert _post(house.ours, "assessments", **DRAFT | {"id": "f-1"})[0] == 200
    status, problem = _post(house.theirs, "feedback", id="f-1", label="none")
    assert (status, problem["code"]) == (404, "assessment_unknown")
    assert _post(house.ours, "feedback", id="f-1", label="none")[0] == 201


def _thread_checks(house: House) -> None:
    _send_checks(house)
    forward = {"draft": {"subject": "x", "body": "Se nedan.", **THREAD}}
    assert _post(house.ours, "thread-checks", **forward)[1]["thread_flagged"] is True
    assert _post(house.theirs, "thread-checks", **forward)[1]["thread_flagged"] is False


def _asked(house: House) -> str:
    status, request = _post(house.ours, "forward-requests", draft=DRAFT, reason="same_case", recipients=[SARA])
    assert status in {200, 201}
    return str(request["id"])


def _forward_requests(house: House) -> None:
    request = _asked(house)
    waiting = [house.approver(one).get("/api/v1/forward-requests").get_json()["waiting"] for one in (GRANVIK, LINDBY)]
    assert ([one["id"] for one in waiting[0]], waiting[1]) == ([request], [])


def _one_request(house: House) -> None:
    path = f"/api/v1/forward-requests/{_asked(house)}"
    assert (house.ours.get(path).status_code, house.approver(GRANVIK).get(path).status_code) == (200, 200)
    for client in (house.theirs, house.approver(LINDBY)):
        assert (client.get(path).status_code, client.get(path).get_json()["code"]) == (404, "forward_request_unknown")


def _decisions(house: House) -> None:
    path = f"forward-requests/{_asked(house)}/decision"
    for client in (house.theirs, house.approver(LINDBY)):
        assert _post(client, path, decision="approve")[0] == 404
    assert _post(house.approver(GRANVIK), path, decision="refuse")[1]["status"] == "refused"


def _withdrawals(house: House) -> None:
    request = _asked(house)
    for client in (house.theirs, house.approver(LINDBY)):
        assert _post(client, f"forward-requests/{request}/withdrawal")[0] == 404
    assert house.ours.get(f"/api/v1/forward-requests/{request}").get_json()["status"] == "pending"
    assert _post(house.ours, f"forward-requests/{request}/withdrawal")[1]["status"] == "withdrawn"


def _audit(house: House) -> None:
    """An officer of one reads nothing of the other's, and an employee nothing at all."""
    request = _asked(house)
    logs = []
    for tenant in (GRANVIK, LINDBY):
        officer = employee(house.app, house.authority, tenant, roles=["DataProtectionOfficer"])
        logs.append(officer.get("/api/v1/audit?format=jsonl").get_data(as_text=True))
    assert request in logs[0]
    assert request not in logs[1]
    assert GRANVIK not in logs[1]
    assert house.ours.get("/api/v1/audit").status_code == 403


def _policy(house: House) -> None:
    ours, theirs = (client.get("/api/v1/policy").get_json() for client in (house.ours, house.theirs))
    assert (ours["id"], theirs["id"]) == ("standard", "ronneby")


CASES: dict[str, Callable[[House], None]] = {
    "/api/v1/assessments": _assessments,
    "/api/v1/audit": _audit,
    "/api/v1/feedback": _feedback,
    "/api/v1/forward-requests": _forward_requests,
    "/api/v1/forward-requests/<request_id>": _one_request,
    "/api/v1/forward-requests/<request_id>/decision": _decisions,
    "/api/v1/forward-requests/<request_id>/withdrawal": _withdrawals,
    "/api/v1/policy": _policy,
    "/api/v1/recipient-checks": _recipient_checks,
    "/api/v1/send-checks": _send_checks,
    "/api/v1/thread-checks": _thread_checks,
}
"""A new route that wants to know who calls needs a case here."""


def test_every_route_is_tried(house: House) -> None:
    with house.app.app_context():
        routes = {one.rule for one in house.app.url_map.iter_rules() if access_of(one.endpoint) is Access.SIGNED_IN}
    assert routes == set(CASES)


@pytest.mark.parametrize("route", CASES)
def test_nothing_crosses(route: str, house: House) -> None:
    CASES[route](house)


def test_organisation_that_is_not_ours(house: House) -> None:
    stranger = employee(house.app, house.authority, "11111111-2222-4333-8444-555555555555")
    assert stranger.get("/api/v1/policy").status_code == 403
    assert stranger.get("/api/v1/policy").get_json()["code"] == "tenant_not_allowed"


@pytest.mark.parametrize("path", ["/demo/", "/demo/people", "/demo/directory"])
def test_production_has_no_demonstration(path: str, house: House) -> None:
    assert house.ours.get(path).status_code == 404


@pytest.mark.parametrize(
    "claims", [{"roles": ["Approver"], "scp": None}, {"azp": GRANVIK}, {"exp": 1}, {"aud": LINDBY}]
)
def test_token_gone_wrong(claims: dict[str, object], house: House) -> None:
    response = employee(house.app, house.authority, GRANVIK, **claims).get("/api/v1/policy")
    assert (response.status_code, response.get_json()["code"]) == (401, "not_signed_in")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")

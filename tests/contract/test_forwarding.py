"""Flagged threads and forward requests as the contract has them, from the first send to the one use of an approval."""

from base64 import b64encode
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.backend.served import signed_in
from tests.contract.openapi import faults

CHIEF, COLLEAGUE, OTHER = "kerstin.aberg@granvik.example", "anna.berg@granvik.example", "amina.warsame@granvik.example"
TEXT = (
    "Orosanmälan: Tuva Lind blir slagen av sin pappa hemma och är placerad enligt LVU. Hon har berättat för sin lärare "
    "att pappa dricker varje kväll och att hon gömmer sig i garderoben tills han har somnat i soffan framför teven. "
    "Mamman vågar inte säga något och har bett skolan att inte ringa hem mer."
)
UNLABELLED = (
    "Angående Kvarnen: Gunilla Moberg lämnar styrelsen 3 maj och ersätts av Rolf Tegnér enligt beslutet som Stina Falk "
    "skrev under. Fastigheten Eken 14 säljs till Hansson Bygg för 7 miljoner och flytten till Söderhamnsgatan 8 sker "
    "vecka 33 om Ulf Brandt hinner."
)
GROUND = {"sensitive": "health_social_care"}


@dataclass(frozen=True)
class Post:
    """Requests of one person, checked against the description."""

    client: FlaskClient

    def __call__(self, path: str, schema: str = "", answer: str = "", **document: Any) -> tuple[int, dict[str, Any]]:  # noqa: ANN401 - JSON
        if schema:
            assert faults(self.client, schema, document) == []
        response = self.client.post(f"/api/v1/{path}", json=document)
        if answer and response.status_code < 300:
            assert faults(self.client, answer, response.get_json()) == []
        return response.status_code, response.get_json()

    def send(self, draft: dict[str, Any], **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """Send is pressed, with everybody confirmed."""
        confirmed = [one["address"] for one in draft["recipients"]]
        document = {"draft": draft, "grounds": GROUND, "confirmed_recipients": confirmed} | fields
        return self("send-checks", "SendCheckDocument", "SendCheckAnswer", **document)[1]

    def ask(self, draft: dict[str, Any], **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        document = {"draft": draft, "reason": "same_case"} | fields
        status, request = self("forward-requests", "ForwardRequestDocument", "ForwardRequestAnswer", **document)
        assert (status, request["status"]) == (201, "pending")
        return request


@pytest.fixture
def sara(own_app: Flask) -> Post:
    return Post(signed_in(own_app))


@pytest.fixture
def kerstin(own_app: Flask) -> Post:
    return Post(signed_in(own_app, "kerstin"))


def _draft(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    to = fields.pop("to", [COLLEAGUE])
    return {
        "subject": "Tuva",
        "body": TEXT,
        "label": "mycket_kanslig",
        "recipients": [{"address": one} for one in to],
    } | fields


def _is_held(answer: dict[str, Any]) -> bool:
    unmet = {one["code"] for one in answer["obligations"] if not one["met"]}
    assert (answer["send_decision"] == "block") is ("request_forward_approval" in unmet)
    return "request_forward_approval" in unmet


FORWARDS = [
    pytest.param(
        {"compose_type": "forward", "conversation_id": "c-1", "body": "Se nedan."}, {"compose_type"}, id="type"
    ),
    pytest.param({"compose_type": "forward", "subject": "x"}, {"compose_type"}, id="nothing but the text"),
    pytest.param({"subject": "Ny rubrik"}, {"content"}, id="pasted into a new mail"),
    pytest.param({"conversation_id": "c-1", "body": "Se nedan."}, {"unknown_type"}, id="Outlook calls it new"),
    pytest.param({"subject": "VB: Tuva", "body": "Se nedan."}, {"subject_prefix"}, id="prefix"),
    pytest.param({"compose_type": "reply", "conversation_id": "c-1"}, {"new_recipient"}, id="somebody new in a reply"),
]


@pytest.mark.parametrize(("fields", "signals"), FORWARDS)
def test_a_forward_of_what_was_flagged_is_held(fields: dict[str, Any], signals: set[str], sara: Post) -> None:
    assert not _is_held(sara.send(_draft(to=[CHIEF], conversation_id="c-1")))
    forward = _draft(**fields)
    status, known = sara("thread-checks", "ThreadCheckDocument", "ThreadAnswer", draft=forward)
    assert (status, known["thread_flagged"], known["counts"]) == (200, fields.get("subject") != "VB: Tuva", True)
    assert signals <= set(known["signals"])
    assessed = sara("assessments", "DraftDocument", "AssessmentAnswer", **forward)[1]
    assert assessed["forward"]["signals"] == known["signals"]
    assert _is_held(sara.send(forward))


def test_replies_in_the_thread_and_the_same_draft_again_are_free(sara: Post) -> None:
    first = _draft(to=[CHIEF])
    assert [_is_held(sara.send(first)) for _ in range(3)] == [False] * 3
    reply = _draft(to=[CHIEF], subject="SV: Tuva", body=f"Tack!\n\nFrån: Kerstin\nSkickat: i dag\n\n{TEXT}")
    assert not _is_held(sara.send(reply | {"compose_type": "reply"}))


def test_a_draft_that_grows_in_its_own_session_is_no_copy_of_itself(sara: Post) -> None:
    first = _draft(to=[CHIEF], session="s-1")
    assert not _is_held(sara.send(first))
    assert not _is_held(sara.send(_draft(to=[CHIEF, COLLEAGUE], body=f"{TEXT} Ring mig.", session="s-1")))
    assert _is_held(sara.send(_draft(to=[CHIEF, COLLEAGUE], body=f"{TEXT} Ring mig.", session="s-2")))


def test_an_approval_from_the_question_to_its_one_use(sara: Post, kerstin: Post) -> None:
    sara.send(_draft(to=[CHIEF]))
    forward = _draft(to=[COLLEAGUE, OTHER], subject="VB: Tuva")
    request = sara.ask(forward, recipients=[COLLEAGUE, OTHER], comment="Anna tar över.")
    path = f"forward-requests/{request['id']}"
    assert sara("forward-requests", draft=forward, reason="same_case", comment="Igen")[0] == 200
    assert sara(f"{path}/decision", decision="approve")[0] == 403
    assert _is_held(sara.send(forward, approval_id=request["id"]))
    approval: dict[str, Any] = {"decision": "approve", "recipients": [COLLEAGUE]}
    status, decided = kerstin(f"{path}/decision", "ForwardDecisionDocument", "ForwardRequestAnswer", **approval)
    assert (status, decided["approved_recipients"]) == (200, [COLLEAGUE])
    assert kerstin(f"{path}/decision", **approval)[0] == 200
    assert kerstin(f"{path}/decision", decision="refuse")[0] == 409
    assert _is_held(sara.send(forward, approval_id=request["id"])), "one of both was not approved"
    alone = forward | {"recipients": [{"address": COLLEAGUE}]}
    assert _is_held(sara.send(alone)), "without the approval's id"
    assert _is_held(sara.send(alone | {"body": f"{TEXT} Även brodern blir slagen."}, approval_id=request["id"]))
    met = sara("assessments", **alone)[1]
    assert [one["met"] for one in met["obligations"] if one["code"] == "request_forward_approval"] == [True]
    assert not _is_held(sara.send(alone, approval_id=request["id"]))
    assert _is_held(sara.send(alone, approval_id=request["id"])), "used"
    assert sara.client.get(f"/api/v1/{path}").get_json()["status"] == "used"


def test_an_approval_is_used_by_one_compose_session_as_often_as_it_takes(sara: Post, kerstin: Post) -> None:
    sara.send(_draft(to=[CHIEF]))
    forward = _draft(subject="VB: Tuva", session="s-1")
    request = sara.ask(forward)
    kerstin(f"forward-requests/{request['id']}/decision", decision="approve")
    assert [_is_held(sara.send(forward, approval_id=request["id"])) for _ in range(3)] == [False] * 3
    assert _is_held(sara.send(forward | {"session": "s-2"}, approval_id=request["id"]))
    added = forward | {"recipients": [{"address": COLLEAGUE}, {"address": OTHER}]}
    assert _is_held(sara.send(added, approval_id=request["id"]))


def _approved(sara: Post, kerstin: Post, draft: dict[str, Any]) -> str:
    request = str(sara.ask(draft)["id"])
    kerstin(f"forward-requests/{request}/decision", decision="approve")
    return request


def test_the_thread_that_a_use_flags_does_not_void_it_in_its_session(sara: Post, kerstin: Post) -> None:
    forward = _draft(subject="VB: Tuva", compose_type="forward", session="s-1", conversation_id="c-9")
    approval = _approved(sara, kerstin, forward)
    assert [_is_held(sara.send(forward, approval_id=approval)) for _ in range(3)] == [False] * 3
    assessed = sara("assessments", **forward)[1]
    assert [one["met"] for one in assessed["obligations"] if one["code"] == "request_forward_approval"] == [True]
    assert _is_held(sara.send(forward | {"session": "s-2"}, approval_id=approval))


def test_an_approval_of_an_unflagged_mail_carries_no_flagged_text(sara: Post, kerstin: Post) -> None:
    sara.send(_draft(to=[CHIEF], body=UNLABELLED, label="mycket_kanslig"))
    quoted = "\n\nFrån: Eva\nSkickat: den 12 mars 2026 10:00\nTill: Sara\nÄmne: lunch\n\nVi ses klockan tolv."
    fields: dict[str, Any] = {"label": "none", "subject": "VB: lunch", "compose_type": "forward", "session": "s-1"}
    asked = _draft(body=f"Hej{quoted}", **fields)
    approval = _approved(sara, kerstin, asked)
    pasted = _draft(body=f"Hej {UNLABELLED}{quoted}", **fields)
    assert _is_held(sara.send(pasted, approval_id=approval))
    assert not _is_held(sara.send(asked, approval_id=approval))


def test_an_approval_of_an_unread_mail_is_spent_too(sara: Post, kerstin: Post) -> None:
    unread = [{"name": "Mötet", "content_type": "message/rfc822"}]
    draft = _draft(label="none", subject="Underlag", body="Hej", attachments=unread, session="s-1")

    def is_asked(**fields: Any) -> bool:  # noqa: ANN401 - JSON
        asked = sara.send(draft | {"session": fields.pop("session", "s-1")}, **fields)["obligations"]
        return any(one["code"] == "request_forward_approval" and not one["met"] for one in asked)

    assert is_asked()
    approval = _approved(sara, kerstin, draft)
    assert not is_asked(approval_id=approval)
    assert is_asked(approval_id=approval, session="s-2")


def test_an_unlabelled_forward_is_shown_with_its_threads_label_and_stays_inside(sara: Post, kerstin: Post) -> None:
    sara.send(_draft(to=[CHIEF], conversation_id="c-1"))
    outside = ["kalle@foretag.example", COLLEAGUE]
    fields: dict[str, Any] = {"label": "none", "subject": "VB: x", "body": "Se nedan.", "conversation_id": "c-1"}
    forward = _draft(to=outside, compose_type="forward", **fields)
    assert sara.ask(forward)["label"] == "mycket_kanslig"
    approval = _approved(sara, kerstin, forward | {"body": "Läs nedan."})
    answer = sara.send(forward | {"body": "Läs nedan."}, approval_id=approval)
    unmet = [one["code"] for one in answer["obligations"] if not one["met"]]
    assert (answer["send_decision"], unmet) == ("block", ["verify_recipients"])
    assessed = sara("assessments", **forward | {"body": "Läs nedan."})[1]
    assert (assessed["send_decision"], assessed["label"]) == ("block", "none")
    assert [one["code"] for one in assessed["obligations"] if not one["met"]] == ["verify_recipients"]
    inside = _draft(compose_type="forward", **fields) | {"body": "Läs nedan."}
    assert not _is_held(sara.send(inside, approval_id=approval))


@pytest.mark.parametrize("person", ["omar", "mira", "pelle"])
def test_the_uninvolved_see_nothing(person: str, own_app: Flask, sara: Post) -> None:
    request = sara.ask(_draft())
    other = Post(signed_in(own_app, person))
    assert other.client.get(f"/api/v1/forward-requests/{request['id']}").status_code == 404
    assert other(f"forward-requests/{request['id']}/decision", decision="approve")[0] == 403
    assert other(f"forward-requests/{request['id']}/withdrawal")[0] == 404
    assert other.client.get("/api/v1/forward-requests/nobody").status_code == 404


def test_policy_tells_the_reasons(sara: Post) -> None:
    reasons = sara.client.get("/api/v1/policy").get_json()["reasons"]
    codes = {"consent_12_2", "necessary_10_2", "general_clause_10_27", "duty_10_28", "same_case"}
    assert {one["code"] for one in reasons} == codes
    assert all(one["text"] and one["text_en"] and one["source"].startswith("OSL") for one in reasons)


def test_an_alias_is_the_same_person(sara: Post) -> None:
    """Kerstin's other address in an answer is nobody new."""
    sara.send(_draft(to=[CHIEF], conversation_id="c-1"))
    answer = {"compose_type": "reply", "conversation_id": "c-1", "subject": "SV: Tuva"}
    assert not _is_held(sara.send(_draft(to=["orosanmalan.chef@granvik.example"], **answer)))
    assert _is_held(sara.send(_draft(to=[COLLEAGUE], **answer)))


FORM = (
    "Hej! Beslut enligt 4 kap. 1 § socialtjänstlagen för {child}. Utredningen som inleddes den {day} avslutas i dag. "
    "Vi har träffat {child} och {parent} hemma på {street} {number} gånger. Insatsen familjebehandling på Vasagården "
    "beviljas till och med sommaren. Beslutet kan överklagas till Förvaltningsrätten i Granvik inom tre veckor. Ring "
    "mig på Socialförvaltningen om något är oklart så går vi igenom det tillsammans med {parent} och skolan."
)


def test_a_form_letter_about_somebody_else_is_asked_about_and_not_held(sara: Post) -> None:
    people = [("Tuva Lind", "3 mars", "Maria", "Ekgatan", "två"), ("Saga Holm", "9 maj", "Petra", "Björkvägen", "fem")]
    names = ("child", "day", "parent", "street", "number")
    first, second = (FORM.format(**dict(zip(names, one, strict=True))) for one in people)
    sara.send(_draft(to=[CHIEF], body=first, conversation_id="c-1"))
    answer = sara.send(_draft(to=[COLLEAGUE], body=second))
    assert answer["send_decision"] == "prompt"
    assert "request_forward_approval" in {one["code"] for one in answer["obligations"] if not one["met"]}
    # Nor does who got the second letter pass for somebody who takes part in the thread of the first.
    assert _is_held(sara.send(_draft(to=[COLLEAGUE], body=first, conversation_id="c-1", compose_type="reply")))


def test_an_approved_mail_that_carries_a_flagged_one_is_flagged_as_that_was(sara: Post, kerstin: Post) -> None:
    sara.send(_draft(to=[CHIEF], in_reply_to="<1@granvik.example>"))
    mail = b"From: a@granvik.example\r\nMessage-ID: <1@granvik.example>\r\nDate: x\r\nSubject: x\r\n\r\nHej."
    files = [{"name": "x.eml", "content_type": "message/rfc822", "content_base64": b64encode(mail).decode()}]
    carrier = {"subject": "x", "body": "Se bifogat.", "recipients": [{"address": COLLEAGUE}], "attachments": files}
    carrier |= {"conversation_id": "c-9"}
    assert _is_held(sara.send(carrier))
    request = sara.ask(carrier)
    assert request["label"] == "mycket_kanslig"
    kerstin(f"forward-requests/{request['id']}/decision", decision="approve")
    assert not _is_held(sara.send(carrier, approval_id=request["id"]))
    known = sara("thread-checks", draft={"subject": "", "body": "", "conversation_id": "c-9"})[1]
    assert known["thread_label"] == "mycket_kanslig"

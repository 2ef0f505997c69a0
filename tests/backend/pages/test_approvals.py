"""The approver's pages: what they show, and what a click does."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from backend.domain.draft import Mailbox
from backend.domain.forwarding import RequestStatus
from backend.domain.recipient import Concern, RecipientVerdict
from backend.pages.page_views import page_words
from backend.workflow.forward_view import ForwardDecision, RecipientView
from tests.backend.pages.page_desk import ANNA, ASKED, OUTSIDE, WRONG, PagesCase, request_view

SHOWN = "@<wbr>"
"""An address may be broken there and nowhere else."""
ADDRESSES = [one.mailbox.address for one in (ANNA, OUTSIDE, WRONG) if one.mailbox]
SHOWN_ADDRESSES = [one.replace("@", SHOWN) for one in ADDRESSES]


def _page(case: PagesCase, person: str = "kerstin", path: str = "/pages/approvals/r1", **headers: str) -> str:
    answer = case.client(person).get(path, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.get_data(as_text=True)


def test_what_is_asked_is_told_in_words(case: PagesCase) -> None:
    case.desk.put(request_view())
    page = _page(case)
    for words in (
        "Sara Lindqvist", "Socialsekreterare", "Mycket känslig", "Hälsa, Socialtjänst",
        "Mottagaren arbetar med samma ärende hos oss", "OSL 8 kap. 2 §", "De tar över ärendet\nfrån måndag.",
        "22 november 2026 kl. 09.05", "25 november 2026 kl. 09.05", "Anna Berg", *SHOWN_ADDRESSES, "Kollega i kommunen",
        "Utanför kommunen", "har inte skickat något känsligt hit förut", "Adressen liknar en känd adress",
    ):  # fmt: skip
        assert words in page, words
    assert "checked" not in page


def test_the_list(case: PagesCase) -> None:
    assert "Inget väntar på dig just nu." in _page(case, path="/pages/approvals")
    case.desk.put(request_view(), request_view("r2", ANNA, requester=None))
    page = _page(case, path="/pages/approvals")
    assert page.index("/pages/approvals/r1") < page.index("/pages/approvals/r2")
    assert "3 mottagare" in page
    assert "1 mottagare" in page
    assert page.count("Minst en mottagare är osäker") == 1
    client = case.client("kerstin")
    case.answer(client, decision="refuse")
    page = client.get("/pages/approvals").get_data(as_text=True)
    assert page.index("/pages/approvals/r2") < page.index("Det du har svarat på nyligen") < page.index("approvals/r1")


@pytest.mark.parametrize(
    ("fields", "decision"),
    [
        ({"decision": "refuse"}, ForwardDecision(approve=False)),
        ({"decision": "refuse", "recipient": ADDRESSES}, ForwardDecision(approve=False)),
        (
            {"decision": "approve", "recipient": ADDRESSES},
            ForwardDecision(approve=True, recipients=frozenset(ADDRESSES)),
        ),
        (
            {"decision": "approve", "recipient": [ADDRESSES[0], "evil@evil.example"], "comment": " Bara\r\nAnna.\x00 "},
            ForwardDecision(approve=True, recipients=frozenset(ADDRESSES[:1]), comment="Bara\nAnna."),
        ),
    ],
    ids=["no", "no with marks", "all", "some"],
)  # fmt: skip
def test_an_answer(fields: dict[str, Any], decision: ForwardDecision, case: PagesCase) -> None:
    case.desk.put(request_view())
    answer = case.answer(case.client("kerstin"), **fields)
    assert (answer.status_code, answer.location) == (303, "/pages/approvals/r1")
    assert case.desk.decisions == [decision]
    page = _page(case)
    assert ("Godkänd" if decision.approve else "Nekad") in page
    assert "Du svarade 22 november 2026 kl. 10.05." in page
    assert page.count("Får ta emot") == len(decision.recipients or ())
    assert decision.comment in page
    assert 'name="decision"' not in page


def test_a_request_for_one_recipient_needs_no_mark(case: PagesCase) -> None:
    case.desk.put(request_view("r1", ANNA))
    page = _page(case)
    assert "checkbox" not in page
    assert f'<input type="hidden" name="recipient" value="{ADDRESSES[0]}">' in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"decision": "approve"}, "Markera minst en mottagare, eller säg nej."),
        ({"decision": "approve", "recipient": "evil@evil.example"}, "Markera minst en mottagare"),
        ({"decision": "refuse", "comment": "å" * 501}, "Kommentaren är för lång."),
        ({"decision": "refuse", "comment": "Hens personnummer stämmer inte."}, "Kommentaren"),
        ({"decision": "approve", "recipient": ADDRESSES, "comment": "å" * 501}, "Kommentaren är för lång."),
    ],
)
def test_a_wrong_answer_loses_nothing(fields: dict[str, Any], words: str, case: PagesCase) -> None:
    case.desk.put(request_view())
    answer = case.answer(case.client("kerstin"), **fields)
    page = answer.get_data(as_text=True)
    assert (answer.status_code, case.desk.decisions) == (422, [])
    assert words in page
    assert fields.get("comment", "") in page
    assert page.count(" checked>") == (3 if fields.get("recipient") == ADDRESSES else 0)


def test_a_comment_of_just_500_signs(case: PagesCase) -> None:
    case.desk.put(request_view())
    assert case.answer(case.client("kerstin"), decision="refuse", comment="å\r\n" * 249 + "åå").status_code == 303


@pytest.mark.parametrize("decision", ["", "maybe", "APPROVE"])
def test_a_button_that_does_not_exist(decision: str, case: PagesCase) -> None:
    case.desk.put(request_view())
    answer = case.answer(case.client("kerstin"), decision=decision, recipient=ADDRESSES, comment="Kvar.")
    page = answer.get_data(as_text=True)
    assert (answer.status_code, case.desk.decisions) == (422, [])
    assert "Tryck på Godkänn eller Säg nej." in page
    assert page.count(" checked>") == 3
    assert ">Kvar.</textarea>" in page


def test_the_same_click_twice_and_another_click(case: PagesCase) -> None:
    case.desk.put(request_view())
    client = case.client("kerstin")
    fields: dict[str, Any] = {"decision": "approve", "recipient": ADDRESSES[:1]}
    assert [case.answer(client, **fields).location for _ in range(2)] == ["/pages/approvals/r1"] * 2
    other = case.answer(client, decision="refuse")
    assert "Du hade redan svarat, så inget ändrades." in client.get(other.location).get_data(as_text=True)
    late = case.answer(case.client("pelle"), decision="refuse")
    assert "Ditt svar sparades inte" in _page(case, "pelle", late.location)
    assert "Kerstin Åberg svarade" in _page(case, "pelle", late.location)
    assert len(case.desk.decisions) == 1


def test_somebody_decides_between_look_and_click(case: PagesCase, monkeypatch: pytest.MonkeyPatch) -> None:
    case.desk.put(request_view())
    decide = case.desk.decide

    def slow(request_id: str, decision: ForwardDecision, person: Any) -> Any:  # noqa: ANN401 - passed on
        decide(request_id, ForwardDecision(approve=False), case.people.person(case.people.people[-1]))
        return decide(request_id, decision, person)

    monkeypatch.setattr(case.desk, "decide", slow)
    answer = case.answer(case.client("kerstin"), decision="approve", recipient=ADDRESSES)
    assert answer.location == "/pages/approvals/r1?late=1"
    assert case.desk.requests["r1"].status is RequestStatus.REFUSED


@pytest.mark.parametrize("status", [one for one in RequestStatus if one is not RequestStatus.PENDING])
def test_what_is_over_is_told_kindly(status: RequestStatus, case: PagesCase) -> None:
    case.desk.put(request_view(status=status, may_decide=False, decided_at=ASKED + timedelta(hours=1)))
    page, words = _page(case), page_words()["sv"]["outcome"]
    assert words[status.value] in page
    assert words[f"{status.value}_lead"] in page
    assert "Svaret kom" in page
    assert case.answer(case.client("kerstin"), decision="refuse").status_code == 303
    assert case.desk.decisions == []


def test_nobody_answers_for_oneself(case: PagesCase) -> None:
    case.desk.put(request_view())
    page = _page(case, "sara")
    assert "Det här är din egen begäran." in page
    assert "<textarea" not in page
    assert case.answer(case.client("sara"), decision="approve", recipient=ADDRESSES).status_code == 403
    assert case.desk.decisions == []


def test_others_are_told_that_there_is_nothing(case: PagesCase) -> None:
    case.desk.put(request_view())
    for person, id_ in (("omar", "r1"), ("kerstin", "r9"), ("kerstin", "../r1")):
        assert case.client(person).get(f"/pages/approvals/{id_}").status_code == 404
        assert case.answer(case.client(person), id_, decision="refuse").status_code in {404, 405}


def test_erased_addresses(case: PagesCase) -> None:
    gone = replace(ANNA, mailbox=None)
    case.desk.put(request_view("r1", gone, gone, requester=None, requester_title="", comment="", categories=()))
    page = _page(case)
    assert page.count("Adressen är raderad") == 2
    assert "En kollega" in page
    assert "Framgår inte" in page


EVIL = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("mailbox", "shown", "hidden"),
    [
        (Mailbox(f"{EVIL}@x.example", EVIL), "&lt;script&gt;", "<script"),
        (Mailbox("eve@evil.example", "anna.berg@granvik.example"), f"eve{SHOWN}evil.example", f"{SHOWN}granvik.ex"),
        (Mailbox("eve@evil.example", "Anna\u202egreB"), "AnnagreB", "\u202e"),
        (Mailbox('"><b>@x.example', ""), "&#34;&gt;&lt;b&gt;", '"><b>'),
    ],
    ids=["script", "address as a name", "turned", "quote"],
)
def test_a_name_is_only_a_name(mailbox: Mailbox, shown: str, hidden: str, case: PagesCase) -> None:
    view = RecipientView(mailbox, RecipientVerdict.EXTERNAL, (), approved=False)
    case.desk.put(request_view("r1", view, WRONG, comment=EVIL, requester=Mailbox("s@granvik.example", EVIL)))
    page = _page(case)
    assert shown in page
    assert hidden not in page


TURNING = "\u202e"


def test_turned_addresses_and_words_are_told(case: PagesCase) -> None:
    """Of an address nothing is left out, lest it look like another one; of words what shows nothing is."""
    views = [
        RecipientView(Mailbox(f"anna{sign}.berg@granvik.example"), RecipientVerdict.EXTERNAL, (), approved=False)
        for sign in (TURNING, "\u200b", "\x07", "\u2066", "\u00ad")
    ]
    turned = f"Inget{TURNING} hemligt"
    case.desk.put(
        request_view("r1", *views, comment=turned, requester_title=turned, requester=Mailbox(f"eva{TURNING}@x.example"))
    )
    # A form's value is what was asked for, sign by sign. Nobody sees it.
    seen_by = {
        path: re.sub(r'value="[^"]*"', "", _page(case, path=path))
        for path in ("/pages/approvals", "/pages/approvals/r1")
    }
    for path, seen in seen_by.items():
        assert not [one for one in seen if not (one.isprintable() or one == "\n")], path
        assert "eva[U+202E]@x.example" in seen
    seen = seen_by["/pages/approvals/r1"]
    for code in ("202E", "200B", "0007", "2066", "00AD"):
        assert f'<bdi dir="ltr">anna[U+{code}].berg{SHOWN}granvik.example</bdi>' in seen
    assert seen.count("Inget hemligt") == 2


def test_turned_address_can_be_approved(case: PagesCase) -> None:
    turned = RecipientView(Mailbox(f"anna{TURNING}@x.example"), RecipientVerdict.EXTERNAL, (), approved=False)
    case.desk.put(request_view("r1", turned, ANNA))
    address = f"anna{TURNING}@x.example"
    assert case.answer(case.client("kerstin"), decision="approve", recipient=address).status_code == 303
    assert case.desk.decisions == [ForwardDecision(approve=True, recipients=frozenset({address}))]


def test_turned_words_of_an_answer(case: PagesCase) -> None:
    decider = Mailbox(f"k{TURNING}@x.example", TURNING)
    decided = {"status": RequestStatus.REFUSED, "may_decide": False, "decided_at": ASKED}
    case.desk.put(request_view("r1", ANNA, decider=decider, answer=f"Nej{TURNING}.", **decided))
    page = _page(case)
    assert TURNING not in page
    assert "k[U+202E]@x.example" in page
    assert "Nej." in page


def test_those_without_a_warning_can_be_marked_at_once(case: PagesCase) -> None:
    plain = [replace(ANNA, mailbox=Mailbox(f"a{n}@granvik.example")) for n in range(3)]
    case.desk.put(request_view("r1", *plain[:2], WRONG), request_view("r2", *plain, WRONG, OUTSIDE))
    assert "Markera alla utan varning" not in _page(case)
    assert "Markera alla utan varning" in _page(case, path="/pages/approvals/r2")
    assert _page(case, path="/pages/approvals/r2?mark=plain").count(" checked>") == 3


def test_every_verdict_and_concern_has_its_words(case: PagesCase) -> None:
    for number, verdict in enumerate(RecipientVerdict):
        case.desk.put(request_view(f"v{number}", replace(ANNA, verdict=verdict, concerns=tuple(Concern))))
        assert page_words()["sv"]["verdicts"][verdict.value] in _page(case, path=f"/pages/approvals/v{number}")


def test_in_english(case: PagesCase) -> None:
    case.desk.put(request_view())
    page = _page(case, Accept_Language="en-GB,en;q=0.9")
    for words in ('<html lang="en">', "May this be forwarded?", "Highly sensitive", "The recipient works on the same"):
        assert words in page
    assert '<html lang="sv">' in _page(case, Accept_Language="de")


def _keys(words: Any, path: str = "") -> set[str]:  # noqa: ANN401 - a tree of words
    if not isinstance(words, dict):
        return {path}
    return {key for name, below in words.items() for key in _keys(below, f"{path}.{name}")}


def test_both_languages_say_the_same() -> None:
    words = page_words()
    assert _keys(words["sv"]) == _keys(words["en"])


def test_no_page_has_style_or_script_of_its_own(case: PagesCase) -> None:
    case.desk.put(request_view())
    for path in ("/pages/approvals", "/pages/approvals/r1", "/pages/sign-in", "/pages/nope"):
        page = case.client("kerstin").get(path).get_data(as_text=True)
        assert "<script" not in page
        assert "style=" not in page
        assert "<style" not in page

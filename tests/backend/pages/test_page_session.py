"""The pages' cookie and forms: who is let in, for how long, and whose forms count."""

import time
from typing import Any

import pytest
from flask.testing import FlaskClient
from itsdangerous import URLSafeSerializer

from backend.domain.person import Person, Role
from backend.pages.page_forms import HOME, MOST_FORM_BYTES, return_path
from backend.pages.page_session import PageSessions
from backend.workflow.feedback_keys import derived_key
from tests.backend.pages.page_desk import ANNA, KEY, PagesCase, request_view

COOKIE = "sandkoll-pages"
CONTENT = {"s": "x", "i": "kerstin", "t": "granvik", "r": ["approver"], "n": "K", "a": "k@granvik.example"}


def _signed(content: Any, *, secret: str = KEY, purpose: str = "page session", salt: str = "page-session-1") -> str:  # noqa: ANN401 - whatever is signed
    return URLSafeSerializer(derived_key(secret.encode(), purpose), salt=salt).dumps(content)


def _holding(case: PagesCase, value: str) -> FlaskClient:
    client = case.client()
    client.set_cookie(COOKIE, value, path="/pages")
    return client


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("/pages/approvals/r1", True),
        ("/pages/audit?event=log_read&since=2026-11-01", True),
        ("/pages/approvals?mark=plain#x", True),
        ("", False),
        ("/", False),
        ("//evil.example/pages/", False),
        ("/\\evil.example/pages/", False),
        ("/pages/\\evil.example", False),
        ("https://evil.example/pages/", False),
        ("https:/pages/approvals", False),
        ("javascript:alert(1)", False),
        ("/pages/../demo/", False),
        ("/pages/%2e%2e/demo/", False),
        ("/pages/\n//evil.example", False),
        ("/pages/\t/evil.example", False),
        ("/pages/sign-out", False),
        ("/pages/sign-in?next=/pages/sign-in", False),
        ("/pagesevil", False),
        (" /pages/approvals", False),
        ("/pages/" + "a" * 1001, False),
        ("/pages/å", False),
    ],
)
def test_one_returns_to_our_own_pages_only(given: str, *, taken: bool, case: PagesCase) -> None:
    assert return_path(given) == (given if taken else HOME)
    answer = case.client().post("/pages/sign-in", data={"person": "kerstin", "next": given})
    assert (answer.status_code, answer.location) == (303, given if taken else HOME)


def test_a_page_is_closed_until_one_has_signed_in(case: PagesCase) -> None:
    for path in ("/pages/approvals", "/pages/approvals/r1?mark=plain"):
        answer = case.client().get(path)
        assert answer.status_code == 302
        assert answer.location.startswith("/pages/sign-in?next=/pages/approvals")
    posted = case.client().post("/pages/approvals/r1", data={"decision": "approve"})
    assert posted.status_code == 401
    assert "WWW-Authenticate" in posted.headers
    assert "/pages/sign-in?next=/pages/approvals/r1" in posted.get_data(as_text=True)


NOW = int(time.time())
FRESH = CONTENT | {"b": NOW, "l": NOW}


@pytest.mark.parametrize(
    "value",
    [
        "",
        "junk",
        "å",
        _signed(FRESH, secret="x" * 64),
        _signed(FRESH, purpose="page form"),
        _signed(FRESH, salt="page-flow-1"),
        _signed(FRESH)[:-1],
        _signed(FRESH | {"r": ["emperor"]}),
        _signed({**FRESH, "l": "now"}),
        _signed({"s": "x"}),
        _signed([FRESH]),
        _signed(None),
    ],
)
def test_a_cookie_that_is_not_ours_is_none(value: str, case: PagesCase) -> None:
    assert _holding(case, value).get("/pages/approvals").status_code == 302


@pytest.mark.parametrize(
    ("began", "seen", "status"), [(0, 0, 200), (3500, 3500, 200), (3700, 3700, 302), (14300, 10, 200), (14500, 10, 302)]
)
def test_a_session_ends(began: int, seen: int, status: int, case: PagesCase) -> None:
    now = int(time.time())
    client = _holding(case, _signed(CONTENT | {"b": now - began, "l": now - seen}))
    assert client.get("/pages/approvals").status_code == status


def test_whoever_stays_is_not_signed_out_and_keeps_the_session(case: PagesCase) -> None:
    now = int(time.time())
    client = _holding(case, _signed(CONTENT | {"b": now - 3000, "l": now - 3000}))
    token = case.form_token(client)
    renewed = client.get_cookie(COOKIE, path="/pages")
    assert renewed is not None
    read = URLSafeSerializer(derived_key(KEY.encode(), "page session"), salt="page-session-1").loads(renewed.value)
    assert (read["b"], read["l"] >= now) == (now - 3000, True)
    assert case.form_token(client) == token


def test_signing_in_makes_a_session_that_nobody_knew(case: PagesCase) -> None:
    planted = _signed(FRESH)
    client = _holding(case, planted)
    before = case.form_token(client)
    assert client.post("/pages/sign-in", data={"person": "mira"}).status_code == 303
    cookie = client.get_cookie(COOKIE, path="/pages")
    assert cookie is not None
    assert cookie.value != planted
    assert case.form_token(client) != before


def test_signing_out(case: PagesCase) -> None:
    client = case.client("kerstin")
    assert client.post("/pages/sign-out").status_code == 403
    assert client.get("/pages/sign-out").status_code == 404
    answer = client.post("/pages/sign-out", data={"form_token": case.form_token(client)})
    assert (answer.status_code, answer.location) == (303, "/pages/signed-out")
    assert client.get_cookie(COOKIE, path="/pages") is None
    assert client.get("/pages/approvals").status_code == 302


@pytest.mark.parametrize("token", ["", "x", "å", "0" * 64])
def test_a_form_without_its_token_does_nothing(token: str, case: PagesCase) -> None:
    case.desk.put(request_view("r1", ANNA))
    client = case.client("kerstin")
    answer = client.post(
        "/pages/approvals/r1",
        data={"form_token": token, "decision": "approve", "recipient": ANNA.mailbox.address},  # type: ignore[union-attr]  # it has one
    )
    assert (answer.status_code, case.desk.decisions) == (403, [])


def test_another_persons_token_does_not_do(case: PagesCase) -> None:
    case.desk.put(request_view("r1", ANNA))
    token, client = case.form_token(case.client("pelle")), case.client("kerstin")
    assert client.post("/pages/approvals/r1", data={"form_token": token, "decision": "refuse"}).status_code == 403
    assert case.desk.decisions == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),
        ({"Origin": "null"}, 303),
        ({"Origin": "http://localhost"}, 303),
        ({}, 303),
    ],
)
def test_forms_of_other_sites(headers: dict[str, str], status: int, case: PagesCase) -> None:
    case.desk.put(request_view("r1", ANNA))
    client = case.client("kerstin")
    form = {"form_token": case.form_token(client), "decision": "refuse"}
    assert client.post("/pages/approvals/r1", data=form, headers=headers).status_code == status
    assert case.client().post("/pages/sign-in", data={"person": "mira"}, headers=headers).status_code == status


def test_a_form_is_short(case: PagesCase) -> None:
    client = case.client("kerstin")
    form = {"form_token": case.form_token(client), "comment": "x" * MOST_FORM_BYTES}
    assert client.post("/pages/approvals/r1", data=form).status_code == 413


def test_the_demonstration_knows_its_people_only(case: PagesCase) -> None:
    assert case.client().post("/pages/sign-in", data={"person": "nobody"}).status_code == 401


def test_the_cookie_in_production_and_in_the_demonstration() -> None:
    for secure, name in ((True, "__Secure-sandkoll-pages"), (False, COOKIE)):
        assert PageSessions(b"x" * 32, secure=secure).cookie == name


def test_a_cookie_with_the_longest_words_is_kept_by_browsers(case: PagesCase) -> None:
    person = Person("0" * 36, "0" * 36, frozenset(Role), name="Ö" * 320, address="ö" * 300 + "@granvik.example")
    with case.app.test_request_context():
        response = case.app.make_response("")
        case.sessions.begin(person, response)
    assert len(response.headers["Set-Cookie"]) < 4096

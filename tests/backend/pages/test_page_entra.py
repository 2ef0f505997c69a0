"""Signing in to the pages with Entra ID: over real connections, by msal, against a stand-in."""

from collections.abc import Iterator
from dataclasses import replace
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from backend.sign_in.entra_application import EntraApplication
from backend.sign_in.entra_sign_in import EntraSignIn
from backend.sign_in.page_sign_in import EntraPageSignIn, PageApplication
from backend.workflow.feedback_keys import derived_key
from tests.backend.entra_faults import DOWN, GARBAGE, Endpoint
from tests.backend.entra_tokens import ADDIN, API, OTHER_TENANT, TENANT
from tests.backend.on_behalf_of import SECRET
from tests.backend.pages.code_authority import REDIRECT, CodeAuthority
from tests.backend.pages.page_desk import KEY, PagesCase

HOST = "https://sandkoll.granvik.example"
COOKIE, FLOW = "__Secure-sandkoll-pages", "__Secure-sandkoll-pages-flow"
GUEST = {"idp": "https://sts.windows.net/11111111-2222-3333-4444-555555555555/"}


@pytest.fixture
def served(authority: CodeAuthority, tmp_path: Path, case: PagesCase) -> Iterator[PagesCase]:
    application = EntraApplication(
        client_id=API, client_applications=frozenset({ADDIN, API}), tenants=frozenset({TENANT}),
        authority=authority.url, ca_bundle=authority.ca_file,
    )  # fmt: skip
    way = EntraPageSignIn(PageApplication(authority.url, API, REDIRECT, SECRET, ca_bundle=authority.ca_file))
    sign_in = EntraSignIn(application)
    made = PagesCase(tmp_path, way, authenticator=sign_in, municipalities={TENANT: case.municipality})
    yield made
    made.close()


def _browser(served: PagesCase) -> FlaskClient:
    return served.app.test_client()


def _get(browser: FlaskClient, path: str) -> TestResponse:
    return browser.get(path, base_url=HOST)


def _send(browser: FlaskClient, form: dict[str, str]) -> TestResponse:
    """As the authority's page makes the browser do it."""
    headers = {"Origin": "https://login.microsoftonline.com", "Sec-Fetch-Site": "cross-site"}
    return browser.post("/pages/signed-in", data=form, base_url=HOST, headers=headers)


def _cookies(response: TestResponse) -> dict[str, Any]:
    jar: SimpleCookie = SimpleCookie()
    for one in response.headers.getlist("Set-Cookie"):
        jar.load(one)
    return dict(jar)


def test_from_the_link_in_a_mail_to_the_request(served: PagesCase, authority: CodeAuthority) -> None:
    browser = _browser(served)
    closed = _get(browser, "/pages/approvals/r1")
    assert (closed.status_code, closed.location) == (302, "/pages/sign-in?next=/pages/approvals/r1")
    away = _get(browser, closed.location)
    back = _send(browser, authority.sign_in(away.location, roles=["DataProtectionOfficer"]))
    assert (back.status_code, back.location) == (303, "/pages/approvals/r1")
    page = _get(browser, "/pages/approvals").get_data(as_text=True)
    assert "Sara Ek" in page
    assert 'href="/pages/audit"' in page


def test_cookies_are_kept_close_and_hold_no_token(served: PagesCase, authority: CodeAuthority) -> None:
    browser = _browser(served)
    away = _get(browser, "/pages/sign-in")
    assert "auth_uri" not in str(_cookies(away)[FLOW])
    back = _send(browser, authority.sign_in(away.location))
    cookies = _cookies(back)
    for one, same_site in ((_cookies(away)[FLOW], "None"), (cookies[COOKIE], "Lax")):
        assert (one["httponly"], one["secure"], one["samesite"]) == (True, True, same_site)
        assert one["path"].startswith("/pages")
    assert cookies[FLOW].value == ""
    read = served.sessions._serializer.loads(cookies[COOKIE].value)  # noqa: SLF001 - what stands in it is the point
    assert set(read) == {"s", "b", "l", "i", "t", "r", "n", "a"}


@pytest.mark.parametrize(
    ("claims", "status"),
    [({"tid": OTHER_TENANT}, 403), (GUEST, 403), ({"scp": "User.Read"}, 401), ({"exp": 1}, 401), ({"aud": ADDIN}, 401)],
    ids=["another organisation", "guest", "another scope", "expired", "another audience"],
)
def test_the_token_is_checked_like_any_other(
    claims: dict[str, Any], status: int, served: PagesCase, authority: CodeAuthority
) -> None:
    browser = _browser(served)
    answer = _send(browser, authority.sign_in(_get(browser, "/pages/sign-in").location, **claims))
    assert answer.status_code == status
    assert COOKIE not in _cookies(answer)
    assert _get(browser, "/pages/approvals").status_code == 302


def _wrong_state(form: dict[str, str]) -> dict[str, str]:
    return form | {"state": "x"}


def _refusal(form: dict[str, str]) -> dict[str, str]:
    return {"error": "access_denied", "error_description": "Sara", "state": form["state"]}


@pytest.mark.parametrize(
    "changed",
    [_wrong_state, _refusal, lambda _: {}, lambda form: form | {"code": "x"}],
    ids=["another state", "refused", "no answer", "another code"],
)
def test_an_answer_of_another_sign_in_is_refused(changed: Any, served: PagesCase, authority: CodeAuthority) -> None:  # noqa: ANN401 - a change
    browser = _browser(served)
    answer = _send(browser, changed(authority.sign_in(_get(browser, "/pages/sign-in").location)))
    assert answer.status_code == 401
    assert "Sara" not in answer.get_data(as_text=True)
    assert COOKIE not in _cookies(answer)


def test_a_code_is_good_once(served: PagesCase, authority: CodeAuthority) -> None:
    browser = _browser(served)
    away = _get(browser, "/pages/sign-in")
    back = authority.sign_in(away.location)
    assert _send(browser, back).status_code == 303
    assert _send(browser, back).status_code == 401  # the flow's cookie is gone
    thief = _browser(served)
    thief.set_cookie(FLOW, _cookies(away)[FLOW].value, domain="sandkoll.granvik.example", path="/pages/signed-in")
    assert _send(thief, back).status_code == 401  # the authority knows that it was redeemed


def test_nobody_is_signed_in_with_somebody_elses_code(served: PagesCase, authority: CodeAuthority) -> None:
    attacker, victim = _browser(served), _browser(served)
    back = authority.sign_in(_get(attacker, "/pages/sign-in").location)
    assert _send(victim, back).status_code == 401
    _get(victim, "/pages/sign-in")
    assert _send(victim, back).status_code == 401


def test_a_flow_ends(served: PagesCase, authority: CodeAuthority, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = _browser(served)
    back = authority.sign_in(_get(browser, "/pages/sign-in").location)
    monkeypatch.setattr(URLSafeTimedSerializer, "loads", _loads_later)
    assert _send(browser, back).status_code == 401


_LOADS = URLSafeTimedSerializer.loads


def _loads_later(self: Any, value: str, max_age: int) -> Any:  # noqa: ANN401 - passes on what it was given
    return _LOADS(self, value, max_age=max_age - 16 * 60)


def test_a_flow_signed_for_another_use_is_not_taken(served: PagesCase, authority: CodeAuthority) -> None:
    browser = _browser(served)
    back = authority.sign_in(_get(browser, "/pages/sign-in").location)
    forged = URLSafeTimedSerializer(derived_key(KEY.encode(), "page session"), salt="page-flow-1").dumps({})
    browser.set_cookie(FLOW, forged, domain="sandkoll.granvik.example", path="/pages/signed-in")
    assert _send(browser, back).status_code == 401


@pytest.mark.parametrize("fault", [DOWN, GARBAGE], ids=["down", "garbage"])
@pytest.mark.parametrize("endpoint", [Endpoint.METADATA, Endpoint.TOKEN])
def test_an_authority_that_fails(endpoint: Endpoint, fault: Any, served: PagesCase, authority: CodeAuthority) -> None:  # noqa: ANN401 - a Fault
    browser = _browser(served)
    back = authority.sign_in(_get(browser, "/pages/sign-in").location)
    with authority.faulty(endpoint, replace(fault)):
        answer = _get(browser, "/pages/sign-in") if endpoint is Endpoint.METADATA else _send(browser, back)
    assert answer.status_code == (401 if endpoint is Endpoint.TOKEN and fault is GARBAGE else 503)
    assert answer.content_type.startswith("text/html")


def test_whoever_is_signed_in_is_not_sent_away(served: PagesCase, authority: CodeAuthority) -> None:
    browser = _browser(served)
    _send(browser, authority.sign_in(_get(browser, "/pages/sign-in").location))
    again = _get(browser, "/pages/sign-in?next=/pages/audit")
    assert (again.status_code, again.location) == (302, "/pages/audit")


def test_after_signing_out_one_chooses_the_account(served: PagesCase) -> None:
    browser = _browser(served)
    assert "prompt=select_account" in _get(browser, "/pages/sign-in?choose=1").location
    assert "prompt" not in _get(browser, "/pages/sign-in").location

"""Who is let in: tokens good and bad, and who may read the counters."""

import time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from backend.sign_in.demo_sign_in import DemoSignIn, sample_municipality
from tests.backend.served import KEY

POLICY = "/api/v1/policy"
GOOD = DemoSignIn(KEY.encode(), sample_municipality()).token("sara")
FOREIGN = DemoSignIn(b"x" * 64, sample_municipality()).token("sara")
OTHER_USE = URLSafeTimedSerializer(KEY.encode(), salt="verdict-1").dumps("sara")
NOBODY = URLSafeTimedSerializer(KEY.encode(), salt="demo-sign-in").dumps("nobody")
NO_TEXT = URLSafeTimedSerializer(KEY.encode(), salt="demo-sign-in").dumps(["sara"])
REFUSED = {
    "none": "",
    "scheme alone": "Bearer",
    "blank token": "Bearer ",
    "junk": "Bearer junk",
    "junk with dots": "Bearer a.b.c",
    "not ASCII": "Bearer åäö",
    "long": "Bearer " + "a" * 100_000,
    "other scheme": f"Basic {GOOD}",
    "no scheme": GOOD,
    "cut off": f"Bearer {GOOD[:-1]}",
    "changed": f"Bearer {'A' if GOOD[0] != 'A' else 'B'}{GOOD[1:]}",
    "signed by somebody else": f"Bearer {FOREIGN}",
    "signed for another use": f"Bearer {OTHER_USE}",
    "unknown person": f"Bearer {NOBODY}",
    "no person's id": f"Bearer {NO_TEXT}",
    "two tokens": f"Bearer {GOOD},Bearer {GOOD}",
}


@pytest.mark.parametrize("header", REFUSED.values(), ids=REFUSED.keys())
def test_refused(header: str, stranger: FlaskClient) -> None:
    response = stranger.get(POLICY, headers={"Authorization": header})
    assert (response.status_code, response.get_json()["code"]) == (401, "not_signed_in")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert GOOD not in response.get_data(as_text=True)


def test_let_in(stranger: FlaskClient) -> None:
    assert stranger.get(POLICY, headers={"Authorization": f"Bearer {GOOD}"}).status_code == 200


@pytest.mark.parametrize(("hours", "status"), [(11, 200), (13, 401)])
def test_token_is_good_for_half_a_day(
    hours: int, status: int, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + hours * 3600)
    assert stranger.get(POLICY, headers={"Authorization": f"Bearer {GOOD}"}).status_code == status


def test_token_in_the_address_does_not_count(stranger: FlaskClient) -> None:
    assert stranger.get(f"{POLICY}?access_token={GOOD}").status_code == 401


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.1", {}, 403),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.1"}, 403),
        ("127.0.0.1", {"Forwarded": "for=192.0.2.1"}, 403),
        ("127.0.0.1", {"X-Real-IP": "192.0.2.1"}, 403),
        ("192.0.2.1", {"Authorization": "Bearer "}, 403),
        ("192.0.2.1", {"Authorization": f"Bearer {GOOD}"}, 403),
    ],
)
def test_counters_are_for_this_machine(
    address: str, headers: dict[str, str], status: int, stranger: FlaskClient
) -> None:
    response = stranger.get("/metrics", headers=headers, environ_overrides={"REMOTE_ADDR": address})
    assert response.status_code == status


def test_headers_stand_on_every_answer(app: Flask) -> None:
    for path in ("/healthz", POLICY, "/nope", "/demo/people"):
        headers = app.test_client().get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
    assert app.test_client().get("/demo/people").headers["Cache-Control"] == "no-store"

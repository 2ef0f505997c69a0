"""Every route says what it demands of its caller, and keeps to it."""

from collections import defaultdict
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from backend.api.access import Access, access_of
from tests.backend.served import application

OPEN = {
    "/", "/<page>", "/assets/<path:name>", "/demo/", "/demo/<path:name>", "/demo/people", "/demo/directory",
    "/demo/outbox",
    "/pages/", "/pages/sign-in", "/pages/signed-out", "/pages/static/<name>", "/pages/<path:nowhere>",
    "/healthz", "/readyz", "/openapi/", "/openapi/openapi.json", "/openapi/static/<path:filename>",
}  # fmt: skip
"""A new address that anybody may read has to be given a thought here."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return application(Path(tmp_path_factory.mktemp("routes")))


def _demands(app: Flask) -> dict[str, Access | None]:
    with app.app_context():
        return {rule.rule: access_of(rule.endpoint) for rule in app.url_map.iter_rules()}


def _methods(rule: Rule) -> set[str]:
    return set(rule.methods or ()) | {"GET", "POST", "PUT", "PATCH", "DELETE"}


def test_every_route_has_a_demand(app: Flask) -> None:
    assert [rule for rule, access in _demands(app).items() if access is None] == []


def test_open_routes_are_the_ones_we_know(app: Flask) -> None:
    assert {rule for rule, access in _demands(app).items() if access is Access.OPEN} == OPEN


def test_the_interface_wants_to_know_who_calls(app: Flask) -> None:
    demands = _demands(app)
    assert {access for rule, access in demands.items() if rule.startswith("/api/")} == {Access.SIGNED_IN}
    assert demands["/metrics"] is Access.SCRAPER


def test_signed_in_routes_answer_nobody_else(app: Flask) -> None:
    client = app.test_client()
    taken_at: defaultdict[str, set[str]] = defaultdict(set)
    for rule in app.url_map.iter_rules():
        taken_at[rule.rule] |= set(rule.methods or ())
    asked = 0
    for rule in app.url_map.iter_rules():
        if _demands(app)[rule.rule] is not Access.SIGNED_IN:
            continue
        for method in _methods(rule):
            response = client.open(rule.rule, method=method, json={})
            taken = method in taken_at[rule.rule]
            assert response.status_code == (401 if taken else 405), (method, rule.rule)
            asked += taken
    assert asked


def test_route_without_a_demand_is_closed(app: Flask) -> None:
    view = app.view_functions["health.alive"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(app.view_functions, "health.alive", lambda: "")
        assert app.test_client().get("/healthz").status_code == 403
    assert app.view_functions["health.alive"] is view

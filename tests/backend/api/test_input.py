"""Whatever is sent, the answer has a code, comes soon and takes little memory."""

import json
import resource
import time
from base64 import b64encode
from typing import Any

import pytest
from flask.testing import FlaskClient

ASSESSMENTS = "/api/v1/assessments"
SENDS = "/api/v1/send-checks"
SECONDS = 2.0
MEBIBYTE = 2**20
MOST_MEMORY = 450 * MEBIBYTE


def _draft(**fields: Any) -> bytes:  # noqa: ANN401 - JSON
    return json.dumps({"subject": "", "body": "", **fields}, ensure_ascii=False).encode()


def _addresses(count: int) -> list[dict[str, str]]:
    return [{"address": f"a{number}@example.se"} for number in range(count)]


def _file(size: int) -> list[dict[str, str]]:
    return [{"name": "a", "content_base64": b64encode(bytes(size)).decode()}]


def _many_keys(count: int) -> bytes:
    return json.dumps(dict.fromkeys(map(str, range(count)), 0)).encode()


HTML = {"body_format": "html"}
TAKEN: dict[str, bytes] = {
    "empty draft": _draft(),
    "byte order mark": b"\xef\xbb\xbf" + _draft(),
    "UTF-16": _draft().decode().encode("utf-16"),
    "50,000 nested tags": _draft(body="<div>" * 50_000 + "x", **HTML),
    "50,000 nested cells": _draft(body="<table><tr><td>" * 50_000 + "x", **HTML),
    "half a tag": _draft(body="<div " + "a=b " * 50_000, **HTML),
    "null bytes": _draft(subject="\0", body="a\0b" * 1000),
    "lone surrogates": b'{"subject": "\\ud800", "body": "x\\udfffx"}',
    "right-to-left marks": _draft(subject="\u202egpj.exe", body="\u200f\u2066\u202e" * 10_000),
    "combining marks": _draft(body="a" + "\u0301" * 50_000),
    "invisible letters": _draft(body="s\u200bj\u200bu\u200bk" * 5000),
    "5,000 recipients": _draft(recipients=_addresses(5000)),
    "same recipient 5,000 times": _draft(recipients=[{"address": "a@example.se"}] * 5000),
    "250 attachments": _draft(attachments=["a.pdf"] * 250),
    "one mebibyte of text": _draft(body="\n" * MEBIBYTE),
    "25 mebibytes of files": _draft(attachments=_file(25 * MEBIBYTE)),
    "the last of two equal keys": b'{"subject": 1, "subject": "", "body": ""}',
}
REFUSED: dict[str, tuple[bytes, int, str]] = {
    "10 MB in one line": (_draft(body="a" * 10_000_000), 413, "draft_too_large"),
    "text over the limit": (_draft(body="a" * (MEBIBYTE + 1)), 413, "draft_too_large"),
    "HTML over the limit": (_draft(body="a" * (MEBIBYTE + 1), **HTML), 413, "draft_too_large"),
    "files over the limit": (_draft(attachments=_file(25 * MEBIBYTE + 1)), 413, "draft_too_large"),
    "request over the limit": (b" " * 40_000_000, 413, "draft_too_large"),
    "5,001 recipients": (_draft(recipients=_addresses(5001)), 413, "draft_too_large"),
    "251 attachments": (_draft(attachments=["a.pdf"] * 251), 413, "draft_too_large"),
    "a million letters of subject": (_draft(subject="x" * 1_000_000), 413, "draft_too_large"),
    "a million wrong recipients": (_draft(recipients=[0] * 1_000_000), 413, "draft_too_large"),
    "a million unknown keys": (_many_keys(1_000_000), 413, "draft_too_large"),
    "twelve million objects": (b'{"subject":[' + b"{}," * 12_000_000 + b"{}]}", 413, "draft_too_large"),
    "eighteen million numbers": (b'{"subject":[' + b"0," * 18_000_000 + b"0]}", 413, "draft_too_large"),
    "100,000 brackets": (b"[" * 100_000, 400, "json_too_deep"),
    "100,000 objects": (b'{"a":' * 100_000, 400, "json_too_deep"),
    "deep value": (b'{"subject":' + b"[" * 100_000 + b"]" * 100_000 + b"}", 400, "json_too_deep"),
    "huge number": (b'{"subject":' + b"9" * 1_000_000 + b"}", 400, "invalid_json"),
    "infinite number": (b'{"subject": 1e999999, "body": ""}', 422, "invalid_draft"),
    "NaN": (b'{"subject": NaN, "body": ""}', 400, "invalid_json"),
    "invalid UTF-8": (b'{"subject": "\xff", "body": ""}', 400, "invalid_json"),
    "cut off": (_draft()[:-1], 400, "invalid_json"),
    "two documents": (_draft() * 2, 400, "invalid_json"),
    "a list": (b"[]", 422, "invalid_draft"),
    "null": (b"null", 422, "invalid_draft"),
    "a string": (b'"draft"', 422, "invalid_draft"),
    "blank": (b" ", 400, "invalid_json"),
    "broken base64": (_draft(attachments=[{"name": "a", "content_base64": "å"}]), 422, "invalid_base64"),
}  # fmt: skip


def _post(client: FlaskClient, path: str, content: bytes) -> tuple[int, dict[str, Any]]:
    """Status and answer, once time and memory are found to be within bounds."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    response = client.post(path, data=content, content_type="application/json")
    assert time.process_time() - started < SECONDS
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < MOST_MEMORY
    answer: dict[str, Any] = response.get_json()
    assert response.mimetype == ("application/json" if response.status_code == 200 else "application/problem+json")
    return response.status_code, answer


@pytest.mark.parametrize("content", TAKEN.values(), ids=TAKEN.keys())
def test_odd_draft_is_assessed(content: bytes, client: FlaskClient) -> None:
    status, answer = _post(client, ASSESSMENTS, content)
    assert (status, answer["send_decision"]) in {(200, "allow"), (200, "prompt"), (200, "block")}


@pytest.mark.parametrize(("content", "status", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_bad_input_is_refused_with_a_code(content: bytes, status: int, code: str, client: FlaskClient) -> None:
    answered, answer = _post(client, ASSESSMENTS, content)
    assert (answered, answer["status"], answer["code"]) == (status, status, code)
    assert answer["title"]
    assert answer["title_en"]


@pytest.mark.parametrize("name", ["lone surrogates", "5,000 recipients", "null bytes"])
def test_odd_draft_can_be_sent(name: str, client: FlaskClient) -> None:
    status, answer = _post(client, SENDS, b'{"draft": ' + TAKEN[name] + b"}")
    assert status == 200
    assert answer["send_decision"] in {"allow", "prompt", "block"}


@pytest.mark.parametrize(
    "fields",
    [
        {"verdict": "\ud800"},
        {"grounds": {"photo": "\ud800"}},
        {"confirmed_recipients": ["\ud800"]},
        {"grounds": {str(number): "consent" for number in range(10_000)}},
        {"grounds": {"photo": 5}},
        {"grounds": []},
        {"label": "topp"},
        {"label": ""},
        {"verdict": 5},
        {"draft": None},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_wrong_send_check_is_refused(fields: dict[str, Any], client: FlaskClient) -> None:
    content = json.dumps({"draft": {"subject": "", "body": ""}, **fields}).encode()
    status, answer = _post(client, SENDS, content)
    assert (status, answer["code"]) == (422, "invalid_draft")


def test_service_lives_on(client: FlaskClient) -> None:
    assert client.get("/readyz").get_json()["status"] == "ok"

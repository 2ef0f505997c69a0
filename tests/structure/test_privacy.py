"""Canaries in every field of a draft: none comes back, is logged, stored or left in a temporary file."""

import dataclasses
import json
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backend.store.database import open_database
from backend.store.feedback import DatabaseFeedback
from tests.backend.api.demo_server import DemoServer, running_demo
from tests.backend.command_line.shell import process

pytestmark = pytest.mark.slow

# As fragments, so that a part of a value counts as well; long enough not to stand in a hash by chance.
CANARIES = (
    "kanariesson",
    "tjoflöjt",
    "kanariegatan",
    "0101-9801",
    "01019801",
    "19120211",
    "1740605",
    "174 06 05",
    "kanarie@",
    "fågelbo",
)
TEXT = (
    "Orosanmälan om Tjoflöjt Kanariesson, Kanariegatan 17, 19000101-9801 och 191202119986, 070-174 06 05. "
    "tjoflöjt kanariesson blir slagen av sin pappa och är placerad enligt LVU, har depression och är med i Kommunal. "
    "Mejla tjoflöjt.kanarie@fågelbo.example eller ring 0701740605. "
    "Skyddade personuppgifter: Tjoflöjt bor på kanariegatan 17."
)
HEADING = "Rehabmöte Tjoflöjt Kanariesson 19000101-9801"
FILE = b64encode(TEXT.encode()).decode()
ADDRESS = "tjoflöjt.kanarie@fågelbo.example"
DRAFT: dict[str, Any] = {
    "id": "x-1", "subject": HEADING,
    "body": f"{TEXT}\n\nVänliga hälsningar\nTjoflöjt Kanariesson\n\nFrån: {ADDRESS}\n> {TEXT}",
    "sender": {"address": ADDRESS, "name": "Tjoflöjt Kanariesson"},
    "recipients": [{"address": ADDRESS, "name": "Tjoflöjt Kanariesson", "role": role} for role in ("to", "cc", "bcc")],
    "attachments": [f"{HEADING}.jpg", {"name": HEADING, "content_type": ADDRESS, "content_base64": FILE}],
    "conversation_id": HEADING, "in_reply_to": f"<{ADDRESS}>", "label": "mycket_kanslig", "location": TEXT,
    "online_meeting_url": f"https://teams.microsoft.com/{HEADING}", "start": HEADING, "end": HEADING,
}  # fmt: skip
DRAFTS = {
    "message": DRAFT | {"compose_type": "forward"},
    "HTML": DRAFT | {"body_format": "html", "body": f"<p title='{HEADING}'>{TEXT}</p><blockquote>{TEXT}</blockquote>"},
    "booking": DRAFT | {"kind": "appointment"},
    "lower case": DRAFT | {"subject": HEADING.lower(), "body": TEXT.lower()},
    "upper case": DRAFT | {"subject": HEADING.upper(), "body": TEXT.upper()},
    "spaced": DRAFT | {"body": TEXT.replace("-", " ").replace("Kanarie", "Kanarie\u00ad")},
}
STATED = {
    "label": "mycket_kanslig", "confirmed_recipients": [ADDRESS], "approval_id": HEADING,
    "grounds": {"personnummer": "19000101-9801", "sensitive": "Kanariesson", "photo": "consent"},
}  # fmt: skip


def _found(text: str | bytes) -> list[str]:
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace") + text.decode("latin-1") + text.decode("utf-16-le", "replace")
    folded = text.replace("\u00ad", "").lower()
    return [canary for canary in CANARIES if canary in folded]


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def _left_behind(folder: Path) -> dict[str, list[str]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): found for path in files if (found := _found(path.read_bytes()))}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    with running_demo(Path(tmp_path_factory.mktemp("canaries"))) as running:
        yield running


@pytest.mark.parametrize("draft", DRAFTS.values(), ids=DRAFTS.keys())
def test_service_keeps_quiet(draft: dict[str, Any], server: DemoServer) -> None:
    token = server.token()
    status, assessment = server.post("/api/v1/assessments", _json(draft), token)
    assert (status, assessment["label"]) == (200, "mycket_kanslig")
    assert len(assessment["findings"]) >= 3
    assert _found(_json(assessment)) == []
    for verdict in (assessment["verdict"], HEADING):
        status, check = server.post("/api/v1/send-checks", _json({"draft": draft, "verdict": verdict, **STATED}), token)
        assert (status, _found(_json(check))) == (200, [])
    assert _left_behind(server.folder) == {}


@pytest.mark.parametrize("draft", DRAFTS.values(), ids=DRAFTS.keys())
def test_feedback_keeps_quiet(draft: dict[str, Any], server: DemoServer) -> None:
    token, id_ = server.token(), HEADING
    rules = [{"rule": "Kanariesson", "right": False}, {"rule": ADDRESS, "right": False}]
    answer = {"id": id_, "label": "kanslig", "categories": ["health"], "findings": rules}
    assert server.post("/api/v1/assessments", _json(draft | {"id": id_}), token)[0] == 200
    for request in (answer, answer | {"draft": draft}):
        status, receipt = server.post("/api/v1/feedback", _json(request), token)
        assert (status, _found(_json(receipt))) == (201, [])
    (database,) = (server.folder / "kept").glob("*.sqlite3")
    stored = list(DatabaseFeedback(open_database(f"sqlite:///{database}")).answers())
    assert all(one.columns and one.signals and not one.wrong_rules for one in stored)
    assert _found(repr([dataclasses.astuple(one) for one in stored])) == []
    assert _left_behind(server.folder) == {}


WRONG = [
    _json(DRAFT | {HEADING: HEADING}),
    _json(DRAFT | {"kind": HEADING}),
    _json(DRAFT | {"attachments": [{"name": HEADING, "content_base64": HEADING}]}),
    _json(DRAFT | {"recipients": [HEADING]}),
    _json(DRAFT)[:-1],
    TEXT.encode(),
    _json([TEXT]),
    _json(DRAFT | {"subject": TEXT * 100}),
]


@pytest.mark.parametrize("content", WRONG, ids=range(len(WRONG)))
def test_refusals_keep_quiet(content: bytes, server: DemoServer) -> None:
    for path in ("/api/v1/assessments", "/api/v1/send-checks", "/api/v1/feedback"):
        status, problem = server.post(path, content, server.token())
        assert 400 <= status < 500
        assert _found(_json(problem)) == []
    assert server.ask("GET", "/nope/19000101-9801")[0] == 404
    assert server.ask("GET", "/metrics", X_Forwarded_For="19000101-9801")[0] == 403
    assert _left_behind(server.folder) == {}


def test_database_has_rows_to_look_into(server: DemoServer) -> None:
    (database,) = (server.folder / "kept").glob("*.sqlite3")
    server.post("/api/v1/send-checks", _json({"draft": DRAFT, **STATED}), server.token())
    kept = b"".join(path.read_bytes() for path in database.parent.glob("*.sqlite3*"))
    assert b"social_services" in kept
    assert b"photo:consent" in kept


def test_command_line_keeps_quiet(tmp_path: Path) -> None:
    rows = [_json(draft) for draft in DRAFTS.values()] + WRONG
    (tmp_path / "rows.jsonl").write_bytes(b"\n".join(rows))
    (tmp_path / "one.json").write_bytes(_json(DRAFT))
    (tmp_path / "tmp").mkdir()
    words = [tmp_path / "one.json", "--jsonl", tmp_path / "rows.jsonl"]
    done = process("assess", *words, TMPDIR=str(tmp_path / "tmp"))
    assert len(done.stdout.splitlines()) == 1 + len(rows)
    assert _found(done.stdout) == []
    assert done.stderr == b""
    assert list((tmp_path / "tmp").iterdir()) == []

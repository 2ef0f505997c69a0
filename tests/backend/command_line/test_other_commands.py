"""`train`, `serve`, `db` and `demo`: what they leave behind, and how they refuse."""

import os
import socket
from itertools import islice
from pathlib import Path

import pytest

from backend.training.corpus_file import CORPUS_FOLDER
from tests.backend.command_line.shell import Run, process, write
from tests.backend.served import model_path

COMPLETE = {"SANDKOLL_SECRET_KEY": "k" * 32, "SANDKOLL_DATABASE_URL": "sqlite://"}
REGISTERED = COMPLETE | {
    "SANDKOLL_ENTRA_CLIENT_ID": "0b6f2d84-9e13-4c57-a2f8-6d1c3e7b5a90",
    "SANDKOLL_ENTRA_CLIENTS": "e85a1c37-4d92-4b6e-8f03-2a9d7c5e1b46",
    "SANDKOLL_TENANTS": "/nowhere/tenants.toml",
    "SANDKOLL_PUBLIC_URL": "https://sandkoll.example",
    "SANDKOLL_NOTICES": "off",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for path in CORPUS_FOLDER.glob("*.jsonl"):
        with path.open(encoding="utf-8") as lines:
            (folder / path.name).write_text("".join(islice(lines, 2)), "utf-8")
    return folder


@pytest.mark.slow
def test_training_twice_gives_the_same_bytes(corpus: Path, tmp_path: Path, run: Run) -> None:
    """Once here, once as a process with another order of hashing."""
    here, there = tmp_path / "here" / "m.skops", tmp_path / "there.skops"
    assert run("train", "--corpus", corpus, "--model", here)[0] == 0
    done = process("train", "--corpus", corpus, "--model", there, PYTHONHASHSEED="7")
    assert (done.returncode, done.stderr) == (0, b"")
    assert here.read_bytes() == there.read_bytes()
    assert not list(tmp_path.rglob("*.partial"))


@pytest.mark.parametrize(
    "line", [b"{", b"[]", b"5", b'{"id": "a"}', {"id": "a", "subject": "", "body": "", "label": "topp"}], ids=str
)
def test_unusable_corpus(line: object, tmp_path: Path, run: Run) -> None:
    path = write(tmp_path / "x.jsonl", line)
    status, _, err = run("train", "--corpus", path.parent, "--model", tmp_path / "m")
    assert status == 2
    assert "corpus_unusable" in err
    assert "x.jsonl:1" in err


def test_no_corpus_or_too_little_of_it(tmp_path: Path, run: Run) -> None:
    assert run("train", "--corpus", tmp_path / "nowhere", "--model", tmp_path / "m")[0] == 2
    write(tmp_path / "x.jsonl", {"id": "a", "subject": "", "body": "Hej"})
    assert run("train", "--corpus", tmp_path, "--model", tmp_path / "m")[0] == 2
    assert not (tmp_path / "m").exists()


def test_model_that_cannot_be_written(corpus: Path, run: Run) -> None:
    status, _, err = run("train", "--corpus", corpus, "--model", "/proc/nowhere/m.skops")
    assert status == 2
    assert "folder_unusable" in err


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({}, "SANDKOLL_SECRET_KEY"),
        ({"SANDKOLL_SECRET_KEY": "k" * 32}, "SANDKOLL_DATABASE_URL"),
        (COMPLETE | {"SANDKOLL_SECRET_KEY": "short"}, ">= 32"),
        (COMPLETE | {"SANDKOLL_SIGN_IN": "demo"}, "demo_sign_in_in_production"),
        (COMPLETE | {"SANDKOLL_SIGN_IN": "none"}, "SANDKOLL_SIGN_IN"),
        (COMPLETE | {"SANDKOLL_THREADS": "many"}, "SANDKOLL_THREADS"),
        (COMPLETE | {"SANDKOLL_THREADS": "0"}, "SANDKOLL_THREADS"),
        (COMPLETE, "SANDKOLL_TENANTS, SANDKOLL_ENTRA_CLIENT_ID, SANDKOLL_ENTRA_CLIENTS"),
        (REGISTERED, "tenants_unreadable"),
        (REGISTERED | {"SANDKOLL_ENTRA_AUTHORITY": "http://login.example"}, "SANDKOLL_ENTRA_AUTHORITY (https)"),
        (REGISTERED | {"SANDKOLL_PUBLIC_URL": "http://sandkoll.example"}, "SANDKOLL_PUBLIC_URL (https)"),
        (REGISTERED | {"SANDKOLL_NOTICES": "smtp"}, "SANDKOLL_SMTP_HOST, SANDKOLL_NOTICE_SENDER"),
        (REGISTERED | {"SANDKOLL_NOTICES": "pigeon"}, "SANDKOLL_NOTICES"),
        (REGISTERED | {"SANDKOLL_GRAPH_URL": "http://graph.example"}, "SANDKOLL_GRAPH_URL (https)"),
    ],
)
def test_production_refuses(environment: dict[str, str], told: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    status, out, err = run("serve")
    assert (status, out) == (2, "")
    assert told in err
    assert "k" * 32 not in err


def test_database_is_made_and_brought_up_to_date(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "new" / "records.sqlite3"
    for _ in range(2):
        assert run("db", "upgrade", "--database", path) == (0, "", "")
    assert path.is_file()
    assert run("db", "upgrade", "--url", f"sqlite:///{tmp_path / 'other.sqlite3'}")[0] == 0


@pytest.mark.parametrize("words", [["upgrade"], ["upgrade", "--url", "nonsense"], ["downgrade"], []])
def test_database_that_cannot_be_opened(words: list[str], run: Run) -> None:
    status, _, err = run("db", *words)
    assert status == 2
    assert err


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "99999999999999999999"])
def test_demonstration_wants_a_port(port: str, run: Run) -> None:
    assert run("demo", "--port", port)[0] == 2


def test_demonstration_refuses_a_taken_port(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANDKOLL_ADDIN_FOLDER", str(tmp_path))
    assert "addin_not_built" in run("demo", "--folder", tmp_path)[2]
    (tmp_path / "taskpane.html").touch()
    with socket.create_server(("127.0.0.1", 0)) as server:
        status, _, err = run("demo", "--port", server.getsockname()[1], "--folder", tmp_path)
    assert status == 2
    assert "port_taken" in err


def test_demonstration_needs_a_folder_of_its_own(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANDKOLL_ADDIN_FOLDER", str(tmp_path))
    (tmp_path / "taskpane.html").touch()
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    status, _, err = run("demo", "--port", port, "--folder", tmp_path / "taskpane.html")
    assert status == 2
    assert "folder_unusable" in err


def test_files_of_the_demonstration_are_its_owners_alone(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those that an earlier version left readable for all. The server itself is not started."""
    (tmp_path / "taskpane.html").touch()
    (tmp_path / "demo.sqlite3").touch(mode=0o644)
    (tmp_path / "demo.sqlite3-wal").touch(mode=0o644)
    monkeypatch.setenv("SANDKOLL_ADDIN_FOLDER", str(tmp_path))
    monkeypatch.setenv("SANDKOLL_MODEL", str(model_path()))
    monkeypatch.setattr("backend.command_line.demo.GunicornServer.run", lambda _: None)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    before = os.umask(0o022)
    try:
        for folder in (tmp_path, tmp_path / "new"):
            assert run("demo", "--port", port, "--folder", folder)[0] == 0
            kept = {one.name: one.stat().st_mode & 0o777 for one in folder.glob("demo.*")}
            assert {"demo.key", "demo.sqlite3"} <= kept.keys()
            assert set(kept.values()) == {0o600}
    finally:
        os.umask(before)


def test_help_is_told(run: Run) -> None:
    status, out, _ = run("--help")
    assert status == 0
    assert all(command in out for command in ("assess", "demo", "serve", "train", "evaluate", "db"))

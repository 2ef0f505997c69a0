"""`assess`: every kind of file, JSON lines with bad ones among them, and exit statuses that can be relied on."""

import json
from pathlib import Path

import pytest

from backend.domain.label import Label
from backend.settings import PROJECT_FOLDER, Settings
from tests.backend.command_line.shell import Run, process, rows, write

SAMPLES = PROJECT_FOLDER / "tests" / "samples"
FILES = sorted(path.name for path in SAMPLES.iterdir() if path.is_file())
GOOD = {"id": "a", "subject": "Skrivaren", "body": "Skrivaren på plan 2 är trasig igen."}
BAD_LINES = [
    (b"{", "invalid_json"),
    (b'{"subject": "\xff", "body": ""}', "invalid_json"),
    (b'{"subject": NaN, "body": ""}', "invalid_json"),
    (b"[" * 100_000, "json_too_deep"),
    (b"[]", "invalid_draft"),
    (b"null", "invalid_draft"),
    (b'{"subject": 5, "body": ""}', "invalid_draft"),
    (b'{"subject": ""}', "invalid_draft"),
    (b'{"subject": "", "body": "", "kind": "letter"}', "invalid_draft"),
    (json.dumps({"subject": "", "body": "a" * (2**20 + 1)}).encode(), "draft_too_large"),
    (b'{"subject": "", "body": "", "attachments": [{"name": "a", "content_base64": "!"}]}', "invalid_base64"),
]


def test_every_kind_of_sample(run: Run) -> None:
    status, out, err = run("assess", "--json", *(SAMPLES / name for name in FILES))
    answers = rows(out)
    assert (status, err) == (0, "")
    assert [one["id"].partition("#")[0] for one in answers] == sorted([*FILES, "planeringsdag.ics"])
    assert all(one["label"] in set(Label) and one["policy"]["id"] == "standard" for one in answers)


def test_sensitive_sample_is_explained_in_swedish_with_its_source(run: Run) -> None:
    status, out, _ = run("assess", SAMPLES / "boende.txt")
    assert status == 0
    assert "Mycket känslig" in out
    assert "Gemensamma anvisningar" in out
    assert "[M4]" in out
    assert "text, mening 2" in out
    assert "Tar du bort det om skyddade personuppgifter behövs ingen märkning." in out


def test_bad_lines_keep_their_place_and_the_rest_go_on(tmp_path: Path, run: Run) -> None:
    lines = [line for bad, _ in BAD_LINES for line in (GOOD, bad)]
    status, out, _ = run("assess", "--jsonl", write(tmp_path / "x.jsonl", *lines, GOOD))
    answers = rows(out)
    assert status == 1
    assert [one.get("error", {}).get("code", "") for one in answers] == [
        *(code for _, expected in BAD_LINES for code in ("", expected)),
        "",
    ]
    assert [one["id"] for one in answers[:4]] == ["a", "2", "a", "4"]
    assert all(one["error"]["message"] for one in answers[1::2])


def test_good_lines_and_unknown_keys(tmp_path: Path, run: Run) -> None:
    status, out, _ = run("assess", "--jsonl", write(tmp_path / "x.jsonl", GOOD | {"why": 1}, b"", GOOD | {"id": "b"}))
    assert (status, [one["id"] for one in rows(out)]) == (0, ["a", "b"])


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("missing.eml", None, "file_not_found"),
        ("empty.txt", b"", "empty_file"),
        ("odd.bin", b"\x00\x01\x02" * 100, "unknown_file_type"),
        ("broken.json", b"{", "invalid_json"),
    ],
)
def test_file_that_fails_does_not_stop_the_others(
    name: str, content: bytes | None, code: str, tmp_path: Path, run: Run
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    status, out, _ = run("assess", "--json", path, SAMPLES / "skrivare.txt")
    first, second = rows(out)
    assert (status, first["error"]["code"]) == (1, code)
    assert second["label"] == "none"
    assert run("assess", path)[0] == 1


def test_folder_is_no_file(tmp_path: Path, run: Run) -> None:
    assert run("assess", tmp_path)[0] == 1


@pytest.mark.parametrize("words", [["assess"], ["assess", "--loud"], [], ["fly"], ["assess", "--jsonl"]])
def test_wrong_usage(words: list[str], run: Run) -> None:
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert err


@pytest.mark.parametrize("words", [["--jsonl", "missing.jsonl"], ["--jsonl", "/"], ["--policy", "nowhere", "x.txt"]])
def test_what_cannot_begin_tells_what_to_do(words: list[str], run: Run) -> None:
    status, out, err = run("assess", *words)
    assert (status, out) == (2, "")
    assert "(" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("policy", ["motala", "ronneby", "standard"])
def test_policy_by_name(policy: str, run: Run) -> None:
    _, out, _ = run("assess", "--json", "--policy", policy, SAMPLES / "skrivare.txt")
    assert rows(out)[0]["policy"]["id"] == policy


def test_policy_by_path(tmp_path: Path, run: Run) -> None:
    (tmp_path / "own.toml").write_text(
        'extends = "standard"\nid = "own"\nname = "Own"\nversion = "7"\n'
        '[[label]]\nid = "mycket_kanslig"\nname = "Topp"\n'
    )
    status, out, _ = run("assess", "--policy", tmp_path / "own.toml", SAMPLES / "boende.txt")
    assert status == 0
    assert "Topp" in out


@pytest.mark.parametrize(("content", "code"), [("[[", "policy_unreadable"), ("loud = 1", "policy_invalid")])
def test_wrong_policy(content: str, code: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / "own.toml").write_text(content)
    status, _, err = run("assess", "--policy", tmp_path / "own.toml", SAMPLES / "skrivare.txt")
    assert status == 2
    assert code in err


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "model_missing"), (b"junk", "model_unreadable"), (b"PK\x05\x06" + bytes(18), "model_unreadable")],
)
def test_wrong_model(
    content: bytes | None, code: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    if content is not None:
        (tmp_path / "model.skops").write_bytes(content)
    monkeypatch.setenv("SANDKOLL_MODEL", str(tmp_path / "model.skops"))
    status, _, err = run("assess", SAMPLES / "skrivare.txt")
    assert status == 2
    assert code in err
    assert "python -m backend train" in err


def test_damaged_encoder_is_told_beside_the_answers(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "encoder.json").write_text("{")
    monkeypatch.setenv("SANDKOLL_MODEL", str(Settings().model))
    monkeypatch.setenv("SANDKOLL_ENCODER", str(tmp_path))
    status, out, err = run("assess", "--json", SAMPLES / "boende.txt")
    (answer,) = rows(out)
    assert (status, answer["model"]["encoder"], answer["label"]) == (0, None, "mycket_kanslig")
    assert "encoder_unreadable" in err


def test_missing_encoder_is_told_beside_the_answers(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANDKOLL_MODEL", str(Settings().model))
    monkeypatch.setenv("SANDKOLL_ENCODER", str(tmp_path / "none"))
    status, out, err = run("assess", "--json", SAMPLES / "boende.txt")
    (answer,) = rows(out)
    assert (status, answer["model"]["encoder"], answer["label"]) == (0, None, "mycket_kanslig")
    assert "python -m backend encoder build" in err


@pytest.mark.slow
def test_as_a_process_from_standard_input_in_a_poor_terminal() -> None:
    """The output is UTF-8 whatever the code page; an odd file name harms nobody."""
    content = (SAMPLES / "boende.txt").read_bytes()
    odd = b"/tmp/\xff\xe5.eml".decode("utf-8", "surrogateescape")
    done = process("assess", "-", odd, given=content, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 1
    assert "Mycket känslig" in done.stdout.decode()
    assert "file_not_found" in done.stdout.decode()
    assert done.stderr == b""

"""`feedback forget`, and `train --with-feedback`: what they read and what they leave."""

from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest

from backend.domain.feedback import DraftVector, FeedbackRecord
from backend.domain.label import Label
from backend.store.database import open_database
from backend.store.feedback import DatabaseFeedback
from backend.training.corpus_file import CORPUS_FOLDER
from backend.workflow.feedback_keys import FeedbackKeys
from backend.workflow.feedback_record import written
from tests.backend.command_line.shell import Run
from tests.backend.served import KEY

KEYS = FeedbackKeys(KEY.encode())


@pytest.fixture
def store(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> DatabaseFeedback:
    """Four answers: of today and 40, 400 days ago of Sara, one of Johan; settings that lead to them."""
    _ = run  # takes other settings away
    url = f"sqlite:///{tmp_path / 'x.sqlite3'}"
    monkeypatch.setenv("SANDKOLL_DATABASE_URL", url)
    monkeypatch.setenv("SANDKOLL_SECRET_KEY", KEY)
    store = DatabaseFeedback(open_database(url))
    for number, (person, age) in enumerate([("sara", 0), ("sara", 40), ("sara", 400), ("johan", 0)]):
        store.put(_answer(number, person, age), 10)
    return store


def _answer(number: int, person: str, age: int) -> FeedbackRecord:
    vector = written(DraftVector({"words": 1.0 + number}, (), 0), KEYS, "granvik")
    return FeedbackRecord(
        "granvik", KEYS.receipt("granvik", person, str(number)), KEYS.actor("granvik", person),
        datetime.now(UTC).date() - timedelta(days=age), Label.KANSLIG, Label.NONE, None, (), vector.signals,
        vector.columns, vector.salt, KEYS.key_id, vector.form, "linear-0",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "gone"),
    [
        (["--older-than", "30"], 2),
        (["--older-than", "0"], 2),
        (["--older-than", "1000"], 0),
        (["--tenant", "granvik", "--person", "sara"], 3),
        (["--tenant", "elsewhere", "--person", "sara"], 0),
    ],
    ids=str,
)
def test_forget(words: list[str], gone: int, store: DatabaseFeedback, run: Run) -> None:
    status, out, err = run("feedback", "forget", *words)
    assert (status, err) == (0, "")
    assert f": {gone}." in out
    assert len(list(store.answers())) == 4 - gone


@pytest.mark.parametrize(
    "words",
    [
        [], ["forget"], ["remember"], ["forget", "--older-than", "-1"], ["forget", "--older-than", "soon"],
        ["forget", "--older-than", "99999999"], ["forget", "--person", "sara"], ["forget", "--tenant", "granvik"],
        ["forget", "--tenant", "granvik", "--person", "sara", "--older-than", "1"],
    ],
    ids=str,
)  # fmt: skip
def test_wrong_usage(words: list[str], store: DatabaseFeedback, run: Run) -> None:
    status, _, err = run("feedback", *words)
    assert status == 2
    assert err
    assert len(list(store.answers())) == 4


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("missing", ["SANDKOLL_SECRET_KEY", "SANDKOLL_DATABASE_URL"])
def test_settings_are_needed(missing: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(missing)
    for words in (
        ["feedback", "forget", "--tenant", "granvik", "--person", "sara"],
        ["train", "--with-feedback", "--corpus", tmp_path, "--model", tmp_path / "m"],
    ):
        status, _, err = run(*words)
        assert (status, missing in err, "settings_incomplete" in err) == (2, True, True)


@pytest.mark.slow
@pytest.mark.usefixtures("store")
def test_training_tells_what_it_read(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for path in CORPUS_FOLDER.glob("*.jsonl"):
        with path.open(encoding="utf-8") as lines:
            (corpus / path.name).write_text("".join(islice(lines, 6)), "utf-8")
    # What is asked here does not depend on the encoder, and training without it is many times faster.
    monkeypatch.setenv("SANDKOLL_ENCODER", str(tmp_path / "none"))
    words = ["train", "--with-feedback", "--corpus", corpus, "--model", tmp_path / "m.skops"]
    status, out, _ = run(*words)
    assert (status, out.splitlines()[0].split()[0]) == (0, "4")
    assert (tmp_path / "m-words.json").is_file()
    with_answers = (tmp_path / "m.skops").read_bytes()
    monkeypatch.setenv("SANDKOLL_SECRET_KEY", "l" * 32)
    status, out, _ = run(*words)
    assert (status, out.splitlines()[0].split()[0]) == (0, "0")
    assert " 4 " in out.splitlines()[0]
    assert (tmp_path / "m.skops").read_bytes() != with_answers

"""The model that is loaded where it serves: once, by whoever comes first, and never before a fork."""

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from backend.classification.combined_model import CombinedModel
from backend.classification.deferred_model import DeferredModel
from backend.classification.model_file import StoredModel, store_model
from backend.domain.encoder import NoEncoder
from backend.domain.errors import WrongSettings
from backend.encoding.build import build_encoder
from backend.encoding.open_encoder import open_encoder
from backend.settings import PROJECT_FOLDER
from tests.backend.classification.made_up_model import FakeEncoder, detected, linear, part
from tests.backend.classification.preloaded import DOUBTFUL
from tests.backend.encoding.tiny_weights import HIDDEN, tiny_weight_file

PATIENCE = 40.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encoder in miniature and a model that knows it."""
    made = Path(tmp_path_factory.mktemp("deferred"))
    built = build_encoder(tiny_weight_file(), made / "encoder")
    store_model(StoredModel(linear(), part(built.version, 2 * HIDDEN)), made / "m.skops")
    store_model(StoredModel(linear(), None), made / "small.skops")
    return made


def _deferred(folder: Path) -> DeferredModel:
    return DeferredModel(folder / "m.skops", partial(open_encoder, folder / "encoder"))


def test_no_file_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match="model_missing"):
        DeferredModel(tmp_path / "m.skops")


def test_damage_is_told_at_every_use(tmp_path: Path) -> None:
    (tmp_path / "m.skops").write_bytes(b"x")
    model = DeferredModel(tmp_path / "m.skops")
    for _ in range(2):
        with pytest.raises(WrongSettings, match="model_unreadable"):
            model.classify(detected("hej"))


def test_encoder_is_opened_once_and_when_needed(folder: Path) -> None:
    times: list[int] = []

    def opened() -> FakeEncoder:
        times.append(1)
        time.sleep(0.05)
        return FakeEncoder()

    model = DeferredModel(folder / "m.skops", opened)
    assert times == []
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: model.version, range(16)))) == 1
    assert times == [1]


def test_encoder_is_not_opened_for_a_model_without_sentences(folder: Path) -> None:
    def never() -> None:
        pytest.fail("opened")

    model = DeferredModel(folder / "small.skops", never)
    assert (model.version, model.encoder_version) == ("linear-x", None)


def test_without_an_encoder(folder: Path) -> None:
    model = DeferredModel(folder / "m.skops", partial(open_encoder, folder / "nowhere"))
    assert (model.encoder_version, model.no_encoder) == (None, NoEncoder.MISSING)
    assert model.classify(DOUBTFUL) == CombinedModel(linear(), None, None).classify(DOUBTFUL)


def test_damaged_encoder_is_told(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build_encoder(tiny_weight_file(), tmp_path / "encoder")
    (tmp_path / "encoder" / "encoder.onnx").write_bytes(b"x")
    model = DeferredModel(folder / "m.skops", partial(open_encoder, tmp_path / "encoder"))
    assert (model.encoder_version, model.no_encoder) == (None, NoEncoder.DAMAGED)
    assert model.version == "linear-x"
    assert model.classify(DOUBTFUL) == CombinedModel(linear(), None, None).classify(DOUBTFUL)
    assert "encoder_unreadable" in "".join(capsys.readouterr())


def test_threads_agree(folder: Path) -> None:
    model, drafts = _deferred(folder), [detected(f"hon är sjuk {number % 7}", "hon") for number in range(60)]
    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(model.classify, drafts))
    assert given == list(map(_deferred(folder).classify, drafts))


@pytest.fixture
def port(folder: Path) -> Iterator[int]:
    """Where a service answers that was loaded before it forked."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        free: int = probe.getsockname()[1]
    words = ["-m", "tests.backend.classification.preloaded", str(free), str(folder / "m.skops")]
    process = subprocess.Popen([sys.executable, *words, str(folder / "encoder")], cwd=PROJECT_FOLDER)  # noqa: S603 - our own program
    try:
        yield free
    finally:
        process.terminate()
        process.wait(timeout=30)


def _ask(port: int) -> dict[str, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", "/")
        answer: dict[str, Any] = json.loads(connection.getresponse().read())
        return answer
    finally:
        connection.close()


def _ask_when_it_listens(port: int) -> dict[str, Any]:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return _ask(port)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


@pytest.mark.slow
def test_forked_workers_say_what_this_process_says(port: int, folder: Path) -> None:
    answers = [_ask_when_it_listens(port)]
    until = time.monotonic() + PATIENCE
    while len({one["process"] for one in answers}) < 2 and time.monotonic() < until:
        with ThreadPoolExecutor(8) as pool:
            answers += pool.map(_ask, [port] * 16)
    assert len({one["process"] for one in answers}) == 2
    here = _deferred(folder)
    assert here.encoder_version is not None
    assert {one["encoder"] for one in answers} == {here.encoder_version}
    assert {one["sensitive"] for one in answers} == {here.classify(DOUBTFUL).sensitive}
    assert here.classify(DOUBTFUL) != linear().classify(DOUBTFUL)

"""The product as it is served, built once for the whole test run: a model, an assessor, an application."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr

from backend.app import create_app
from backend.assembly import build_assessor
from backend.classification.feedback_vector import known_words_path
from backend.classification.model_file import StoredModel, store_model
from backend.detection.engine import Detector
from backend.encoding.files import DESCRIPTION
from backend.settings import Settings, SignIn
from backend.sign_in.demo_sign_in import DemoSignIn, sample_municipality
from backend.training.corpus_file import read_corpus
from backend.training.examples import examples_of
from backend.training.fitting import fit
from backend.training.known_words import known_words, proper_nouns, store_known_words
from backend.workflow.assess_draft import Assessor

KEY = "0123456789abcdef" * 4
_EVERY = 10


def model_path() -> Path:
    """The model that is shipped, if the encoder it was trained with is built; else one from a tenth of the corpus."""
    shipped = Settings()
    both = shipped.model.is_file() and (shipped.encoder / DESCRIPTION).is_file()
    return shipped.model if both else _small_model()


@cache
def _small_model() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="sandkoll-model-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    rows, path = read_corpus()[::_EVERY], folder / "model.skops"
    examples = examples_of(rows, Detector())
    fitted = fit(examples)
    store_model(StoredModel(fitted.linear, fitted.sentence_part), path)
    store_known_words(known_words(examples, proper_nouns(rows)), known_words_path(path))
    return path


def settings_for(folder: Path, policy: str = "standard") -> Settings:
    """Settings of a demonstration whose database lies in `folder`."""
    return Settings(
        sign_in=SignIn.DEMO,
        secret_key=SecretStr(KEY),
        database_url=f"sqlite:///{folder / 'records.sqlite3'}",
        policy=policy,
        model=model_path(),
        addin_folder=folder,
    )


@cache
def assessor(policy: str = "standard") -> Assessor:
    return build_assessor(policy, Settings(model=model_path()))


def application(folder: Path) -> Flask:
    return create_app(settings_for(folder))


def signed_in(app: Flask, person: str = "sara") -> FlaskClient:
    """A client that holds the token of a sample person."""
    client = app.test_client()
    token = DemoSignIn(KEY.encode(), sample_municipality()).token(person)
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client

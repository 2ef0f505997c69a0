"""The product as it is served, built once for the whole test run: a model, an assessor, an application."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr

from backend.app import build_assessor, create_app
from backend.classification.model_file import store_model
from backend.detection.engine import Detector
from backend.settings import PROJECT_FOLDER, Settings, SignIn
from backend.sign_in.demo_sign_in import DemoSignIn, sample_municipality
from backend.training.corpus_file import read_corpus
from backend.training.fitting import fit
from backend.training.train import examples_of
from backend.workflow.assess_draft import Assessor

KEY = "0123456789abcdef" * 4
_EVERY = 10
_MADE_OF = ("domain", "extraction", "detection", "classification", "training")


def model_path() -> Path:
    """The trained model if nothing that it is made of is newer, else one trained on a tenth of the corpus."""
    trained = PROJECT_FOLDER / "var" / "model" / "model.skops"
    sources = (path for folder in _MADE_OF for path in (PROJECT_FOLDER / "backend" / folder).rglob("*.*l"))
    code = (path for folder in _MADE_OF for path in (PROJECT_FOLDER / "backend" / folder).rglob("*.py"))
    newest = max(path.stat().st_mtime for path in (*sources, *code))
    return trained if trained.is_file() and trained.stat().st_mtime > newest else _small_model()


@cache
def _small_model() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="sandkoll-model-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    store_model(fit(examples_of(read_corpus()[::_EVERY], Detector())), folder / "model.skops")
    return folder / "model.skops"


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

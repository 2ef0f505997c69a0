"""An application for the fixed points of the contract."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.backend.served import application, signed_in


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return application(Path(tmp_path_factory.mktemp("contract")))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return signed_in(app)


@pytest.fixture
def own_app(tmp_path: Path) -> Flask:
    """An application whose database nobody has written to yet."""
    return application(tmp_path)

"""An application for all tests of HTTP: no test here depends on what another has sent."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.backend.served import application, signed_in


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return application(Path(tmp_path_factory.mktemp("api")))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return signed_in(app)


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    return app.test_client()

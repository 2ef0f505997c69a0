"""A send checker with a real database and directory."""

from pathlib import Path

import pytest

from tests.backend.workflow.sending import Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path)

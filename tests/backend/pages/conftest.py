"""Pages in the demonstration, and pages whose people sign in with a stand-in for Entra ID."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backend.entra_authority import started
from tests.backend.pages.code_authority import CodeAuthority
from tests.backend.pages.page_desk import PagesCase


@pytest.fixture
def case(tmp_path: Path) -> Iterator[PagesCase]:
    made = PagesCase(tmp_path)
    yield made
    made.close()


@pytest.fixture
def authority() -> Iterator[CodeAuthority]:
    with started(CodeAuthority) as running:
        yield running

"""One detector for all tests here: compiling the rules takes a moment."""

from collections.abc import Callable
from datetime import date

import pytest

from backend.detection.engine import Detector
from backend.domain.detected import Detected
from backend.domain.part import Part

Detect = Callable[..., Detected]


@pytest.fixture(scope="session")
def detector() -> Detector:
    return Detector()


@pytest.fixture(scope="session")
def detect(detector: Detector) -> Detect:
    """Calls detection with a body and, by name, further parts."""

    def call(body: str, **others: str) -> Detected:
        before = [Part("subject", others.pop("subject"))] if "subject" in others else []
        parts = [*before, Part("body", body), *(Part(name, text) for name, text in others.items())]
        return detector.detect(parts, date(2026, 11, 21))

    return call

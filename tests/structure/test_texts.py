"""Every error code that is raised has its sentences, and every sentence is used."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.domain import errors
from backend.domain.errors import CodedError
from backend.extraction import codes
from backend.texts.catalog import ErrorText, read_texts

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "backend").rglob("*.py"))
TEXTS = read_texts()
CODED = {name for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, CodedError)}
CONSTANTS = {name: value for name, value in vars(codes).items() if name.isupper()}
NOT_YET = {"verdict_invalid": "forward requests will refuse a draft whose verdict they cannot read"}
"""Sentences that stand ready for what is not built."""


def _raised(tree: ast.AST) -> Iterator[str]:
    """First arguments of coded errors, and codes handed to `problem`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Name) and node.func.id in CODED:
            first = node.args[0]
            if isinstance(first, ast.Constant):
                yield str(first.value)
            elif isinstance(first, ast.Attribute) and first.attr in CONSTANTS:
                yield CONSTANTS[first.attr]


def _strings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Attribute) and node.attr in CONSTANTS:
            yield CONSTANTS[node.attr]


TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}
RAISED = {code for tree in TREES.values() for code in _raised(tree)}
SAID = {text for path, tree in TREES.items() if path.name != "codes.py" for text in _strings(tree)}


def test_raised_codes_are_seen() -> None:
    assert {"not_signed_in", "policy_invalid", "draft_too_large", "broken_eml"} <= RAISED


def test_every_raised_code_has_a_text() -> None:
    assert RAISED - set(TEXTS.errors) == set()
    assert set(CONSTANTS.values()) - set(TEXTS.errors) == set()


def test_every_error_text_is_used() -> None:
    assert set(TEXTS.errors) - SAID - set(NOT_YET) == set()
    assert set(NOT_YET) <= set(TEXTS.errors) - SAID


@pytest.mark.parametrize("group", ["messages", "explanations"])
def test_every_message_is_used(group: str) -> None:
    assert set(getattr(TEXTS, group)) - SAID == set()


@pytest.mark.parametrize(("code", "text"), TEXTS.errors.items(), ids=TEXTS.errors)
def test_error_text(code: str, text: ErrorText) -> None:
    assert code == code.lower()
    assert code.isascii()
    assert text.status in {400, 401, 403, 404, 405, 409, 411, 413, 415, 422, 429, 500, 503}
    assert text.sv.endswith(".") or ": " in text.sv
    assert text.en
    assert text.sv != text.en

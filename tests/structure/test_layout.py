"""The shape of the repository: small files, short functions, plain names, nothing new at the top without a thought."""

import ast
from fnmatch import fnmatch
from itertools import chain
from pathlib import Path
from statistics import median, quantiles

import pytest

ROOT = Path(__file__).parents[2]

FILE_CAP = 300
FILE_MEDIAN = 80
FILE_MOST = 180  # nine files of ten are no longer
FUNCTION_CAP = 40
NAMES_THAT_SAY_NOTHING = {"common", "data", "helper", "helpers", "info", "manager", "misc", "util", "utils"}

TOP_LEVEL = {
    *(".ci", ".editorconfig", ".gitignore", ".dockerignore", "Makefile", "README.md", "pyproject.toml"),
    *("CHANGELOG.md", "LICENSE", "SECURITY.md", "Dockerfile", "compose.yaml", "manifest.xml"),
    *("requirements.in", "requirements.txt", "addin", "backend", "docs", "scripts", "tests"),
}


def _files(folder: str, *endings: str) -> list[Path]:
    found = chain.from_iterable((ROOT / folder).rglob(f"*{ending}") for ending in endings)
    return sorted(path for path in found if not {"node_modules", "dist"} & set(path.parts))


PYTHON = [*_files("backend", ".py"), *_files("scripts", ".py"), *_files("tests", ".py")]
SOURCES = [*PYTHON, *_files("addin", ".ts", ".mjs"), *_files("tests/addin", ".ts")]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _lengths() -> dict[str, int]:
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    return {name: length for name, length in lengths.items() if length}


def test_no_file_is_over_the_cap() -> None:
    assert {name: length for name, length in _lengths().items() if length > FILE_CAP} == {}


def test_files_are_small_as_a_rule() -> None:
    lengths = list(_lengths().values())
    assert median(lengths) <= FILE_MEDIAN
    assert quantiles(lengths, n=10)[-1] <= FILE_MOST


@pytest.mark.parametrize("path", PYTHON, ids=_name)
def test_functions_are_short(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert {node.name: _lines_of_code(node) for node in functions if _lines_of_code(node) > FUNCTION_CAP} == {}


def _lines_of_code(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines from `def` to the end, without the docstring."""
    first = function.body[0]
    docstring = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(function) else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def test_packages_are_empty_at_the_door() -> None:
    assert [_name(path) for path in PYTHON if path.name == "__init__.py" and path.stat().st_size] == []


def test_names_say_something() -> None:
    folders = {parent for path in SOURCES for parent in path.relative_to(ROOT).parents if parent.name}
    words = {_name(path): path.stem for path in SOURCES} | {str(folder): folder.name for folder in folders}
    assert [place for place, name in words.items() if set(name.lower().split("_")) & NAMES_THAT_SAY_NOTHING] == []


def test_nothing_new_at_the_top() -> None:
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()]
    names = {path.name for path in ROOT.iterdir()} - {".git"} - TOP_LEVEL
    assert {name for name in names if not any(fnmatch(name, pattern) for pattern in ignored)} == set()

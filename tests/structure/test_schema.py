"""The newest schema equals the tables, and nothing dangerous is imported where it must not be."""

import ast
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from backend.store.database import open_database
from backend.store.tables import Base

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "backend").rglob("*.py"))
NEVER = {"pickle", "cPickle", "cloudpickle", "dill", "joblib", "marshal", "shelve"}
BACKTRACKING = {"re", "regex"}
READS_DRAFTS = ("extraction", "detection", "classification", "decision", "workflow", "api")
NETWORK = {"requests", "httpx", "urllib3", "aiohttp", "http", "smtplib", "ftplib"}

ASKS_OTHERS = ("directory", "sign_in", "notices")
"""Entra ID, Microsoft Graph and mail servers are asked there and nowhere else."""


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add((node.module or "").partition(".")[0])
    return names


def test_newest_schema_equals_the_tables(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


def test_migrations_are_one_line() -> None:
    scripts = ScriptDirectory(str(ROOT / "backend" / "store" / "migrations"))
    revisions = list(scripts.walk_revisions())
    assert len(scripts.get_heads()) == 1
    assert all(not revision.is_branch_point and not revision.is_merge_point for revision in revisions)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports(path: Path) -> None:
    imported = _imports(path)
    assert not imported & NEVER
    if path.relative_to(ROOT / "backend").parts[0] not in ASKS_OTHERS:
        assert not imported & NETWORK
    if path.relative_to(ROOT / "backend").parts[0] in READS_DRAFTS:
        assert not imported & BACKTRACKING

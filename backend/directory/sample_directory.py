"""The invented municipality's directory, for the demonstration and for tests."""

from pathlib import Path

from backend.directory.file_directory import FileDirectory

_EXPORT = Path(__file__).parent / "sample" / "granvik.csv"


def sample_directory() -> FileDirectory:
    """Granvik's people, groups, shared mailboxes, rooms and contacts. All invented, in reserved domains."""
    return FileDirectory(_EXPORT)

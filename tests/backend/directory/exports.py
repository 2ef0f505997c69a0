"""Writes exports and reads them."""

import json
from pathlib import Path

from backend.directory.file_directory import FileDirectory
from backend.domain.directory import DirectoryAnswer, DirectoryEntry
from backend.domain.person import Person

CALLER = Person("sara", "granvik")


def csv_directory(folder: Path, text: str, *domains: str, encoding: str = "utf-8") -> FileDirectory:
    path = folder / "people.csv"
    path.write_bytes(text.encode(encoding))
    return FileDirectory(path, domains)


def json_directory(folder: Path, *rows: object) -> FileDirectory:
    path = folder / "people.json"
    path.write_text(json.dumps(list(rows)), encoding="utf-8")
    return FileDirectory(path)


def ask(directory: FileDirectory, *keys: str) -> DirectoryAnswer:
    return directory.look_up(CALLER, keys)


def only(directory: FileDirectory) -> DirectoryEntry:
    (entry,) = directory.known_entries()
    return entry

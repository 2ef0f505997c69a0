"""Reads an export, CSV or JSON, into rows of known columns. Says where it is wrong, never what stands there."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from backend.directory.export_words import column_of
from backend.domain.errors import WrongSettings

_LARGEST_BYTES = 128 * 1024 * 1024
_LONGEST_CELL = 16 * 1024 * 1024
"""A group's members stand in one cell."""
_LONGEST_HEADER = 20_000
_MOST_ROWS = 500_000
_DELIMITERS = ",;\t"
# What Export-Csv and Excel write above the header.
_PREAMBLES = ("#TYPE", "sep=")

Cell = str | Sequence[str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `number` counts the header as the first, as a spreadsheet does; in JSON the first object is 1.

    `cells` holds what stood in each column, blanks left out, best header first.
    """

    number: int
    cells: Mapping[str, Sequence[Cell]]

    def text(self, column: str) -> str:
        """The first text of a column; empty where there is none. Raises WrongSettings for a list."""
        cells = self.cells.get(column)
        if not cells:
            return ""
        if not isinstance(cells[0], str):
            raise self.wrong(column)
        return cells[0]

    def wrong(self, column: str) -> WrongSettings:
        """The error that says that this cell cannot be used."""
        return invalid(self.number, column)


def invalid(row: int, what: str) -> WrongSettings:
    """The error for an export that is not as it should be."""
    return WrongSettings("directory_invalid", f"row {row}: {what}")


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of the export. Raises WrongSettings (`directory_unreadable`, `directory_invalid`)."""
    text = _text(path)
    rows = _json_rows(text) if text.lstrip()[:1] in {"[", "{"} else _csv_rows(text)
    for count, row in enumerate(rows):
        if count == _MOST_ROWS:
            raise invalid(row.number, "too many rows")
        yield row


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise WrongSettings("directory_unreadable", f"larger than {_LARGEST_BYTES} bytes")
        content = path.read_bytes()
        # PowerShell's "Unicode".
        encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
        return content.decode(encoding)
    except OSError as error:
        raise WrongSettings("directory_unreadable", type(error).__name__) from error
    except UnicodeDecodeError:
        # Without the cause: it holds the file's content.
        raise WrongSettings("directory_unreadable", "not UTF-8") from None


def _csv_rows(text: str) -> Iterator[Row]:
    if text.startswith(_PREAMBLES):
        text = text.partition("\n")[2]
    first = next(iter(text[:_LONGEST_HEADER].splitlines()), "")
    delimiter = max(_DELIMITERS, key=lambda one: len(_known(first.split(one))))
    # Of the whole process; nothing else here reads CSV from outside.
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        header = next(reader, [])
        columns = _known(header)
        _demand_address(columns)
        for number, cells in enumerate(reader, start=2):
            if any(cell.strip() for cell in cells[len(header) :]):
                raise invalid(number, "more cells than columns")
            if any(cells) and len(cells) < len(header):
                # A file that is still being written: what is missing may be that the account is closed.
                raise invalid(number, "fewer cells than columns")
            if any(cells):
                yield _row(number, columns, cells)
    except csv.Error:
        raise invalid(number + 1, "quotes") from None


def _json_rows(text: str) -> Iterator[Row]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise WrongSettings("directory_invalid", "not JSON") from None
    if not isinstance(document, list):
        raise WrongSettings("directory_invalid", "not a list of objects")
    for number, one in enumerate(document, start=1):
        if not isinstance(one, dict):
            raise invalid(number, "not an object")
        columns = _known(list(one))
        _demand_address(columns, number)
        yield _row(number, columns, [_cell(number, name, value) for name, value in one.items()])


def _known(headers: Sequence[str]) -> list[tuple[int, str]]:
    """Place and column of each known header, best header first."""
    found = [(column_of(header), place) for place, header in enumerate(headers)]
    return [(place, column) for (column, _), place in sorted(found, key=lambda one: one[0][1]) if column]


def _demand_address(columns: Sequence[tuple[int, str]], number: int = 1) -> None:
    if "address" not in {column for _, column in columns}:
        raise invalid(number, "address")


def _row(number: int, columns: Sequence[tuple[int, str]], cells: Sequence[Cell]) -> Row:
    kept: dict[str, Sequence[Cell]] = {}
    there = len(cells)
    for place, column in columns:
        cell = cells[place] if place < there else ""
        if cell and isinstance(cell, str):
            cell = cell.strip()
        if cell or not isinstance(cell, str):
            kept[column] = (*kept.get(column, ()), cell)
    return Row(number, kept)


def _cell(number: int, name: str, value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int):
        return str(value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return value
    column, _ = column_of(name)
    if not column:
        return ""
    raise invalid(number, column)

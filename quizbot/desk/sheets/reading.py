"""A CSV file as rows with their lines; whatever it holds, it raises in one line or gives texts."""

import csv
import io
from dataclasses import dataclass, replace
from pathlib import Path

from quizbot.casebook.folder import read_regular
from quizbot.casebook.sheet import plain
from quizbot.core.errors import InputError

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 1000
_DELIMITERS = ",;\t"  # the second is what spreadsheets write where the comma is in numbers

_WORKBOOKS = {
    b"PK\x03\x04": "an Excel workbook",  # a zip of XML, as LibreOffice's is, too
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",  # the compound file of Excel 97 to 2003
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row.

    Attributes:
        number: as a spreadsheet program numbers it: the head is row 1, an empty row counts.
        line: where it begins in the file, counted from 1; a cell may hold several lines.
        cells: its texts by column.
    """

    number: int
    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A spreadsheet: its columns, as they are written, and its rows that hold anything."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_sheet(file: Path) -> Sheet:
    """Read a CSV file.

    Raises:
        InputError: it cannot be read, is too large, is not UTF-8, is no CSV, or has a column twice or none named case.
    """
    text = _text(file)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    read = 0
    try:
        columns = tuple(name.strip() for name in next(lines, []))
        _require_columns(file, columns)
        found: list[Row] = []
        begins = lines.line_num + 1
        for read, cells in enumerate(lines, start=1):
            found += _row(file, Row(read + 1, begins, {}), cells, columns)
            begins = lines.line_num + 1
            if len(found) > MOST_ROWS:
                raise InputError(str(file), f"has more than {MOST_ROWS} rows", "split it")
    except csv.Error as error:
        message = f"is no CSV from here on ({error})"
        raise InputError(f"{file}: row {read + 2}", message, "save it again as CSV UTF-8") from None
    return Sheet(columns, tuple(found))


def _text(file: Path) -> str:
    try:
        data = read_regular(file, MOST_BYTES + 1)
    except OSError as problem:
        raise InputError(str(file), f"cannot be read ({problem.strerror})", "check its name") from None
    if len(data) > MOST_BYTES:
        raise InputError(str(file), f"is larger than {MOST_BYTES // 2**20} MB", "split it")
    workbook = next((what for start, what in _WORKBOOKS.items() if data.startswith(start)), None)
    if workbook is not None:
        raise InputError(str(file), f"is {workbook}: save it as CSV UTF-8 (File > Save As)")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise InputError(f"{file}:{line}", "is not UTF-8", 'save it as "CSV UTF-8"') from None
    if not text.strip():
        raise InputError(str(file), "is empty", "`quizbot export` shows the columns")
    return text


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(_DELIMITERS, key=head.count)


def _require_columns(file: Path, columns: tuple[str, ...]) -> None:
    folded = [name.lower() for name in columns if name]
    if "case" not in folded:
        raise InputError(
            f"{file}: row 1", 'has no column "case" with the cases\' ids', "`quizbot export` shows the columns"
        )
    twice = next((name for name in columns if name and folded.count(name.lower()) > 1), None)
    if twice is not None:
        raise InputError(f"{file}: row 1", f'has the column "{twice}" twice', "take one out")


def _row(file: Path, at: Row, cells: list[str], columns: tuple[str, ...]) -> list[Row]:
    """The row with its cells; none if it is empty."""
    if any(cell.strip() for cell in cells[len(columns) :]):
        where = f"{file}: row {at.number}"
        raise InputError(where, "has more cells than there are columns", "look for a quotation mark")
    row = {name: plain(cell.strip()) for name, cell in zip(columns, cells, strict=False) if name}
    return [replace(at, cells=row)] if any(row.values()) else []

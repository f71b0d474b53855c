"""A CSV file as rows with their lines; whatever it holds, it raises in one line or gives texts."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quizbot.casebook.folder import read_regular
from quizbot.casebook.sheet import plain
from quizbot.core.errors import InputError

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 1000
if TYPE_CHECKING:
    import _csv  # csv.reader gives an object whose type has no public name
_DELIMITERS = ",;\t"  # the second is what spreadsheets write where the comma is in numbers


@dataclass(frozen=True, slots=True)
class Row:
    """A row. ``line`` is where it begins, counted from 1; ``cells`` are its texts by column."""

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
    try:
        columns = tuple(name.strip() for name in next(lines, []))
        _require_columns(file, columns)
        return Sheet(columns, tuple(_rows(file, lines, columns)))
    except csv.Error as error:
        message = f"is no CSV from here on ({error})"
        raise InputError(f"{file}:{lines.line_num}", message, "save it again as CSV UTF-8") from None


def _text(file: Path) -> str:
    try:
        data = read_regular(file, MOST_BYTES + 1)
    except OSError as problem:
        raise InputError(str(file), f"cannot be read ({problem.strerror})", "check its name") from None
    if len(data) > MOST_BYTES:
        raise InputError(str(file), f"is larger than {MOST_BYTES // 2**20} MB", "split it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise InputError(f"{file}:{line}", "is not UTF-8", 'save it as "CSV UTF-8"') from None


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(_DELIMITERS, key=head.count)


def _require_columns(file: Path, columns: tuple[str, ...]) -> None:
    folded = [name.lower() for name in columns if name]
    if "case" not in folded:
        raise InputError(f"{file}:1", 'has no column "case" with the cases\' ids', "`quizbot export` shows the columns")
    twice = next((name for name in columns if name and folded.count(name.lower()) > 1), None)
    if twice is not None:
        raise InputError(f"{file}:1", f'has the column "{twice}" twice', "take one out")


def _rows(file: Path, lines: "_csv.Reader", columns: tuple[str, ...]) -> list[Row]:
    found: list[Row] = []
    begins = lines.line_num + 1
    for cells in lines:
        if any(cell.strip() for cell in cells[len(columns) :]):
            raise InputError(f"{file}:{begins}", "has more cells than there are columns", "look for a quotation mark")
        row = {name: plain(cell.strip()) for name, cell in zip(columns, cells, strict=False) if name}
        if any(row.values()):
            found.append(Row(begins, row))
        if len(found) > MOST_ROWS:
            raise InputError(str(file), f"has more than {MOST_ROWS} rows", "split it")
        begins = lines.line_num + 1
    return found

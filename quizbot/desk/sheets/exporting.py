"""Cases as a spreadsheet that imports as the same cases."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from quizbot.casebook import LoadedCase
from quizbot.casebook.sheet import cells, columns, key_of, safe


@dataclass(frozen=True, slots=True)
class Exported:
    """A spreadsheet.

    Attributes:
        text: as it is written to a file.
        rows: how many cases are in it.
        left_out: the cases that are not, since a value of theirs is missing or cannot be understood.
    """

    text: str
    rows: int
    left_out: tuple[LoadedCase, ...]


def export_cases(cases: Sequence[LoadedCase]) -> Exported:
    """Write cases as CSV. Files are named with their case's folder; ``--images CASES`` finds them again.

    A byte order mark stands first: without it, spreadsheets read UTF-8 as something else.
    """
    sound = [(loaded.slug, loaded.case) for loaded in cases if loaded.case is not None]
    names = columns([case for _, case in sound])
    text = io.StringIO()
    sheet = csv.DictWriter(text, names, lineterminator="\r\n", extrasaction="raise", restval="")
    sheet.writeheader()
    for slug, case in sound:
        written = ((name, cell) for name, cell in cells(slug, case).items() if cell)
        sheet.writerow({name: safe(_placed(slug, name, cell)) for name, cell in written})
    left_out = tuple(loaded for loaded in cases if loaded.case is None)
    return Exported("\ufeff" + text.getvalue(), len(sound), left_out)


def _placed(slug: str, column: str, cell: str) -> str:
    key = key_of(column)
    is_file = key is not None and (key[-1] == "file" or key == ("video", "captions"))
    return f"{slug}/{cell}" if is_file and cell else cell

"""Cases from a spreadsheet: all of its rows become folders, or none does."""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from quizbot.casebook import CASE_FILE, Finding, Level
from quizbot.casebook.folder import entries
from quizbot.casebook.headers import unknown_columns
from quizbot.casebook.schema import SCHEMA_FILE, keep_schema
from quizbot.core.errors import InputError
from quizbot.deid.claim import CLAIM_FILE
from quizbot.desk.sheets.reading import read_sheet
from quizbot.desk.sheets.rows import Draft, drafted, unknown


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a spreadsheet: the folders that were made, none if there is an error among the findings."""

    folders: tuple[Path, ...]
    findings: tuple[Finding, ...]


def import_cases(sheet: Path, cases: Path, beside: Path | None = None) -> Imported:
    """Make a case folder of each row of a CSV file.

    Args:
        sheet: the file.
        cases: the folder of cases, made if it is missing.
        beside: the folder that pictures are named in; else the sheet's own.

    Raises:
        InputError: the file is no spreadsheet of cases, or the folders cannot be written.
    """
    read = read_sheet(sheet)
    found = unknown(sheet, list(unknown_columns(read.columns)))
    taken = {name.lower() for name in entries(cases)} if cases.is_dir() else set()
    drafts: list[Draft] = []
    for row in read.rows:
        draft, problems = drafted(sheet, row, beside or sheet.parent, taken)
        taken.add(draft.slug)
        drafts.append(draft)
        found += problems
    if any(finding.level is Level.ERROR for finding in found):
        return Imported((), tuple(found))
    return Imported(_put(drafts, cases), tuple(found))


def _put(drafts: Sequence[Draft], cases: Path) -> tuple[Path, ...]:
    """Write all folders beside their places, then move them there; what was moved is taken back if one cannot be."""
    moved: list[Path] = []
    try:
        cases.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".quizbot-", dir=cases) as name:
            for draft in drafts:
                _write(draft, Path(name) / draft.slug)
            for draft in drafts:
                (Path(name) / draft.slug).rename(cases / draft.slug)
                moved.append(cases / draft.slug)
        keep_schema(cases / SCHEMA_FILE)
    except OSError as problem:
        for folder in moved:
            shutil.rmtree(folder, ignore_errors=True)
        what = f"cannot be written to ({problem.strerror}); nothing was imported"
        raise InputError(str(cases), what, "mend that, then import again") from problem
    return tuple(moved)


def _write(draft: Draft, folder: Path) -> None:
    folder.mkdir()
    (folder / CASE_FILE).write_text(draft.text, encoding="utf-8", newline="\n")
    for name, source in draft.files.items():
        shutil.copyfile(source, folder / name, follow_symlinks=False)
    if draft.claims:
        (folder / CLAIM_FILE).write_bytes(b"".join(claim.line() for claim in draft.claims))

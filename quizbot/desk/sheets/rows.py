"""A row as a case to be: its data, its files, and everything that is wrong with them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from quizbot.casebook import Finding, Level, Problem, error
from quizbot.casebook.finding import Key, place_text, shown
from quizbot.casebook.folder import named_files
from quizbot.casebook.headers import column_of, nearest_column, unknown_columns
from quizbot.casebook.loader import better_slug, text_problems
from quizbot.casebook.sheet import case_data
from quizbot.casebook.written import case_file
from quizbot.core.errors import QuizbotError, one_line
from quizbot.deid.claim import Claim
from quizbot.desk.sheets.reading import Row
from quizbot.desk.signoff.looked import read_claim_file

_ID: Key = ("case",)
_MISSING = "is missing"


@dataclass
class Draft:
    """A case to be.

    Attributes:
        slug: its id.
        text: its case.yaml.
        files: what is copied into its folder, by the name it has there.
        claims: what the gate said of those files, to travel with them.
    """

    slug: str
    text: str
    files: dict[str, Path] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)


def drafted(sheet: Path, row: Row, beside: Path, taken: set[str]) -> tuple[Draft, list[Finding]]:
    """A row as a case, and what is wrong with it.

    Args:
        sheet: the file, for messages.
        row: the row.
        beside: the folder that its files are named in.
        taken: the ids that are taken, in lower case.
    """
    slug = next((cell for name, cell in row.cells.items() if name.lower() == "case"), "")
    data = case_data(row.cells)
    found = list(_slug_problems(slug, taken))
    named = named_files(data)
    draft = Draft(slug, "")
    for key, name in named.items():
        found += _file_problems(draft, data, key, name, beside)
    draft.text = case_file(data)
    found += text_problems(draft.text)
    return draft, [_finding(sheet, row, problem) for problem in found]


def _slug_problems(slug: str, taken: set[str]) -> Iterator[Problem]:
    if not slug:
        yield error("is empty; give the case an id", *_ID)
    elif slug in taken:
        yield error(f'"{shown(slug)}" is there already; choose another id', *_ID)
    elif (better := better_slug(slug)) is not None:
        yield error(f'"{shown(slug)}" is no id (a-z, 0-9 and "-"); write "{better}"', *_ID)


def _file_problems(draft: Draft, data: dict[str, Any], key: Key, name: str, beside: Path) -> Iterator[Problem]:
    """Take a file up into the draft under its plain name, or say why it cannot be."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or _through_link(beside, path):
        yield error(f'"{shown(name)}" leads out of {beside}; put the file there', *key)
        return
    source = beside / path
    _rename(data, key, path.name)
    if path.name in draft.files:
        yield error(f'a second file named "{shown(path.name)}"; rename one', *key)
        return
    draft.files[path.name] = source
    if key[0] == "images" and key[-1] == "file":
        yield from _picture_problems(draft, data["images"][key[1]].get("origin"), key, source)
    elif not source.is_file():
        yield error(f'there is no file "{shown(name)}" in {beside}', *key)


def _through_link(beside: Path, path: PurePosixPath) -> bool:
    place = beside
    for part in path.parts:
        place = place / part
        if place.is_symlink():
            return True
    return False


def _rename(data: dict[str, Any], key: Key, name: str) -> None:
    place: Any = data
    for part in key[:-1]:
        place = place[part]
    place[key[-1]] = name


def _picture_problems(draft: Draft, origin: str | None, key: Key, source: Path) -> Iterator[Problem]:
    """Whether a picture may stand in a case folder: a drawing, or an output of the gate with its claim."""
    from quizbot.deid import inspect  # noqa: PLC0415  # Pillow loads slowly
    from quizbot.deid.bare import digest_of  # noqa: PLC0415  # likewise
    from quizbot.deid.reading import read_file  # noqa: PLC0415  # likewise

    try:
        inspect(source)
        claim = read_claim_file(source.parent).by_digest.get(digest_of(read_file(source)))
    except QuizbotError as refused:
        yield error(f'"{shown(source.name)}" {refused.what}; {refused.todo}', *key)
        return
    if claim is not None:
        draft.claims.append(claim)
    elif origin in ("patient", "licensed"):
        message = f'is "{origin}" and no output of the privacy gate; run `quizbot deid ORIGINAL -o {source.parent}`'
        yield error(f'"{shown(source.name)}" {message} and name what it writes', *key)


@dataclass(frozen=True, slots=True)
class RowFinding(Finding):
    """A problem with its place in a spreadsheet; ``row`` as ``Row.number``."""

    row: int

    def __str__(self) -> str:
        column = f", column {self.key}" if self.key else ""
        return one_line(f"{self.file}: row {self.row}{column}: {self.level}: {self.message}")


def _finding(sheet: Path, row: Row, problem: Problem) -> Finding:
    column = "case" if problem.key == _ID else column_of(problem.key, row.cells) if problem.key else ""
    message = problem.message
    if not column:
        message = f"{'.'.join(map(str, problem.key))} {message}" if problem.key else message
    elif problem.level is Level.ERROR and message.startswith(_MISSING) and column not in map(str.strip, row.cells):
        message = f"{_MISSING}, and so is the column; {_renamed(column, row.cells)}"
    return RowFinding(place_text(sheet), row.line, column, problem.level, one_line(message), row.number)


def _renamed(column: str, names: Iterable[str]) -> str:
    meant = next((name for name in unknown_columns(names) if nearest_column(name) == column), "")
    return f'rename "{shown(meant)}", if that is it' if meant else "add it"


def unknown(sheet: Path, names: Sequence[str]) -> list[Finding]:
    """A warning for each column that holds nothing of a case."""
    return [_unknown(sheet, name) for name in names]


def _unknown(sheet: Path, name: str) -> Finding:
    nearest = nearest_column(name)
    todo = f'the nearest is "{nearest}"' if nearest else "`quizbot export` shows the columns"
    message = f"is no column of a case and is left out; {todo}"
    return RowFinding(place_text(sheet), 1, shown(name), Level.WARNING, message, 1)

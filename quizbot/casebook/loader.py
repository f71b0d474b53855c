"""Loads a case folder. Nothing that may stand in one raises: all that is wrong becomes findings."""

import errno
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from quizbot.casebook.finding import Finding, Problem, error, shown
from quizbot.casebook.folder import (
    CASE_FILE,
    Entry,
    content_digest,
    entries,
    is_private,
    missing_files,
    named_files,
    read_regular,
    strays,
)
from quizbot.casebook.loaded import LoadedCase, broken, finding_about, finding_at, slug_of
from quizbot.casebook.messages import refusals
from quizbot.casebook.reader import MAX_BYTES, Document, Slip, read
from quizbot.casebook.rules import problems
from quizbot.core.case import EXAMPLE_AUTHOR, SLUG_LIMIT, SLUG_PATTERN, Case
from quizbot.core.nearest import nearest

_CASE_NAME = re.compile(r"case\.ya?ml", re.IGNORECASE)
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_LIKE = 0.6  # from which similarity on a missing folder's name counts as a slip of another
# Stand for required keys that could not be understood, so that the rules on the other keys can still be asked.
_PLACEHOLDERS = {"kind": "question", "prompt": "?", "author": EXAMPLE_AUTHOR, "consent": "synthetic"}


def load_case(path: Path) -> LoadedCase:
    """Load one case, given as its folder or as the case.yaml in it; never raises for what is there."""
    folder = path.parent if path.name == CASE_FILE and not path.is_dir() else path
    slug = slug_of(folder)
    try:
        present = entries(folder)
    except OSError as problem:
        return broken(folder, _elsewhere(folder, problem) or _misspelt(folder, problem) or no_folder(problem))
    document = _read(folder, present)
    case, found = _validated(document)
    loaded = LoadedCase(slug, folder, case, (), content_digest(folder, present), document.lines)
    return loaded.also(
        [
            *(finding_at(folder, slip.line, slip.problem) for slip in document.slips),
            *(loaded.locate(problem) for problem in (*slug_problems(slug), *found)),
            *_file_findings(loaded, document, present),
        ]
    )


def _elsewhere(folder: Path, problem: OSError) -> str | None:
    """Where a case lies that was named without its folder of cases."""
    there = Path("cases", folder)  # an absolute path stays as it is
    if problem.errno == errno.ENOENT and not folder.is_absolute() and there.is_dir():
        return f"there is no such folder here; there is {there}"
    return None


def _misspelt(folder: Path, problem: OSError) -> str | None:
    """The folder beside a missing one, or else in the folder of cases, that it is most likely a slip of."""
    if problem.errno != errno.ENOENT:
        return None
    beside = {one.name: one for one in _folders((Path("cases"), folder.parent))}
    near = nearest(folder.name, beside, _LIKE)
    return f"there is no such folder; the nearest is {beside[near]}" if near else None


def _folders(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        try:
            yield from (place / one.name for one in entries(place).values() if one.kind == "folder")
        except OSError:
            continue


def no_folder(problem: OSError) -> str:
    """Why a folder could not be listed."""
    if problem.errno == errno.ENOENT:
        return "there is no such folder; `quizbot new` makes a case"
    if problem.errno == errno.ENOTDIR:
        return f"is a file; a case is a folder with a {CASE_FILE} in it"
    return f"cannot be listed ({problem.strerror}); check its name and permissions"


def better_slug(slug: str) -> str | None:
    """A case's id that is near a text which is none; None if it is one."""
    if len(slug) <= SLUG_LIMIT and re.fullmatch(SLUG_PATTERN, slug):
        return None
    name = re.split(r"[/\\]", slug.rstrip("/\\"))[-1]  # of a path, what comes last
    return "-".join(re.findall("[a-z0-9]+", _bare(name)))[:SLUG_LIMIT].strip("-") or "a-name"


def _bare(name: str) -> str:
    """A name in small letters without their marks, as far as there are such: "Q Örgano" becomes "q organo"."""
    parts = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    return "".join(c for c in parts if not unicodedata.combining(c))


def slug_problems(slug: str) -> Iterator[Problem]:
    """What is wrong with a folder's name, which is the case's id."""
    better = better_slug(slug)
    if better is not None:
        yield error(f'the folder\'s name "{shown(slug)}" is no id (a-z, 0-9 and "-"); rename it to "{better}"')


def text_problems(text: str) -> list[Problem]:
    """What is wrong with the text of a case.yaml by itself, whatever its folder holds."""
    document = read(text.encode("utf-8", "replace"))
    return [*(slip.problem for slip in document.slips), *_validated(document)[1]]


def _read(folder: Path, present: Mapping[str, Entry]) -> Document:
    if CASE_FILE not in present:
        near = next((name for name in present if _CASE_NAME.fullmatch(name)), None)
        todo = f'rename "{near}" to {CASE_FILE}' if near else "`quizbot new` makes one"
        return _unread(f"there is no {CASE_FILE} in this folder; {todo}")
    try:
        return read(read_regular(folder / CASE_FILE, MAX_BYTES + 1))
    except OSError as problem:
        return _unread(f"cannot be read ({problem.strerror})")


def _unread(message: str) -> Document:
    return Document(None, {}, (Slip(1, error(message)),))


def _validated(document: Document) -> tuple[Case | None, list[Problem]]:
    """The case if every value could be understood, and all that is wrong with the values and between them."""
    if document.data is None:
        return None, []
    try:
        case = Case.model_validate(document.data)
    except ValidationError as refused:
        unsound = {str(one["loc"][0]) for one in refused.errors(include_url=False)}
        sound = {key: value for key, value in document.data.items() if key in Case.model_fields and key not in unsound}
        partial = Case.model_validate(_PLACEHOLDERS | sound)
        return None, [*refusals(refused), *problems(partial, unsound)]
    return case, list(problems(case))


def _file_findings(loaded: LoadedCase, document: Document, present: Mapping[str, Entry]) -> Iterator[Finding]:
    named = named_files(document.data)
    for problem in missing_files(named, present):
        yield loaded.locate(problem)
    # Of a file that cannot be read nobody knows what it names.
    expected = frozenset(named.values() if document.data is not None else present)
    for name, level, message in strays(loaded.path, expected, present, private=is_private(document.data)):
        yield finding_about(loaded.path / name, level, message)

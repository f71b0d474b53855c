"""A folder of case folders. A broken one is reported and never stops the others."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from quizbot.casebook.finding import Finding, Key, Level, error
from quizbot.casebook.folder import CASE_FILE, Entry, entries
from quizbot.casebook.loaded import LoadedCase, broken, finding_about
from quizbot.casebook.loader import load_case, no_folder
from quizbot.core.compose import Planned, Role, answer_posts, quiz_posts
from quizbot.core.errors import InputError


@dataclass(frozen=True, slots=True)
class Casebook:
    """A folder of case folders.

    Attributes:
        path: the folder.
        cases: every case folder, broken ones too, by name.
        findings: what is wrong beside the cases.
    """

    path: Path
    cases: tuple[LoadedCase, ...]
    findings: tuple[Finding, ...] = ()


def load_casebook(path: Path) -> Casebook:
    """Load every case folder in a folder; files, and folders whose name begins with ``.`` or ``_``, are no cases.

    Raises:
        InputError: the folder is missing, is a file, or cannot be listed.
    """
    try:
        present = entries(path)
    except NotADirectoryError:
        raise InputError(str(path), "is a file; the cases are a folder of folders") from None
    except OSError as problem:
        raise InputError(str(path), no_folder(problem)) from None
    loaded = (_load(path, one) for one in present.values() if _is_case(one))
    return Casebook(path, without_duplicates(loaded), tuple(_loose_files(path, present)))


def _is_case(entry: Entry) -> bool:
    return entry.kind in ("folder", "link") and not entry.name.startswith((".", "_"))


def _load(path: Path, entry: Entry) -> LoadedCase:
    folder = path / entry.name
    if entry.kind == "link":
        return broken(folder, "is a link; put the folder itself here")
    return load_case(folder)


def _loose_files(path: Path, present: Mapping[str, Entry]) -> Iterator[Finding]:
    for name, one in present.items():
        if one.kind == "file" and Path(name).suffix in (".yaml", ".yml") and not name.startswith("."):
            message = f"is no case: a case is a folder; move it to {Path(name).stem}/{CASE_FILE}"
            yield finding_about(path / name, Level.WARNING, message)


def without_duplicates(cases: Iterable[LoadedCase]) -> tuple[LoadedCase, ...]:
    """The cases, with an error for each that would post the very text of an earlier one: X refuses it the second time.

    The earlier one stays sound, so that a new case can never take an old one out of the queue by accident.
    """
    seen: dict[str, str] = {}
    return tuple(_against(loaded, seen) for loaded in cases)


def _against(loaded: LoadedCase, seen: dict[str, str]) -> LoadedCase:
    posts = _posts(loaded)
    twin = next((post for post in posts if post.text in seen), None)
    other = seen[twin.text] if twin else ""
    for post in posts:
        seen.setdefault(post.text, loaded.slug)
    if twin is None:
        return loaded
    message = f'the {twin.role} post is the same as that of the case "{other}", and X refuses a text twice; reword it'
    marked = loaded.also([loaded.locate(error(message, *_key(twin)))])
    return replace(marked, digest=sha256(f"{loaded.digest} {message}".encode()).hexdigest())


def _posts(loaded: LoadedCase) -> tuple[Planned, ...]:
    return (*quiz_posts(loaded.case), *answer_posts(loaded.case)) if loaded.case is not None else ()


def _key(post: Planned) -> Key:
    keys: dict[Role, Key] = {Role.ANSWER: ("pearl",), Role.REFERENCE: ("references", 0, "url")}
    return keys.get(post.role, ("prompt",))

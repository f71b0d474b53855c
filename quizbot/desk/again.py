"""Cases that ask a diagnosis again: the one they name is there, asks the same and asks it first."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from quizbot.casebook import CASE_FILE, Finding, LoadedCase, error, load_case
from quizbot.core.case import Case


def again_findings(cases: Iterable[LoadedCase]) -> Iterator[Finding]:
    """An error for each ``asks_again`` that leads nowhere."""
    known = {loaded.path: loaded for loaded in cases}
    for loaded in known.values():
        if loaded.case is not None and loaded.case.asks_again is not None:
            wrong = _wrong(loaded, loaded.case, loaded.case.asks_again, known)
            if wrong:
                yield loaded.locate(error(wrong, "asks_again"))


def _wrong(loaded: LoadedCase, case: Case, first: str, known: Mapping[Path, LoadedCase]) -> str | None:
    if case.answer is None:
        return f"is for quizzes, and this is a {case.kind}; take it out"
    if first == loaded.slug:
        return "names this case itself; name the one that asked first"
    folder = loaded.path.parent / first
    if not (folder / CASE_FILE).is_file():
        return f'names "{first}", which is no case beside this one; give the name of its folder'
    other = (known.get(folder) or load_case(folder)).case  # where it cannot be understood, its own check says why
    return _unlike(case, other, first) if other is not None else None


def _unlike(case: Case, other: Case, first: str) -> str | None:
    if other.asks_again is not None:
        return f'names "{first}", which itself asks {other.asks_again} again; name that one'
    if case.answer is None or other.answer is None or other.answer.diagnosis != case.answer.diagnosis:
        return f'names "{first}", whose diagnosis is another; only the same can be asked again'
    return None

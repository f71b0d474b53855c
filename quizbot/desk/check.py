"""All checks of a case: its file and folder, its pictures, and what else is asked of its content."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from quizbot.casebook import (
    CASE_FILE,
    GIVES_AWAY,
    Finding,
    Level,
    LoadedCase,
    Problem,
    key_text,
    load_case,
    load_casebook,
    without_duplicates,
)
from quizbot.core.case import Case
from quizbot.deid.standing import Consent
from quizbot.desk.again import again_findings
from quizbot.desk.clips import clip_findings
from quizbot.desk.copies import copies_beside
from quizbot.desk.graded import grader_problems
from quizbot.desk.marked import marked_findings
from quizbot.desk.pictures import Ask, consent_findings, picture_findings
from quizbot.desk.published import published_findings
from quizbot.desk.resemblance import resemblances
from quizbot.desk.words import word_problems

CaseCheck = Callable[[Case], Iterable[Problem]]
"""A check of a case whose every value could be understood; the desk adds file and line."""

BookCheck = Callable[[Sequence[LoadedCase]], Iterable[Finding]]
"""A check of cases together."""

CASE_CHECKS: tuple[CaseCheck, ...] = (grader_problems, word_problems)


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found.

    Attributes:
        cases: how many case folders were checked.
        findings: all of them, case by case.
    """

    cases: int
    findings: tuple[Finding, ...]

    def count(self, level: Level) -> int:
        """How many findings are of a level."""
        return count(self.findings, level)


def count(findings: Iterable[Finding], level: Level) -> int:
    """How many findings are of a level."""
    return sum(finding.level is level for finding in findings)


def check_case(loaded: LoadedCase, require_consent: Consent = "written", ask: Ask | None = None) -> tuple[Finding, ...]:
    """Every finding of a loaded case, those of the loader among them.

    Args:
        loaded: the case.
        require_consent: the ground that a picture of a patient needs.
        ask: says how far the case has come with its sign-offs; None to leave them out.
    """
    if loaded.case is None:
        return loaded.findings
    problems = [problem for check in CASE_CHECKS for problem in check(loaded.case)]
    problems += consent_findings(loaded.case, require_consent)
    return (
        _told_once(loaded, problems)
        .also([*map(loaded.locate, problems), *picture_findings(loaded, ask), *clip_findings(loaded, ask)])
        .findings
    )


def _told_once(loaded: LoadedCase, problems: Sequence[Problem]) -> LoadedCase:
    """Without what the loader says of a text that gives the answer away, where the grader quotes the place, too."""
    told = {key_text(problem.key) for problem in problems if GIVES_AWAY in problem.message}
    kept = (one for one in loaded.findings if not (one.key in told and GIVES_AWAY in one.message))
    return replace(loaded, findings=tuple(kept))


def check_paths(
    paths: Sequence[Path],
    *,
    replies: bool = False,
    require_consent: Consent = "written",
    ask: Ask | None = None,
    more: Sequence[BookCheck] = (),
    only: bool = False,
) -> Report:
    """Check cases, given as case folders, their case.yaml, or folders of cases; never raises for what is there.

    Args:
        paths: what to check.
        replies: hold the marked replies beside the cases against the grader, too.
        require_consent: as for ``check_case``.
        ask: as for ``check_case``.
        more: checks of all the cases together that were asked for, such as of their links.
        only: leave out whatever was not asked for.
    """
    cases, beside = gather(paths)
    asked = [finding for loaded in cases if replies for finding in marked_findings(loaded)]
    asked += [finding for book_check in more for finding in book_check(cases)]
    if only:
        return Report(len(cases), tuple(asked))
    found = [finding for loaded in cases for finding in check_case(loaded, require_consent, ask)]
    across = (*again_findings(cases), *resemblances(cases), *copies_beside(cases), *published_findings(cases))
    return Report(len(cases), (*beside, *found, *asked, *across))


def gather(paths: Sequence[Path]) -> tuple[tuple[LoadedCase, ...], tuple[Finding, ...]]:
    """The cases at some paths, each once, and what is wrong beside them."""
    cases: dict[str, LoadedCase] = {}
    beside: list[Finding] = []
    for path in paths:
        found, other = _at(path)
        beside += other
        for loaded in found:
            cases.setdefault(os.path.abspath(loaded.path), loaded)  # noqa: PTH100  # resolve() would follow links
    return without_duplicates(cases.values()), tuple(dict.fromkeys(beside))


def _at(path: Path) -> tuple[Iterable[LoadedCase], Iterable[Finding]]:
    if not _is_casebook(path):
        return (load_case(path),), ()
    book = load_casebook(path)
    return book.cases, book.findings


def _is_casebook(path: Path) -> bool:
    """A folder without a case.yaml that has folders in it; an empty one is a case of which everything is missing."""
    try:
        return not (path / CASE_FILE).exists() and any(_folders(path))
    except OSError:
        return False


def _folders(path: Path) -> Iterator[Path]:
    return (one for one in path.iterdir() if one.is_dir() and not one.name.startswith((".", "_")))

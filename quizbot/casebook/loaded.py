"""A case folder as it was found."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from quizbot.casebook.finding import Finding, Key, Level, Problem, error, key_text, place_text
from quizbot.casebook.folder import CASE_FILE
from quizbot.core.case import Case
from quizbot.core.errors import one_line

MAX_FINDINGS = 200  # of one case; more helps nobody


@dataclass(frozen=True, slots=True)
class LoadedCase:
    """A case folder as it was found.

    Attributes:
        slug: the folder's name: the case's id.
        path: the folder.
        case: the case, if every value in it could be understood. It may still have errors, a missing image for one.
        findings: everything that is wrong with it, in the order of the file.
        digest: SHA-256, hexadecimal, of the folder's content; whatever changes the findings changes it.
        lines: the line of each key, for findings that are made later.
    """

    slug: str
    path: Path
    case: Case | None
    findings: tuple[Finding, ...]
    digest: str
    lines: Mapping[Key, int] = field(default_factory=dict, repr=False)

    @property
    def ok(self) -> bool:
        """Whether it could be understood and has no errors."""
        return self.case is not None and all(finding.level is not Level.ERROR for finding in self.findings)

    def locate(self, problem: Problem) -> Finding:
        """A problem with its place: its key's line, or that of the nearest key above it."""
        key = problem.key
        while key and key not in self.lines:
            key = key[:-1]
        return finding_at(self.path, self.lines.get(key, 1), problem)

    def also(self, findings: Iterable[Finding]) -> "LoadedCase":
        """The same case with more findings."""
        return replace(self, findings=in_order([*self.findings, *findings]))


def finding_at(folder: Path, line: int, problem: Problem) -> Finding:
    """A problem at a line of a folder's case.yaml."""
    where = place_text(folder / CASE_FILE)
    return Finding(where, line, key_text(problem.key), problem.level, one_line(problem.message))


def finding_about(path: Path, level: Level, message: str) -> Finding:
    """A finding about a file or folder as a whole."""
    return Finding(place_text(path), 1, "", level, one_line(message))


def slug_of(folder: Path) -> str:
    """The id of the case in a folder: its name, which may be none that is allowed."""
    return place_text(Path(Path(os.path.abspath(folder)).name))  # noqa: PTH100  # resolve() would follow a link


def broken(folder: Path, message: str) -> LoadedCase:
    """A case of which nothing can be read."""
    digest = sha256(message.encode("utf-8", "replace")).hexdigest()
    return LoadedCase(slug_of(folder), folder, None, (finding_about(folder, Level.ERROR, message),), digest)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once: those of the case.yaml first, by line; at most ``MAX_FINDINGS`` and one that says so."""
    once = dict.fromkeys(findings)
    ordered = sorted(once, key=lambda one: (Path(one.file).name != CASE_FILE, one.file, one.line))
    if len(ordered) <= MAX_FINDINGS:
        return tuple(ordered)
    more = error(f"and {len(ordered) - MAX_FINDINGS} more findings; mend these first")
    return (*ordered[:MAX_FINDINGS], finding_at(Path(ordered[0].file).parent, 1, more))

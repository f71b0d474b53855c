"""An educator's own marked examples: ``replies.jsonl`` beside a case, held against the grader."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from quizbot.casebook import Finding, Level, LoadedCase
from quizbot.casebook.finding import place_text, shown
from quizbot.core.verdict import Verdict, VerdictKind
from quizbot.grading import grade_many, prepare

REPLIES_FILE = "replies.jsonl"
_MOST_BYTES = 5 * 1024 * 1024
_CREDITS = {VerdictKind.CORRECT: 1.0, VerdictKind.INCORRECT: 0.0}


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked reply. ``credit``: as marked, or what the verdict alone says; None where it says nothing."""

    line: int
    text: str
    kind: VerdictKind
    credit: float | None


def marked_findings(loaded: LoadedCase) -> Iterator[Finding]:
    """Where the grader and the educator's marks disagree, and lines that cannot be read; nothing without the file."""
    file = loaded.path / REPLIES_FILE
    if loaded.case is None or loaded.case.answer is None or not file.is_file() or file.is_symlink():
        return
    marked: list[Marked] = []
    for number, line in enumerate(_lines(file), start=1):
        found = _marked(number, line)
        if isinstance(found, Marked):
            marked.append(found)
        elif found:
            yield _finding(file, number, found)
    verdicts = grade_many(prepare(loaded.case), [one.text for one in marked])
    for one, verdict in zip(marked, verdicts, strict=True):
        if (one.kind, one.credit) != (verdict.kind, verdict.credit):
            yield _finding(file, one.line, _disagreement(one, verdict))


def _lines(file: Path) -> list[str]:
    with file.open("rb") as stream:
        return stream.read(_MOST_BYTES).decode("utf-8", "replace").splitlines()


def _marked(number: int, line: str) -> Marked | str:
    """A line's mark; a message if it has none; empty for an empty line."""
    if not line.strip():
        return ""
    try:
        record = json.loads(line)
        kind = VerdictKind(record["verdict"])
        credit = record.get("credit", _CREDITS.get(kind))
        return Marked(number, str(record["text"]), kind, None if credit is None else float(credit))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return 'is no marked reply; write {"text": "...", "verdict": "correct"}, with "credit" if it is partial'


def _disagreement(one: Marked, verdict: Verdict) -> str:
    reasons = " ".join(verdict.reasons)
    return (
        f'"{shown(one.text, 80)}" is marked {_words(one.kind, one.credit)} and graded '
        f"{_words(verdict.kind, verdict.credit)}: {shown(reasons, 200)}"
    )


def _words(kind: VerdictKind, credit: float | None) -> str:
    return f"partial ({credit:g})" if kind is VerdictKind.PARTIAL and credit is not None else str(kind)


def _finding(file: Path, line: int, message: str) -> Finding:
    return Finding(place_text(file), line, "", Level.ERROR, message)

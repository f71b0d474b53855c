"""``quizbot grade``: grade replies from a file, from standard input, or typed at a prompt."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from quizbot.cli.frame import app, print_json, progress, say
from quizbot.cli.places import case_path
from quizbot.core.errors import InputError, one_line
from quizbot.core.verdict import Verdict

if TYPE_CHECKING:
    from quizbot.casebook import LoadedCase
    from quizbot.grading import Key

BATCH = 2_000  # replies graded at a time: equal ones once, and memory stays bounded
LONGEST_LINE = 1_000_000  # characters


@app.command(epilog="Example: quizbot grade cases/wellens-syndrome --replies replies.jsonl --json")
def grade(
    case_dir: Annotated[Path, typer.Argument(metavar="CASE_DIR", help="A case folder; only its case.yaml is read.")],
    *,
    replies: Annotated[
        str | None, typer.Option(help='A file of {"id", "text"} lines, or - for standard input.', metavar="FILE.jsonl")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a reply.")] = False,
) -> None:
    """Grade replies to a case, as the bot would."""
    key = _prepare(case_dir)
    if replies is None and sys.stdin.isatty():
        _converse(key, as_json=as_json)
        return
    with _lines(replies or "-") as (name, lines):
        for record, verdict in _graded(key, _records(name, lines)):
            _print(record["id"], record["text"], verdict, as_json=as_json)


def _prepare(case_dir: Path) -> "Key":
    from quizbot.casebook import load_case  # noqa: PLC0415  # YAML and the lexicon load only for commands that use them
    from quizbot.grading import prepare  # noqa: PLC0415  # as above

    loaded = load_case(case_path(case_dir))
    if loaded.case is None:
        raise _unusable(loaded)
    if loaded.case.answer is None:
        raise InputError(str(case_dir), f"a {loaded.case.kind} has no answer to grade by", "choose a quiz")
    return prepare(loaded.case)


def _unusable(loaded: "LoadedCase") -> InputError:
    """Why there is nothing to grade by: there is no such case, or it has errors, of which the first is told."""
    first = next(one for one in loaded.findings if one.level == "error")
    if not loaded.path.exists():
        return InputError(str(loaded.path), first.message)
    return InputError("", str(first), f"`quizbot check {loaded.path}` names all that is wrong")


@contextmanager
def _lines(replies: str) -> Iterator[tuple[str, Iterable[str]]]:
    if replies == "-":
        yield "standard input", _bounded(sys.stdin)
        return
    try:
        file = Path(replies).open(encoding="utf-8", errors="replace")  # noqa: SIM115  # closed below, errors apart
    except OSError as error:
        raise InputError(replies, error.strerror or "cannot be read", "give a file of JSON lines") from None
    with file:
        yield replies, _bounded(file)


def _bounded(file: TextIO) -> Iterator[str]:
    while line := file.readline(LONGEST_LINE):
        yield line


def _records(name: str, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _record(f"{name}:{number}", line)


def _record(where: str, line: str) -> dict[str, Any]:
    expected = 'write one JSON object a line, {"id": ..., "text": "..."}'
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise InputError(where, "not JSON", expected) from None
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise InputError(where, "no text", expected)
    if "id" not in record:
        raise InputError(where, "no id", expected)
    return record


def _graded(key: "Key", records: Iterator[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Verdict]]:
    from quizbot.grading import grade_many  # noqa: PLC0415  # the lexicon loads only for commands that use it

    while batch := _batch(records):
        good, error = batch
        yield from zip(good, grade_many(key, [record["text"] for record in good]), strict=True)
        if error:
            raise error


def _batch(records: Iterator[dict[str, Any]]) -> tuple[list[dict[str, Any]], InputError | None] | None:
    """The next records, and the error that ended them: what was read before a malformed line is still graded."""
    good: list[dict[str, Any]] = []
    try:
        for record in islice(records, BATCH):
            good.append(record)  # noqa: PERF402  # extend() would lose what came before the error
    except InputError as error:
        return good, error
    return (good, None) if good else None


def _converse(key: "Key", *, as_json: bool) -> None:
    from quizbot.grading import grade as grade_one  # noqa: PLC0415  # as above

    progress.print("Type a reply; an empty line ends.")
    number = 0
    while text := _ask():
        number += 1
        _print(number, text, grade_one(key, text), as_json=as_json)


def _ask() -> str:
    try:
        return input("> ").strip()
    except EOFError:
        return ""


def _print(reply_id: object, text: str, verdict: Verdict, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "id": reply_id,
                "verdict": verdict.kind.value,
                "credit": verdict.credit,
                "matched": verdict.matched,
                "reasons": list(verdict.reasons),
            }
        )
        return
    credit = "" if verdict.credit is None else f" {verdict.credit:g}"
    say(f"{one_line(str(reply_id))}: {verdict.kind.value}{credit}  {one_line(text)[:100]}")
    for reason in verdict.reasons:
        say(f"    {one_line(reason)}")

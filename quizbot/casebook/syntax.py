"""What is wrong where YAML itself cannot go on: the usual slips, in words that say what to do."""

import re
from collections.abc import Callable, Sequence

from yaml import MarkedYAMLError

from quizbot.casebook.finding import shown

_TAB = re.compile(r" *\t\s*\S")
_HASH_ITEM = re.compile(r"^\s*[\w-]+:\s+\[(?:[^\]#\"']*,)?\s*#")
_SECOND_COLON = re.compile(r"\s*(?:- +)?[\w-]+:\s.*:(?:\s|$)")
_GLUED_VALUE = re.compile(r"\s*(?:- +)?[\w-]+:[^\s/]")
_QUOTED_PART = re.compile(r"""[:\-\[,]\s+(["']).*?\1\s*[^\s,\]}#]""")

Explainer = Callable[[Sequence[str], int, int], str]
"""From the lines of the file and the place (line and column, from 0) to what is wrong there."""


def explain(problem: MarkedYAMLError, lines: Sequence[str]) -> tuple[int, str]:
    """The line (from 1) to look at, and what is wrong there."""
    return _tab(lines) or _comment(lines) or _explained(problem, lines)


def _tab(lines: Sequence[str]) -> tuple[int, str] | None:
    """A tab in the indentation; YAML stumbles over it in many words, some of them lines away."""
    found = next((n for n, line in enumerate(lines) if _TAB.match(line)), None)
    return None if found is None else (found + 1, "begins with a tab; indent with blanks")


def _comment(lines: Sequence[str]) -> tuple[int, str] | None:
    """A ``#`` where a list's item should begin: it makes a comment of the rest, the bracket too."""
    found = next((n for n, line in enumerate(lines) if _HASH_ITEM.search(line)), None)
    message = 'a "#" begins a comment here; write hashtags without it, or put quotes around the text'
    return None if found is None else (found + 1, message)


def _explained(problem: MarkedYAMLError, lines: Sequence[str]) -> tuple[int, str]:
    said = f"{problem.context or ''}: {problem.problem or ''}"
    begun, stopped = _place(problem.context_mark), _place(problem.problem_mark)
    for pattern, at_beginning, explainer in _EXPLAINERS:
        if re.search(pattern, said):
            line, column = begun or stopped or (0, 0) if at_beginning else stopped or begun or (0, 0)
            return line + 1, explainer(lines, line, column)
    line, _ = stopped or begun or (0, 0)
    return line + 1, f"is not YAML: {shown(said.strip(': '), 120)}"


def _place(mark: object) -> tuple[int, int] | None:
    line, column = getattr(mark, "line", None), getattr(mark, "column", None)
    return (line, column) if isinstance(line, int) and isinstance(column, int) else None


def _text(lines: Sequence[str], line: int) -> str:
    return lines[line] if line < len(lines) else ""


def _odd_beginning(lines: Sequence[str], line: int, column: int) -> str:
    sign = _text(lines, line)[column : column + 1]
    if sign == "\t":
        return "begins with a tab; indent with blanks"
    return f'a text that begins with "{shown(sign)}" needs quotes around it'


def _odd_colon(lines: Sequence[str], line: int, _column: int) -> str:
    if _SECOND_COLON.match(_text(lines, line)):
        return 'a colon and a blank inside a text: put quotes around the text, or write it below ">-"'
    for above in range(line - 1, max(line - 4, -1), -1):
        if _GLUED_VALUE.match(lines[above]):
            return f"line {above + 1}, above, lacks the blank after its colon"
    return "is indented otherwise than the keys around it, or has a colon that needs quotes around the text"


def _no_key(lines: Sequence[str], line: int, _column: int) -> str:
    if _GLUED_VALUE.match(_text(lines, line)):
        return "lacks the blank after its colon"
    return "is neither a key with a colon nor indented as part of the text above"


def _broken_block(lines: Sequence[str], line: int, _column: int) -> str:
    for near in (line, line - 1):
        if near >= 0 and _QUOTED_PART.search(_text(lines, near)):
            return "quotes must go around the whole text; write quotes inside it as the other kind"
    return "is indented otherwise than the lines around it; keys of one level begin in the same column"


def _always(message: str) -> Explainer:
    return lambda _lines, _line, _column: message


# A pattern of what PyYAML or libyaml says; whether the place is where the faulty piece began (or where it stopped).
_EXPLAINERS: tuple[tuple[str, bool, Explainer], ...] = (
    ("cannot start any token|node content", False, _odd_beginning),
    ("mapping values are not allowed", False, _odd_colon),
    ("scanning an alias", True, _always('a text that begins with "*" needs quotes around it')),
    ("scanning an anchor", True, _always('a text that begins with "&" needs quotes around it')),
    ("a tag|a directive|%YAML|%TAG", True, _always('a text that begins with "!" or "%" needs quotes around it')),
    ("quoted scalar.*unexpected end", True, _always("the quotes that open here are never closed")),
    (
        "unknown escape",
        False,
        _always(r'a "\" inside double quotes begins an escape; use single quotes around the text'),
    ),
    ("block scalar", True, _always('nothing may stand behind ">-" or "|"; the text begins in the next line, indented')),
    ("simple key", True, _no_key),
    (
        "flow (sequence|mapping)",
        True,
        _always("the bracket that opens here is not closed, or a text in it needs quotes"),
    ),
    ("block (mapping|collection|node)", False, _broken_block),
    ("<document start>|incompatible", False, _always("is outside the document; a case is one, without %YAML or ...")),
)

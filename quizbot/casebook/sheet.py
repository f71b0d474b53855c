"""Cases as rows of a spreadsheet: what stands in which column, and what a cell's text means. Pure.

A row is a case. Lists of texts stand one on a line of a cell; answers with a credit or a reason, one on a line, their
parts with ``|`` between. Numbered columns (``image 1``, ``reference 2 url``) go as far as they are needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from quizbot.casebook.finding import Key
from quizbot.core.case import Case

IMAGES = ("file", "alt", "alt_answer", "origin", "photo", "credit")
REFERENCES = ("title", "url", "kind", "year", "unconfirmed")
_WHOLE = frozenset({"year", "difficulty"})
_TRUTHS = frozenset({"photo", "unconfirmed"})
_SHARE = re.compile(r"[01]?[.,]\d{1,6}")

_SINGLE: Mapping[str, Key] = {
    "kind": ("kind",),
    "prompt": ("prompt",),
    "video": ("video", "file"),
    "video captions": ("video", "captions"),
    "video alt": ("video", "alt"),
    "video origin": ("video", "origin"),
    "video credit": ("video", "credit"),
    "diagnosis": ("answer", "diagnosis"),
    "certainty": ("certainty",),
    "proof": ("proof",),
    "pearl": ("pearl",),
    "author": ("author",),
    "reviewed by": ("reviewed", "by"),
    "reviewed on": ("reviewed", "on"),
    "again by": ("reviewed", "again_by"),
    "consent": ("consent",),
    "consent ref": ("consent_ref",),
    "sensitive": ("sensitive",),
    "difficulty": ("difficulty",),
    "post on": ("post_on",),
    "asks again": ("asks_again",),
}
_LISTS: Mapping[str, Key] = {"accept": ("answer", "accept"), "tags": ("tags",), "hashtags": ("hashtags",)}
_ANSWERS: Mapping[str, tuple[Key, tuple[str, ...]]] = {
    "partial": (("answer", "partial"), ("answer", "credit", "because")),
    "reject": (("answer", "reject"), ("answer", "because")),
}
_NUMBERED = re.compile(r"(image|reference) ([1-9][0-9]?)(?: (\w+(?: \w+)*))?")
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How a text begins that a spreadsheet takes for a formula (OWASP, "CSV Injection"), or one that was made safe."""


def columns(cases: Iterable[Case]) -> list[str]:
    """Every column, with as many numbered ones as some cases need; the first is the case's id."""
    held = list(cases)
    images = max([1, *(len(case.images) for case in held)])
    references = max([1, *(len(case.references) for case in held)])
    pictures = [_name("image", n, part) for n in range(1, images + 1) for part in IMAGES]
    sources = [_name("reference", n, part) for n in range(1, references + 1) for part in REFERENCES]
    answer = ["diagnosis", "accept", "partial", "reject", "certainty", "proof", "pearl"]
    rest = [name for name in (*_SINGLE, *_LISTS) if name not in ("kind", "prompt", *answer)]
    return ["case", "kind", "prompt", *pictures, *answer, *sources, *rest]


def _name(what: str, n: int, part: str) -> str:
    return f"image {n}" if (what, part) == ("image", "file") else f"{what} {n} {part.replace('_', ' ')}"


def cells(slug: str, case: Case) -> dict[str, str]:
    """A case as cells, by column; what it leaves out stays empty."""
    data = case.model_dump(mode="json", exclude_defaults=True) | {"kind": str(case.kind)}
    found = {"case": slug}
    for name, key in _SINGLE.items():
        found[name] = _text(_at(data, key))
    for name, key in _LISTS.items():
        found[name] = "\n".join(map(_escaped, _at(data, key) or ()))
    for name, (key, parts) in _ANSWERS.items():
        found[name] = "\n".join(_joined(one, parts) for one in _at(data, key) or ())
    for what, parts, listed in (("image", IMAGES, "images"), ("reference", REFERENCES, "references")):
        for n, one in enumerate(data.get(listed, ()), start=1):
            found |= {_name(what, n, part): _text(one.get(part)) for part in parts}
    return found


def _at(data: Any, key: Key) -> Any:  # noqa: ANN401  # values of JSON
    for part in key:
        data = data.get(part) if isinstance(data, dict) else None
    return data


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _joined(one: Mapping[str, object], parts: Sequence[str]) -> str:
    texts = [_escaped(_text(one.get(part)), "|") for part in parts]
    while texts and not texts[-1]:
        texts.pop()
    return " | ".join(texts)


def _escaped(text: str, more: str = "") -> str:
    text = text.replace("\\", "\\\\").replace("\n", "\\n")
    return text.replace(more, f"\\{more}") if more else text


def key_of(column: str) -> Key | None:
    """What a column holds, by key; None if there is no such column."""
    name = " ".join(column.lower().replace("_", " ").split())
    if name in _ANSWERS:
        return _ANSWERS[name][0]
    plain = _SINGLE.get(name) or _LISTS.get(name)
    return plain or _numbered_key(name)


def _numbered_key(name: str) -> Key | None:
    found = _NUMBERED.fullmatch(name)
    if found is None:
        return None
    what, n, part = found[1], int(found[2]) - 1, (found[3] or "").replace(" ", "_")
    if what == "image":
        part = part or "file"
    return (f"{what}s", n, part) if part in (IMAGES if what == "image" else REFERENCES) else None


def case_data(row: Mapping[str, str]) -> dict[str, Any]:
    """A row as the content of a case.yaml; empty cells leave their keys out, unknown columns count for nothing."""
    data: dict[str, Any] = {}
    for column, cell in row.items():
        key = key_of(column)
        if key is not None and cell.strip():
            _put(data, key, _value(key, cell.strip()))
    for listed in ("images", "references"):
        if listed in data:
            data[listed] = [data[listed][n] for n in sorted(data[listed])]
    return data


def _put(data: dict[Any, Any], key: Key, value: object) -> None:
    for part in key[:-1]:
        data = data.setdefault(part, {})
    data[key[-1]] = value


def _value(key: Key, cell: str) -> object:
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    parts = next((parts for of, parts in _ANSWERS.values() if of == key), None)
    if parts is not None:
        return [_answer(line, parts) for line in cell.split("\n") if line.strip()]
    if key in _LISTS.values():
        return [_unescaped(line.strip()) for line in cell.split("\n") if line.strip()]
    return _typed(str(key[-1]), cell)


def _answer(line: str, parts: Sequence[str]) -> dict[str, object]:
    """One answer's parts; more of them than there can be are kept together, for the check to speak of."""
    texts = [_unescaped(text.strip()) for text in _split(line)]
    texts[len(parts) - 1 :] = [" | ".join(texts[len(parts) - 1 :])]
    return {part: _typed(part, text) for part, text in zip(parts, texts, strict=False) if text}


def _split(line: str) -> list[str]:
    """A line at its ``|``, those behind a backslash excepted."""
    found = [""]
    for piece in re.findall(r"\\.|\||[^|\\]+|\\", line):
        if piece == "|":
            found.append("")
        else:
            found[-1] += piece
    return found


def _typed(name: str, text: str) -> object:
    """A number or a truth value as such, as far as it can be told; spreadsheets write them in several ways."""
    if name in _WHOLE and text.isascii() and text.isdigit():
        return int(text)
    if name in _TRUTHS and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if name == "credit" and _SHARE.fullmatch(text):
        return float(text.replace(",", "."))
    return text


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)


def safe(cell: str) -> str:
    """A cell's text as it is written: a quotation mark before what a spreadsheet would run."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def plain(cell: str) -> str:
    """A cell's text as it was meant: without the mark that ``safe``, or a spreadsheet, put before it."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell

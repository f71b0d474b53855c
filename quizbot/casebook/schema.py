"""The JSON Schema of case.yaml, for editors' completion."""

import json
from pathlib import Path
from typing import Any

from quizbot.core.case import Case, Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_FILE = "case.schema.json"
"""Where the schema stands in a folder of cases; the first line of a new case.yaml leads editors to it."""
_TITLE = "case.yaml of quizbot"


def case_schema() -> dict[str, Any]:
    """The schema (draft 2020-12): the model's keys, and which of them each kind needs."""
    schema = Case.model_json_schema()
    return {"$schema": DIALECT, **schema, "title": _TITLE, "allOf": [_of(kind) for kind in Kind]}


def _of(kind: Kind) -> dict[str, Any]:
    """What a case of a kind must have, and must not have."""
    some: dict[str, Any] = {"minItems": 1}
    none: dict[str, Any] = {"maxItems": 0}
    absent: dict[str, Any] = {"type": "null"}
    by_kind: dict[Kind, dict[str, dict[str, Any]]] = {
        Kind.IMAGE_QUIZ: {"images": some, "references": some, "answer": {"type": "object"}, "video": absent},
        Kind.QUESTION: {"images": none, "references": some, "answer": {"type": "object"}, "video": absent},
        Kind.PEARL: {"answer": absent},
        Kind.LINK: {"references": some, "answer": absent},
    }
    properties = by_kind[kind]
    needed = [key for key, rule in properties.items() if rule not in (none, absent)]
    return {
        "if": {"properties": {"kind": {"const": str(kind)}}, "required": ["kind"]},
        "then": {"properties": properties, "required": needed},
    }


def schema_text() -> str:
    """The schema as a file."""
    return json.dumps(case_schema(), indent=2, ensure_ascii=False) + "\n"


def keep_schema(file: Path) -> None:
    """Write the schema, or bring the one that is there to this version; a file that is something else stays.

    Raises:
        OSError: it cannot be written.
    """
    if file.is_symlink() or (file.exists() and f'"title": "{_TITLE}"' not in file.read_text("utf-8", "replace")):
        return
    if not file.exists() or file.read_text("utf-8", "replace") != schema_text():
        file.write_text(schema_text(), encoding="utf-8", newline="\n")

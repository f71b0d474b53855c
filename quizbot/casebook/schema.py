"""The JSON Schema of case.yaml, for editors' completion."""

from typing import Any

from quizbot.core.case import Case, Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def case_schema() -> dict[str, Any]:
    """The schema (draft 2020-12): the model's keys, and which of them each kind needs."""
    schema = Case.model_json_schema()
    return {"$schema": DIALECT, **schema, "title": "case.yaml of quizbot", "allOf": [_of(kind) for kind in Kind]}


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

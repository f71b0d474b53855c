"""Holds requests and answers against X's own OpenAPI files.

The files are X's and stand beside the checkout, not in it; where they are missing, ``load`` skips the test.

    spec = load("2.167")
    check_request(spec, "GET", "/2/users/1/mentions", {"max_results": "100"}, None)
    check_response(spec, "GET", "/2/users/1/mentions", 200, answer.json())

Paths are matched against the file's templates; values of path and query parameters are checked too, and a query
parameter that the file does not name is an error. A body sent as multipart is given as a dict of its fields.
"""

import copy
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft7Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT7

from tests.conftest import SHARED

_ROOT = "urn:x-api"
_formats = FormatChecker(formats=())


@_formats.checks("date-time")
def _is_date_time(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


@_formats.checks("uri")
def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or bool(urlsplit(value).scheme)


@dataclass(frozen=True)
class Operation:
    """One method of one path template."""

    pointer: str
    document: dict[str, Any]
    path_values: dict[str, str]


@dataclass(frozen=True)
class Spec:
    """One of X's OpenAPI files."""

    version: str
    document: dict[str, Any]
    registry: Registry[Any]

    def operation(self, method: str, path: str) -> Operation:
        """Find the operation whose template matches; literal segments win over parameters."""
        found = sorted(self._matches(path), key=lambda match: match[0].count("{"))
        for template, values in found:
            if method.lower() in self.document["paths"][template]:
                pointer = f"/paths/{_escape(template)}/{method.lower()}"
                return Operation(pointer, self.document["paths"][template][method.lower()], values)
        raise AssertionError(f"{self.version}: X has no {method} {path}")

    def _matches(self, path: str) -> Iterator[tuple[str, dict[str, str]]]:
        for template in self.document["paths"]:
            pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(template))
            if match := re.fullmatch(pattern, path):
                yield template, match.groupdict()

    def resolve(self, part: dict[str, Any]) -> dict[str, Any]:
        """Follow ``$ref`` until something else stands there."""
        while "$ref" in part:
            target: Any = self.document
            for key in part["$ref"].removeprefix("#/").split("/"):
                target = target[key.replace("~1", "/").replace("~0", "~")]
            part = target
        return part

    def errors(self, schema: dict[str, Any], value: object) -> list[str]:
        """What a value does wrong by a schema of this file."""
        rooted: Any = _rooted(schema)
        validator = Draft7Validator(rooted, registry=self.registry, format_checker=_formats)
        return [
            f"{'/'.join(map(str, e.absolute_path)) or '.'}: {e.message[:300]}" for e in validator.iter_errors(value)
        ]


@cache
def _read(version: str) -> Spec | None:
    file = SHARED / "x-api" / f"openapi-{version}.json"
    if not file.is_file():
        return None
    document: Any = _to_draft7(json.loads(file.read_text("utf-8")))
    _apply_discriminators(document["components"]["schemas"])
    registry: Registry[Any] = Registry().with_resource(_ROOT, DRAFT7.create_resource(document))
    return Spec(version, document, registry)


def load(version: str) -> Spec:
    """X's OpenAPI file of a version, ``2.165`` or ``2.167``; skips the test where the file is not at hand."""
    spec = _read(version)
    if spec is None:
        pytest.skip(f"X's OpenAPI {version} is not beside this checkout (it is X's file, not ours to ship)")
    return spec


def check_request(spec: Spec, method: str, path: str, query: Mapping[str, str], json_body: object | None) -> None:
    """Assert that X knows this request: its path, each parameter and its value, and the body.

    ``query`` maps names to the strings that are sent (lists joined by commas).
    """
    operation = spec.operation(method, path)
    parameters = [spec.resolve(p) for p in operation.document.get("parameters", [])]
    given = {("path", k): v for k, v in operation.path_values.items()} | {("query", k): v for k, v in query.items()}
    known = {(p["in"], p["name"]): p for p in parameters}
    problems = [f"unknown parameter {name} in {where}" for where, name in given.keys() - known.keys()]
    problems += [f"{p['name']} is missing" for k, p in known.items() if p.get("required") and k not in given]
    for key, value in given.items():
        if key in known:
            schema = known[key]["schema"]
            problems += [f"{key[1]}={value!r}: {e}" for e in spec.errors(schema, _typed(spec.resolve(schema), value))]
    problems += _body_problems(spec, operation, json_body)
    assert not problems, f"{spec.version} {method} {path}: {problems}"


def check_response(
    spec: Spec, method: str, path: str, status: int, json_body: object, content_type: str | None = None
) -> None:
    """Assert that X could have answered this.

    A failure has to be X's ``Error`` or its ``Problem``; the content type, where given, says which. Of a success,
    the members of ``data`` have to be named in the file as well (X's schemas would let a misspelt one pass).
    """
    operation = spec.operation(method, path)
    responses = operation.document["responses"]
    content = responses.get(str(status), responses["default"])["content"]
    kind = (content_type or "").split(";")[0]
    choices = {kind: content[kind]} if kind in content else content
    found = {name: spec.errors(media["schema"], json_body) for name, media in choices.items()}
    assert not all(found.values()), f"{spec.version} {method} {path} {status}: {found}: {str(json_body)[:2000]}"
    if status < 300 and isinstance(json_body, dict):
        schema = spec.resolve(content["application/json"]["schema"])
        unknown = sorted(_unknown_members(spec, schema, json_body))
        assert not unknown, f"{spec.version} {method} {path}: X's answer has no {unknown}"


def _unknown_members(spec: Spec, schema: dict[str, Any], body: dict[str, Any]) -> set[str]:
    unknown: set[str] = body.keys() - schema["properties"].keys() - set(schema.get("required", ()))
    data_schema = spec.resolve(schema["properties"].get("data", {}))
    items = body.get("data", [])
    if data_schema.get("type") == "array":
        data_schema = spec.resolve(data_schema["items"])
    else:
        items = [items]
    if "properties" in data_schema:
        for item in items:
            unknown |= set(item) - data_schema["properties"].keys()
    return unknown


def _body_problems(spec: Spec, operation: Operation, body: object | None) -> list[str]:
    declared = operation.document.get("requestBody")
    if declared is None:
        return [] if body is None else ["X takes no body here"]
    if body is None:
        return ["the body is missing"] if declared.get("required") else []
    schema = declared["content"]["application/json"]["schema"]
    return [f"body {e}" for e in spec.errors(schema, body)]


def _typed(schema: dict[str, Any], value: str) -> object:
    """A parameter's value as its schema sees it; what cannot be read stays a string and fails there."""
    if schema.get("type") == "array":
        return value.split(",")
    if schema.get("type") == "integer" and re.fullmatch(r"-?[0-9]+", value):
        return int(value)
    if schema.get("type") == "boolean" and value in ("true", "false"):
        return value == "true"
    return value


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _rooted(part: object) -> object:
    """A copy whose references name the whole file, so that they resolve from anywhere."""
    if isinstance(part, dict):
        return {k: f"{_ROOT}{v}" if k == "$ref" else _rooted(v) for k, v in part.items()}
    return [_rooted(v) for v in part] if isinstance(part, list) else part


def _to_draft7(part: object) -> object:
    """OpenAPI 3.0's ``nullable`` in JSON Schema's words, and no examples (some of them look like schemas)."""
    if isinstance(part, list):
        return [_to_draft7(item) for item in part]
    if not isinstance(part, dict):
        return part
    plain = {k: _to_draft7(v) for k, v in part.items() if k not in ("example", "examples")}
    if plain.pop("nullable", False) is True:
        return {"anyOf": [plain, {"type": "null"}]}
    return plain


def _apply_discriminators(schemas: dict[str, Any]) -> None:
    """Make a base schema with a discriminator check the schema that it points at.

    OpenAPI lets the named schemas include the base by ``allOf``; they get a copy without the discriminator, or the
    check would run in circles.
    """
    for name in [n for n, s in schemas.items() if "discriminator" in s and "oneOf" not in s]:
        base = copy.deepcopy(schemas[name])
        discriminator = base.pop("discriminator")
        schemas[f"{name}.base"] = base
        for target in {ref.rsplit("/", 1)[1] for ref in discriminator["mapping"].values()}:
            _replace_ref(schemas[target], f"#/components/schemas/{name}", f"#/components/schemas/{name}.base")
        key = discriminator["propertyName"]
        schemas[name] = base | {
            "allOf": [
                {"if": {"properties": {key: {"const": value}}, "required": [key]}, "then": {"$ref": ref}}
                for value, ref in discriminator["mapping"].items()
            ]
        }


def _replace_ref(part: dict[str, Any] | list[Any], old: str, new: str) -> None:
    for item in part.values() if isinstance(part, dict) else part:
        if isinstance(item, dict) and item.get("$ref") == old:
            item["$ref"] = new
        elif isinstance(item, dict | list):
            _replace_ref(item, old, new)

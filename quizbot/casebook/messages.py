"""Puts what the model refuses into an educator's words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz.distance import OSA

from quizbot.casebook.finding import Key, Problem, error, key_text, shown
from quizbot.core.case import FILE_NAME_PATTERN, HANDLE_PATTERN, HASHTAG_PATTERN, SLUG_PATTERN, TAG_PATTERN, Case
from quizbot.core.nearest import nearest

_PATTERNS = {
    FILE_NAME_PATTERN: "is no plain file name: letters a-z, digits, dot, hyphen and underscore, no folder before it",
    HANDLE_PATTERN: 'is no handle; write it in straight quotes with its @, such as "@an_educator"',
    SLUG_PATTERN: "is no case's id: letters a-z, digits and single hyphens; give the name of its folder",
    HASHTAG_PATTERN: "cannot be a hashtag: letters a-z, digits and underscores, a letter first, without the #",
    TAG_PATTERN: "cannot be a tag: letters a-z, digits, blanks and hyphens only",
}
_LIKE = 0.35  # a similarity from which on a word is taken for a slip of another: "yes" is no slip of "synthetic"
_SAME_LEVEL = 0.3  # of a similarity from 0 to 1: what a misspelt key gains over one that belongs elsewhere


def refusals(refused: ValidationError) -> list[Problem]:
    """Every error of a validation of ``Case``, in an order that does not depend on pydantic's."""
    details = refused.errors(include_url=False)
    return sorted((_problem(one) for one in details), key=lambda problem: key_text(problem.key))


def _problem(detail: ErrorDetails) -> Problem:
    return error(explained(detail), *detail["loc"])


def explained(detail: ErrorDetails) -> str:
    """An error of pydantic's in a person's words."""
    return _EXPLAINERS.get(detail["type"], _as_it_says)(detail, tuple(detail["loc"]))


def nearest_key(key: Key) -> str:
    """The known key that an unknown one most likely stands for; one of another level only if its name is nearer."""
    name, level = _plain_name(str(key[-1])[:100]), level_of(key)
    options = [(above, known) for above, names in known_keys().items() for known in names]

    def nearness(option: tuple[tuple[str, ...], str]) -> float:
        return OSA.normalized_similarity(name, option[1]) + (_SAME_LEVEL if option[0] == level else 0)

    above, known = max(options, key=nearness)
    return key_text((*key[:-1], known)) if above == level else ".".join((*above, known))


def _plain_name(name: str) -> str:
    return name.strip().lower().replace("-", "_").replace(" ", "_")


def level_of(key: Key) -> tuple[str, ...]:
    """The keys above a key, without the numbers of list items."""
    return tuple(part for part in key[:-1] if isinstance(part, str))


@cache
def known_keys() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """The keys of the format by the keys above them: ``("answer",)`` has ``diagnosis``, ``accept``…"""
    return dict(_levels(Case, ()))


def _levels(model: type[BaseModel], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    yield above, tuple(model.model_fields)
    for name, field in model.model_fields.items():
        for inner in _models_in(field.annotation):
            yield from _levels(inner, (*above, name))


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401  # annotations have no common type
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (tuple, UnionType, Union):
        for part in get_args(annotation):
            yield from _models_in(part)


Explainer = Callable[[ErrorDetails, Key], str]


def _missing(_detail: ErrorDetails, _key: Key) -> str:
    return "is missing; write it here"


def _unknown(_detail: ErrorDetails, key: Key) -> str:
    return f'is no key of a case; the nearest is "{nearest_key(key)}"'


def _no_text(detail: ErrorDetails, _key: Key) -> str:
    found = detail["input"]
    if found is None:
        return 'is empty; write a text (one that begins with "#" needs quotes)'
    if isinstance(found, dict):
        first = shown(str(next(iter(found), "")), 30)
        return f'was read as the key "{first}" and its value, a text is wanted; if the colon belongs to it, use quotes'
    return "is a list, and one text is wanted"


def _no_list(detail: ErrorDetails, _key: Key) -> str:
    if detail["input"] is None:
        return "is empty; write a list, or take the line away"
    return 'is not a list; put it in [ ], or write each item in a line of its own behind "- "'


def _no_keys(detail: ErrorDetails, key: Key) -> str:
    names = ", ".join(known_keys().get(level_of((*key, "")), ()))
    what = "is empty" if detail["input"] is None else "is no group of keys"
    return f"{what}; these belong below it: {names}"


def _no_choice(detail: ErrorDetails, _key: Key) -> str:
    choices = [choice.strip("'") for choice in detail["ctx"]["expected"].replace(" or ", ", ").split(", ")]
    found = detail["input"]
    if not isinstance(found, str):
        return f"{'is empty; write' if found is None else 'needs'} one of {', '.join(choices)}"
    return choice_message(found, choices)


def choice_message(found: str, choices: Sequence[str]) -> str:
    """What is said of a word that is none of some choices: all of them, and the nearest if one is near."""
    near = nearest(found.lower(), choices, _LIKE)
    return f'"{shown(found)}" is none of {", ".join(choices)}' + (f'; the nearest is "{near}"' if near else "")


def _no_number(detail: ErrorDetails, _key: Key) -> str:
    wanted = "a whole number" if detail["type"].startswith("int") else "a number; write it with a dot, such as 0.5"
    found = detail["input"]
    return f'"{shown(found)}" is not {wanted}' if isinstance(found, str) else f"is not {wanted}"


def _out_of_range(detail: ErrorDetails, _key: Key) -> str:
    context = detail.get("ctx", {})
    signs = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}
    bounds = [f"{word} {context[sign]:g}" for sign, word in signs.items() if sign in context]
    return f"is {shown(str(detail['input']))}, and has to be {' and '.join(bounds)}"


def _too_long(detail: ErrorDetails, _key: Key) -> str:
    found = detail["input"]
    length = f" {len(found)}" if isinstance(found, str) else ""
    return f"has{length} characters, and at most {detail['ctx']['max_length']} fit"


def _too_many(detail: ErrorDetails, _key: Key) -> str:
    return f"has {detail['ctx']['actual_length']} entries, and at most {detail['ctx']['max_length']} are allowed"


def _odd_pattern(detail: ErrorDetails, _key: Key) -> str:
    return f'"{shown(str(detail["input"]))}" {_PATTERNS[detail["ctx"]["pattern"]]}'


def _own_words(detail: ErrorDetails, _key: Key) -> str:
    message = str(detail["ctx"]["error"])
    found = detail["input"]
    return (
        f'"{shown(found)}" {message}' if isinstance(found, str) and message.startswith(("is ", "has no ")) else message
    )


def _no_form(detail: ErrorDetails, _key: Key) -> str:
    forms = {
        "bool_type": "true or false",
        "date_type": "a day, such as 2026-10-01",
        "datetime_type": "a date-time with its zone, such as 2026-10-05T12:00+02:00",
    }
    return f"{'is empty; write' if detail['input'] is None else 'needs'} {forms[detail['type']]}"


def _as_it_says(detail: ErrorDetails, _key: Key) -> str:
    return shown(detail["msg"], 120)


_EXPLAINERS: dict[str, Explainer] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "string_type": _no_text,
    "string_too_short": lambda _detail, _key: "is empty; write a text",
    "string_too_long": _too_long,
    "string_pattern_mismatch": _odd_pattern,
    "tuple_type": _no_list,
    "too_long": _too_many,
    "model_type": _no_keys,
    "enum": _no_choice,
    "literal_error": _no_choice,
    "int_type": _no_number,
    "int_parsing": _no_number,
    "int_parsing_size": _no_number,
    "int_from_float": _no_number,
    "float_type": _no_number,
    "float_parsing": _no_number,
    "finite_number": _no_number,
    "greater_than": _out_of_range,
    "greater_than_equal": _out_of_range,
    "less_than": _out_of_range,
    "less_than_equal": _out_of_range,
    "bool_type": _no_form,
    "date_type": _no_form,
    "datetime_type": _no_form,
    "value_error": _own_words,
}

"""Only the gate makes a ``CleanMedia``: nothing else in the package can post bytes that it did not rebuild."""

import ast
import re
from pathlib import Path

import pytest

import quizbot

PACKAGE = Path(quizbot.__file__).parent
NAME = "CleanMedia"
HARMLESS = {"isinstance", "issubclass", "cast"}


def offences(source: str) -> list[int]:
    """Lines that make one, or get hold of the class in a way that could: a call, another name for it, an argument."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.alias) and node.name == NAME and node.asname not in (None, NAME):
            found.append(node.lineno)
        elif isinstance(node, ast.Call):
            function = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
            if _names_it(node.func) or (function not in HARMLESS and any(map(_names_it, arguments))):
                found.append(node.lineno)
        elif isinstance(node, ast.Assign) and _names_it(node.value):
            found.append(node.lineno)
    return found


def _names_it(node: ast.AST) -> bool:
    """``CleanMedia``, ``media.CleanMedia``, ``CleanMedia.__new__``: the class or something of it."""
    if isinstance(node, ast.Attribute):
        return node.attr == NAME or _names_it(node.value)
    return isinstance(node, ast.Name) and node.id == NAME


def test_no_module_outside_the_gate_makes_clean_media() -> None:
    modules = [path for path in PACKAGE.rglob("*.py") if (PACKAGE / "deid") not in path.parents]
    assert len(modules) > 10
    found = {str(path): lines for path in modules if (lines := offences(path.read_text("utf-8")))}
    assert not found


def test_the_gate_itself_does() -> None:
    """Else this would look for the wrong thing."""
    assert any(offences(path.read_text("utf-8")) for path in (PACKAGE / "deid").glob("*.py"))


@pytest.mark.parametrize(
    "source",
    [
        "CleanMedia(b'', 'image/png', 1, 1, '', '')",
        "media.CleanMedia(data)",
        "from quizbot.core.media import CleanMedia as Bytes",
        "make = CleanMedia",
        "CleanMedia.__new__(CleanMedia)",
        "object.__new__(CleanMedia)",
        "partial(CleanMedia, mime='image/png')",
        "build(kind=CleanMedia)",
    ],
)
def test_each_way_of_making_one_is_found(source: str) -> None:
    assert offences(source)


@pytest.mark.parametrize(
    "source",
    [
        "def upload(media: CleanMedia) -> str: ...",
        "isinstance(x, CleanMedia)",
        "from quizbot.core.media import CleanMedia",
    ],
)
def test_harmless_mentions_are_not(source: str) -> None:
    assert not offences(source)


def test_only_the_rules_of_sign_off_grant_anything() -> None:
    """A ``Grant`` lets stored bytes leave; made anywhere else, it would be a sign-off by nobody."""
    made = re.compile(r"\bGrant\(")
    assert {path.name for path in PACKAGE.rglob("*.py") if made.search(path.read_text("utf-8"))} == {"standing.py"}

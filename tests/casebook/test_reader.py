"""From bytes to plain values with line numbers; from YAML's slips to words that help."""

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizbot.casebook import reader
from quizbot.casebook.finding import key_text
from quizbot.casebook.reader import MAX_BYTES, read

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])]


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__, autouse=True)
def _both_parsers(request, monkeypatch):
    """What holds with libyaml holds without it."""
    monkeypatch.setattr(reader, "_LOADER", request.param)


def slips(text: str) -> list[tuple[int, str, str]]:
    return [(slip.line, key_text(slip.problem.key), slip.problem.message) for slip in read(text.encode()).slips]


@pytest.mark.parametrize(
    "text", ["yes", "no", "on", "off", "true", "2:1", "2026-10-01", "1982", "0x1F", "1e3", ".inf", "=", "<<"]
)
def test_every_plain_scalar_stays_the_text_it_is(text):
    assert read(f"a: {text}\n".encode()).data == {"a": text}


@pytest.mark.parametrize("text", ["", "~", "null", "NULL"])
def test_only_nothing_is_nothing(text):
    assert read(f"a: {text}\n".encode()).data == {"a": None}


@pytest.mark.parametrize("text", ['"null"', "'~'", '""'])
def test_what_stands_in_quotes_is_a_text(text):
    assert read(f"a: {text}\n".encode()).data == {"a": text[1:-1]}


def test_every_key_and_item_has_its_line():
    document = read(b"# head\na: 1\nb:\n  - x\n  - c: 2\n    d: >-\n      text\n")
    assert document.data == {"a": "1", "b": ["x", {"c": "2", "d": "text"}]}
    assert [document.line_of(key) for key in [("a",), ("b",), ("b", 0), ("b", 1), ("b", 1, "d")]] == [2, 3, 4, 5, 6]


def test_the_line_of_what_is_missing_is_its_parent_s():
    assert read(b"a: 1\nb:\n  c: 2\n").line_of(("b", "missing", 3)) == 2


def test_a_key_that_is_there_twice_is_found_and_the_first_one_counts():
    assert slips("a: 1\nb: {c: 1}\na: 2\nb: {c: 2}\n") == [
        (3, "a", "is there twice, first in line 1; remove one"),
        (4, "b", "is there twice, first in line 2; remove one"),
    ]
    assert read(b"a: 1\na: 2\n").data == {"a": "1"}


def test_a_byte_order_mark_is_no_part_of_the_first_key():
    assert read("\ufeffa: 1".encode()).data == {"a": "1"}


SLIPS = [
    ("colon in a text", "a: 1\nprompt: 54M: chest pain\n", 2, "colon"),
    ("colon in a list item", "accept:\n  - PE: massive: x\n", 2, "colon"),
    ("no blank after a colon", "a: x\nkind:question\nprompt: x\n", 2, "blank after its colon"),
    ("no blank after the first colon", "kind:question\nprompt: x\n", 1, "colon and a blank"),
    ("indented too far", "kind: x\n  prompt: y\n", 2, "indented"),
    ("tab", "answer:\n\tdiagnosis: x\n", 2, "tab"),
    ("handle without quotes", "author: @bob\n", 1, '"@" needs quotes'),
    ("handle in a flow", "r: {by: @x}\n", 1, '"@" needs quotes'),
    ("backtick", "a: `b\n", 1, "quotes"),
    ("percent", "a: %b\n", 1, "quotes"),
    ("star", "a: *PE* is\n", 1, '"*" needs quotes'),
    ("alias", "a: *PE\n", 1, "alias"),
    ("ampersand", "a: & then\n", 1, '"&" needs quotes'),
    ("anchor", "a: &b c\n", 1, "anchor"),
    ("bang", "a: !x y\n", 1, '"!"'),
    ("bracket", "a: ]b\n", 1, '"]" needs quotes'),
    ("quotes around a part", 'accept:\n  - "Wellens" sign\n', 2, "quotes must go around"),
    ("quotes never closed", 'a: 1\nb: "x\nc: 1\n', 2, "never closed"),
    ("apostrophe in single quotes", "prompt: 'patient's leg'\nx: 1\n", 1, "quotes must go around"),
    ("escape", 'a: "b\\q"\n', 1, "single quotes"),
    ("text beside >-", "a: >- text\n  b\n", 1, "next line"),
    ("text not indented", "a: >-\n  b\nc d\ne: f\n", 3, "nor indented"),
    ("bracket never closed", "a: [b, c\nd: e\n", 1, "bracket"),
    ("bracket closed by a comment", "a: [b, #NOF]\nc: d\n", 1, "begins a comment"),
    ("hashtags with their sign", "a: 1\nhashtags: [#FOAMed]\nb: 2\n", 2, "without it"),
    ("a tab far from where YAML stumbles", "a: >-\n  b\n\tc: d\ne: f\n", 3, "tab"),
    ("keys of one level askew", "a:\n    b: 1\n  c: 2\n", 3, "column"),
    ("two documents", "a: 1\n---\nb: 2\n", 2, "second document"),
    ("a directive", "%YAML 3.0\n---\na: 1\n", 1, "%YAML"),
    ("a list for a key", "? [a]\n: b\n", 1, "a key must be a word"),
    ("a comment glued on", "a: x #NOF y\n", 1, '"#NOF y" is a comment'),
    ("only a comment", "a:\n  - #NOF\n", 2, '"#NOF" is a comment'),
    ("a list", "- a\n", 1, "no keys"),
    ("a text", "kind:question\n", 1, "no keys"),
    ("nothing", "", 1, "empty"),
    ("null", "~", 1, "empty"),
    ("only a comment line", "# x\n", 1, "empty"),
    ("too deep", "a: " + "[" * 20 + "]" * 20, 1, "deeper"),
    ("far too deep", "a: " + "[" * 60_000, 1, "deeper"),
    ("too many", "a: [" + "x," * 4000 + "]", 1, "holds more"),
    ("control character", "a: b\nc: d\x07\n", 2, "U+0007"),
    ("NUL", "a: \x00\n", 1, "U+0000"),
    ("too large", "a: " + "x" * MAX_BYTES, 1, "larger than"),
]


@pytest.mark.parametrize(("text", "line", "word"), [slip[1:] for slip in SLIPS], ids=[slip[0] for slip in SLIPS])
def test_a_slip_is_told_with_its_line_and_what_to_do(text, line, word):
    assert [found for found in slips(text) if found[0] == line and word in found[2]], slips(text)


@pytest.mark.parametrize(("raw", "line"), [(b"a: 1\nb: caf\xe9\n", 2), (b"\xff\xfea\x00:\x00", 1)])
def test_another_encoding_than_utf_8(raw, line):
    (slip,) = read(raw).slips
    assert (slip.line, "UTF-8" in slip.problem.message) == (line, True)


def test_a_comment_after_a_blank_is_a_comment():
    assert slips("a: x # as meant\nb: [c, d] # too\n") == []


def test_a_bomb_of_aliases_is_refused_where_it_begins():
    bomb = 'a: &a ["x"]\n' + "".join(
        f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert slips(bomb)[0][:2] == (1, "a")


YAMLISH = st.lists(
    st.sampled_from(
        [*"abc:-#[]{}!&*|>'\"%@`,?~ \t\n\\", *(": ", "- ", "\n  ", "\n    ", "kind", "---", "..."), *"é\x85\u2028👩"]
    ),
    max_size=60,
).map("".join)


@given(YAMLISH.map(str.encode) | st.binary(max_size=300))
@example(b"a: \xc2\x85#x")
@example(b"?")
@settings(max_examples=400)
def test_whatever_the_bytes_are_the_result_is_values_or_a_slip(raw):
    document = read(raw)
    assert document.data is not None or document.slips
    assert all(slip.line >= 1 and slip.problem.message for slip in document.slips)

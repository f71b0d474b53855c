"""A case folder as it is found: files, lines, the id, the digest."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizbot.casebook import Level, LoadedCase, load_case
from quizbot.casebook.loaded import MAX_FINDINGS
from quizbot.casebook.loader import better_slug
from quizbot.casebook.messages import _PATTERNS, known_keys
from quizbot.core.case import Case
from tests.casebook.given import QUIZ, brief, findings_of, with_, write


def only(loaded: LoadedCase) -> tuple[str, str]:
    (finding,) = loaded.findings
    return finding.file, finding.message


def test_a_good_case(tmp_path):
    loaded = load_case(write(tmp_path / "wellens", QUIZ))
    assert (loaded.slug, loaded.path, loaded.findings, loaded.ok) == ("wellens", tmp_path / "wellens", (), True)
    assert loaded.case == Case.model_validate(QUIZ)


def test_a_case_may_be_named_by_its_file(tmp_path):
    folder = write(tmp_path / "wellens", QUIZ)
    assert load_case(folder / "case.yaml") == load_case(folder)


def test_the_id_is_found_from_inside_the_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path / "wellens", QUIZ))
    assert load_case(type(tmp_path)(".")).slug == "wellens"


def test_a_finding_reads_file_line_level_key_message(tmp_path):
    folder = write(tmp_path / "c", "kind: question\nprompt: x\nanswer:\n  acept: [a]\n  diagnosis: b\n")
    found = [str(one) for one in load_case(folder).findings]
    assert f'{folder}/case.yaml:4: error: answer.acept: is no key of a case; the nearest is "answer.accept"' in found


def test_findings_stand_in_the_order_of_the_file(tmp_path):
    lines = [one.line for one in findings_of(tmp_path / "c", "author: x\nkind: y\nfoo: 1\nprompt:\n")]
    assert lines == sorted(lines)


def test_what_is_missing_is_told_at_the_line_of_what_it_is_missing_in(tmp_path):
    found = findings_of(tmp_path / "c", "kind: question\nprompt: x\nanswer:\n  accept: [a]\nauthor: '@a'\n")
    assert {(one.key, one.line) for one in found} >= {("answer.diagnosis", 3), ("consent", 1)}


@pytest.mark.parametrize(
    ("name", "better"),
    [("Wellens", "wellens"), ("a_b", "a-b"), ("ж", "a-name"), ("x" * 81, "x" * 80), ("-a", "a")],
)
def test_the_folder_s_name_has_to_be_an_id(tmp_path, name, better):
    (finding,) = findings_of(tmp_path / name, QUIZ)
    assert (finding.level, f'rename it to "{better}"' in finding.message) == (Level.ERROR, True)


def test_a_folder_that_is_not_there(tmp_path):
    assert "there is no such folder" in only(load_case(tmp_path / "none"))[1]


def test_a_case_named_without_its_folder_of_cases_is_told_where_it_is(tmp_path, monkeypatch):
    (tmp_path / "cases" / "gout").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert "there is cases/gout" in only(load_case(Path("gout")))[1]
    assert "there is cases" not in only(load_case(Path("other")))[1]
    assert "the nearest is cases/gout" in only(load_case(Path("cases/goutt")))[1]
    assert "the nearest is cases/gout" in only(load_case(Path("goot")))[1]
    assert "the nearest" not in only(load_case(Path("cases/asthma")))[1]


@pytest.mark.parametrize(("found", "nearest"), [("quiz", True), ("imagequiz", True), ("film", False), ("yes", False)])
def test_a_choice_is_offered_only_for_what_is_like_it(tmp_path, found, nearest):
    (problem,) = (one for one in findings_of(tmp_path / "c", f"kind: {found}\n") if one.key == "kind")
    assert ("the nearest is" in problem.message) == nearest


@pytest.mark.parametrize("slug", ["cases/wellens", "cases\\Wellens", "./wellens/"])
def test_of_a_path_the_last_part_is_offered_as_id(slug):
    assert better_slug(slug) == "wellens"


@pytest.mark.parametrize(
    ("slug", "better"),
    [
        ("Q Örgano", "q-organo"),
        ("Ménière", "meniere"),
        ("Straße 1", "strasse-1"),
        ("Søren", "soren"),
        ("日本", "a-name"),
    ],
)
def test_letters_with_marks_keep_their_letter_in_the_id_that_is_offered(slug, better):
    assert better_slug(slug) == better


def test_a_case_folder_that_is_a_file(tmp_path):
    (tmp_path / "wellens").write_text("kind: x")
    assert "is a file; a case is a folder" in only(load_case(tmp_path / "wellens"))[1]


def test_a_folder_without_its_file(tmp_path):
    (tmp_path / "c").mkdir()
    assert "there is no case.yaml" in only(load_case(tmp_path / "c"))[1]


@pytest.mark.parametrize("name", ["case.yml", "Case.yaml"])
def test_a_file_of_nearly_the_right_name_is_named(tmp_path, name):
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / name).write_text("kind: x")
    assert f'rename "{name}" to case.yaml' in only(load_case(tmp_path / "c"))[1]


def test_a_case_file_that_is_a_link_is_not_followed(tmp_path):
    (tmp_path / "secret").write_text("kind: secret")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "case.yaml").symlink_to(tmp_path / "secret")
    assert "is a link" in only(load_case(tmp_path / "c"))[1]


def test_a_case_file_that_is_a_pipe_is_not_waited_for(tmp_path):
    (tmp_path / "c").mkdir()
    os.mkfifo(tmp_path / "c" / "case.yaml")
    assert "no regular file" in only(load_case(tmp_path / "c"))[1]


def test_a_case_file_that_is_a_folder(tmp_path):
    (tmp_path / "case.yaml").mkdir()
    assert load_case(tmp_path).case is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_case_file_without_permission(tmp_path):
    write(tmp_path / "c", QUIZ)
    (tmp_path / "c" / "case.yaml").chmod(0)
    assert load_case(tmp_path / "c").case is None


def test_a_folder_s_hostile_name_is_printable_in_every_finding(tmp_path):
    folder = os.fsencode(tmp_path) + b"/\x1b[2J\xff\n"
    os.mkdir(folder)  # noqa: PTH102  # pathlib takes no bytes
    loaded = load_case(type(tmp_path)(os.fsdecode(folder)))
    assert loaded.findings
    for text in (loaded.slug, *(value for one in loaded.findings for value in map(str, one.record().values()))):
        assert text.isprintable()
        text.encode()


def test_a_case_with_a_missing_image_can_still_be_graded(tmp_path):
    loaded = load_case(write(tmp_path / "c", QUIZ, "other.png"))
    assert loaded.case is not None
    assert not loaded.ok


@pytest.mark.parametrize("change", ["text", "image", "stray"])
def test_the_digest_tells_whether_anything_changed(tmp_path, change):
    folder = write(tmp_path / "c", QUIZ)
    before = load_case(folder).digest
    assert load_case(folder).digest == before
    if change == "text":
        write(folder, with_(QUIZ, pearl="Another."))
    else:
        (folder / {"image": "ecg.png", "stray": "notes.txt"}[change]).write_bytes(b"x")
    assert load_case(folder).digest != before


def test_more_findings_than_anybody_reads_end_in_their_number(tmp_path):
    found = findings_of(tmp_path / "c", "".join(f"key{n}: 1\n" for n in range(1000)))
    assert len(found) == MAX_FINDINGS + 1
    assert any("more findings" in one.message for one in found)


KEYS = [name for names in known_keys().values() for name in names]
TYPOS = st.sampled_from(KEYS).flatmap(
    lambda key: st.integers(0, len(key) - 1).map(lambda at: key[:at] + key[at + 1 :])
) | st.text("abcdefghijklmnopqrstuvwxyz_-", min_size=1, max_size=20)


@given(typo=TYPOS, place=st.sampled_from(["", "answer", "images"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
def test_any_one_unknown_key_is_an_error_that_names_file_line_and_a_known_key(tmp_path, typo, place):
    level = (place,) if place else ()
    if typo in known_keys()[level] or typo in ("null", "~"):
        return
    lines = {"": "", "answer": "  ", "images": "    "}
    text = "kind: image-quiz\nimages:\n  - file: a.png\nIMAGES\nanswer:\n  diagnosis: x\nANSWER\nTOP\n"
    for name, mark in (("images", "IMAGES"), ("answer", "ANSWER"), ("", "TOP")):
        text = text.replace(f"{mark}\n", f'{lines[name]}"{typo}": 1\n' if name == place else "\n")
    key = {"": typo, "answer": f"answer.{typo}", "images": f"images[0].{typo}"}[place]
    (finding,) = [one for one in findings_of(tmp_path / "c", text, "a.png") if one.key == key]
    assert (finding.level, finding.line) == (Level.ERROR, text[: text.index(f'"{typo}"')].count("\n") + 1)
    assert finding.file == str(tmp_path / "c" / "case.yaml")
    nearest = finding.message.split('"')[1].rsplit(".", 1)[-1]
    assert nearest in KEYS


@pytest.mark.parametrize("key", KEYS)
def test_one_letter_left_out_is_understood(tmp_path, key):
    """At its own level; the shortest keys aside, where one letter may be half the key."""
    level = next(level for level, names in known_keys().items() if key in names)
    if len(key) < 4 or level not in ((), ("answer",)):
        return
    typo = key[:2] + key[3:]
    content = with_(QUIZ, **{"__".join((*level, typo)): "x"})
    found = [one.message for one in findings_of(tmp_path / "c", content) if one.key == ".".join((*level, typo))]
    assert [message for message in found if f'"{".".join((*level, key))}"' in message], found


PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates()
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(list(known_keys()[()])), VALUES, max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
def test_whatever_the_values_are_the_result_is_a_case_or_errors(tmp_path, values):
    loaded = load_case(write(tmp_path / "c", values, "a.png"))
    assert loaded.case is not None or ("error" in {one.level for one in loaded.findings})
    assert all(one.message and one.message.isprintable() for one in loaded.findings)


@given(st.binary(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
def test_whatever_the_bytes_are_the_result_is_a_case_or_errors(tmp_path, raw):
    loaded = load_case(write(tmp_path / "c", raw, "a.png"))
    assert loaded.case is not None or not loaded.ok


@pytest.mark.timeout(60)
def test_the_dearest_texts_that_fit_are_read_in_bounded_time(tmp_path):
    """X's library needs minutes for texts that are only a little longer."""
    hostile = "a." * 480 + "-.com"
    references = [{"title": "x", "url": f"https://{n}.{hostile}"} for n in range(20)]
    content = with_(QUIZ, prompt=hostile, pearl=hostile + "g", references=references)
    assert ("error", "prompt") in brief(findings_of(tmp_path / "c", content))


def patterns_in(schema: object) -> set[str]:
    if isinstance(schema, dict):
        own = {schema["pattern"]} if isinstance(schema.get("pattern"), str) else set()
        return own.union(*map(patterns_in, schema.values()))
    return set().union(*map(patterns_in, schema)) if isinstance(schema, list) else set()


def test_every_pattern_has_its_words():
    assert patterns_in(Case.model_json_schema()) <= set(_PATTERNS)


def test_what_asks_again_names_no_case_is_said_in_a_line(tmp_path):
    found = findings_of(tmp_path / "c", with_(QUIZ, asks_again="-1"))
    assert any(one.key == "asks_again" and "no case's id" in one.message for one in found)

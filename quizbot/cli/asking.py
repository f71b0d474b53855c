"""Asking a person at a terminal, one thing at a time, until each answer can stand."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import typer

from quizbot.casebook.finding import Key, Problem, key_text
from quizbot.casebook.loader import slug_problems
from quizbot.casebook.scaffold import Given, refusals_of
from quizbot.cli.frame import say
from quizbot.core.case import Kind
from quizbot.core.errors import one_line

ACCEPT: Key = ("answer", "accept")
_ORIGIN: Key = ("images", 0, "origin")
_CONSENT: Key = ("consent",)
_QUIZ = frozenset({Kind.IMAGE_QUIZ, Kind.QUESTION})
_WITH_REFERENCE = _QUIZ | {Kind.LINK}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for a key, of which kinds of case."""

    key: Key
    text: str
    kinds: frozenset[Kind] = frozenset(Kind)


QUESTIONS = (
    Question(("author",), "Your handle, such as @an_educator"),
    Question(("prompt",), "The text of the post: age and sex, the story in a line, and what you ask"),
    Question(("answer", "diagnosis"), "The diagnosis, as it will be posted", _QUIZ),
    Question(ACCEPT, "Other names of it that count in full, with ; between them", _QUIZ),
    Question(("certainty",), "How certain it is: probable, almost-certain or certain", _QUIZ),
    Question(("proof",), "How it was proved, such as angiography", _QUIZ),
    Question(("pearl",), "The lesson, posted with the answer", _QUIZ),
    Question(("images", 0, "alt"), "The image in words, without giving the answer away", frozenset({Kind.IMAGE_QUIZ})),
    Question(
        ("images", 0, "origin"), "Where it comes from: synthetic, patient or licensed", frozenset({Kind.IMAGE_QUIZ})
    ),
    Question(("consent",), "On what ground it is shown: synthetic, written-consent, not-identifiable or licence"),
    Question(("consent_ref",), "Where a written consent is kept, in words that name no patient"),
    Question(("references", 0, "url"), "A reference's address, such as https://doi.org/…", _WITH_REFERENCE),
    Question(("references", 0, "title"), "Its title", _WITH_REFERENCE),
)


def at_a_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask_slug() -> str:
    """A name for the case, asked until it is one."""
    return _until(
        "The case's id, which is its folder's name (a-z, 0-9 and -)",
        lambda slug: next((one.message for one in slug_problems(slug)), None),
    )


def ask_kind() -> Kind:
    """What the case is."""
    kinds = ", ".join(Kind)
    answer = _until(
        f"What it is: {kinds} [image-quiz]", lambda text: None if text in ("", *Kind) else f"is none of {kinds}"
    )
    return Kind(answer or Kind.IMAGE_QUIZ)


def ask_rest(kind: Kind, given: Given) -> Given:
    """Ask what was not given by options; an empty answer leaves a blank."""
    known = dict(given)
    fixed = frozenset(given) & {_ORIGIN, _CONSENT}  # facts of a picture that is there
    say("Enter alone leaves a blank to fill in later.")
    for question in QUESTIONS:
        if kind in question.kinds and question.key not in known and not _moot(question.key, known):
            known |= _asked(question, kind, known, fixed)
    return known


def _asked(question: Question, kind: Kind, known: Given, fixed: frozenset[Key]) -> Given:
    """The answer to a question; where an earlier answer is what stands in its way, that one may be given anew."""
    while True:
        answer = _typed(question.text)
        now = {**known, question.key: as_given(question.key, answer)}
        refused = refusals_of(kind, now, question.key) if answer else []
        if not refused:
            return now
        say(f"  {_told(refused[0], question.key)}")
        earlier = _earlier(refused[0].key, question, now, fixed)
        if earlier is not None and (mended := _mended(earlier, kind, now)) is not None:
            return mended


def _earlier(at: Key, question: Question, known: Given, fixed: frozenset[Key]) -> Question | None:
    """The question whose answer a refusal is about, if it is another one and its answer may be changed."""
    asked = (one for one in QUESTIONS if one.key == at[: len(one.key)] and one.key in known)
    return next((one for one in asked if one is not question and one.key not in fixed), None)


def _mended(earlier: Question, kind: Kind, known: Given) -> Given | None:
    """All answers with an earlier one given anew; None if it is to stay as it is."""
    text = f"{earlier.text}, anew (Enter keeps it, and the other is asked again)"
    anew = _until(text, _refusal(kind, known, earlier.key))
    return {**known, earlier.key: as_given(earlier.key, anew)} if anew else None


def _moot(key: Key, known: Given) -> bool:
    """Only a written consent is kept somewhere."""
    return key == ("consent_ref",) and known.get(("consent",)) != "written-consent"


def as_given(key: Key, text: str) -> str | tuple[str, ...]:
    """An answer as the scaffold takes it."""
    if key == ("author",):
        return text.strip("\"'“”")  # the file has it in quotes, and so people type them
    if key == ACCEPT:
        return tuple(part.strip() for part in text.split(";") if part.strip())
    return text


def _refusal(kind: Kind, known: Given, key: Key) -> Callable[[str], str | None]:
    def refuse(text: str) -> str | None:
        if not text:
            return None
        found = refusals_of(kind, {**known, key: as_given(key, text)}, key)
        return next((_told(problem, key) for problem in found), None)

    return refuse


def _told(problem: Problem, key: Key) -> str:
    """A refusal in a line; where another value stands in the way, with its key."""
    where = "" if problem.key[: len(key)] == key else f"{key_text(problem.key)} "
    return one_line(f"{where}{problem.message}")


def _until(question: str, refuse: Callable[[str], str | None]) -> str:
    while True:
        answer = _typed(question)
        reason = refuse(answer)
        if reason is None:
            return answer
        say(f"  {reason}")


def _typed(question: str) -> str:
    return str(typer.prompt(question, default="", show_default=False)).strip()

"""The text of a case, read for the 18 identifiers that Safe Harbor (45 CFR 164.514(b)(2)) wants gone.

Every rule cites its letter, (A) names to (R) anything unique. What a rule is sure of refuses; what may be an identifier
holds, and so does any capitalised word that is in no clinical list (``capitals``), so that a name no list knows is
still put before a person. Eponyms and clinical phrases that hold a place, a day or a name pass. Disguises of Unicode
are undone first (``unmask``).

Safe Harbor is one country's law, and no rule reads what a text tells between its lines: this is a reader's aid before
a person signs, not a promise.

The rules are some 300 patterns over lists of 100,000 words. They are compiled and read when the first text is: commands
that read none, such as ``quizbot --help`` and ``quizbot status``, must not wait for them (a test holds that).
"""

from quizbot.core.case import Case
from quizbot.deid.words.marked import Marked

__all__ = ["VERSION", "Marked", "case_words", "file_name", "read_words"]

VERSION = "words-5"
"""Changes with every rule and list: a record that was signed under another version is asked for again."""


def read_words(text: str, *, where: str = "") -> tuple[Marked, ...]:  # noqa: ARG001  # the gate's layers share one form
    """What is or may be an identifier in a text.

    Args:
        text: as it will be posted or shown.
        where: the key or file it stands in; the marks' offsets are within ``text``.

    Returns:
        Marks in the text's order, none overlapping; empty if it passes.
    """
    from quizbot.deid.words.read import read  # noqa: PLC0415  # the rules, when the first text is read

    return read(text)


def case_words(case: Case) -> tuple[tuple[str, Marked], ...]:
    """The marks in every text of a case that is posted or shown, file names among them, with their keys."""
    from quizbot.deid.words import cases  # noqa: PLC0415  # as above

    return cases.case_words(case)


def file_name(name: str) -> tuple[Marked, ...]:
    """What in a file's name is or may be an identifier. A random name, as the gate gives them, is none."""
    from quizbot.deid.words import cases  # noqa: PLC0415  # as above

    return cases.file_name(name)

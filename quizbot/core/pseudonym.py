"""What a person may be called instead of by the handle. Pure; the text stands on public pages."""

import re
import unicodedata

SHORTEST, LONGEST = 2, 30  # characters
_BETWEEN = " .'’-_"
_RESERVED = re.compile(r"quizbot|admin|moderator|educator|operator", re.IGNORECASE)


def normalised(text: str) -> str:
    """The form that is kept: NFKC, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text[: 10 * LONGEST]).split())


def refusal(text: str) -> str | None:
    """Why a normalised text is no pseudonym, as a sentence; None if it is one.

    Letters, marks and digits of any script pass; so no ``@`` (a handle), no markup, no direction marks, no emoji.
    """
    if not SHORTEST <= len(text) <= LONGEST:
        return f"Use {SHORTEST} to {LONGEST} characters."
    if not all(c in _BETWEEN or unicodedata.category(c)[0] in "LNM" for c in text) or not text[0].isalnum():
        return "Use letters, digits, spaces, dots and hyphens only, and begin with a letter or a digit."
    if _most_marks(text) > 2:  # noqa: PLR2004  # as many as Vietnamese or pointed Hebrew put on a letter
        return "Too many marks stand on one letter."
    if _RESERVED.search(text):
        return "This would look like somebody who runs the quiz. Choose another."
    return None


def _most_marks(text: str) -> int:
    most = run = 0
    for character in unicodedata.normalize("NFD", text):
        run = run + 1 if unicodedata.category(character)[0] == "M" else 0
        most = max(most, run)
    return most

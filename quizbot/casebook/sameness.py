"""When two texts say the same to a reader who ignores case, accents, punctuation and blanks.

The grader knows more (synonyms, spelling); this is only what the words themselves show.
"""

import re
import unicodedata

Words = tuple[str, ...]

_APOSTROPHES = re.compile("['’`´]")
_SIGNS = str.maketrans({"+": " plus ", "−": " minus ", "<": " less ", ">": " more "})  # "Rh+" is not "Rh-"
_TRAILING_HYPHEN = re.compile(r"(?<=\w)-(?!\w)")


def words(text: str) -> Words:
    """The words of a text, folded: ``Boerhaave's Syndrome`` gives ``("boerhaaves", "syndrome")``."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(c for c in folded if not unicodedata.combining(c))
    signed = _TRAILING_HYPHEN.sub(" minus ", _APOSTROPHES.sub("", bare)).translate(_SIGNS)
    return tuple("".join(c if c.isalnum() else " " for c in signed).split())


def holds(text: Words, phrase: Words) -> bool:
    """Whether the phrase stands in the text, whole words in a row."""
    size = len(phrase)
    return bool(phrase) and any(text[at : at + size] == phrase for at in range(len(text) - size + 1))

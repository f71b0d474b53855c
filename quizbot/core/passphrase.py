"""Which passphrases are strong enough. Pure.

After NIST SP 800-63B-4, section 3.1.1.2: length counts (15 characters where nothing else is asked for), no rules of
composition, no forced change; refused is what an attacker tries first: repetitions, runs along the keyboard or the
alphabet, the person's own name, the service's name.
"""

import re
import unicodedata

SHORTEST = 15  # characters
LONGEST = 256  # characters; enough for any sentence, little enough that hashing it is quick
_FEWEST_DIFFERENT = 6
_LEAST_LEFT = 8  # characters besides the expected words
_EXPECTED = ("passphrase", "password", "passwort", "quizbot", "letmein", "welcome", "hospital", "doctor", "secret")
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm")
_SHORTEST_RUN = 4
_REPEATED = re.compile(r"(.{1,8}?)\1{2,}")


def normalised(passphrase: str) -> str:
    """The form that is hashed: NFKC, so that it is the same from every keyboard."""
    return unicodedata.normalize("NFKC", passphrase)


def weakness(passphrase: str, *own: str) -> str | None:
    """Why a passphrase is too weak, as the end of a sentence; None if it is not.

    Args:
        passphrase: as typed.
        own: the person's name, handle and the like, which do not count.
    """
    text = normalised(passphrase).casefold()
    if len(text) < SHORTEST:
        return f"is shorter than {SHORTEST} characters; a sentence of four or five words is easy to keep in mind"
    if len(text) > LONGEST:
        return f"is longer than {LONGEST} characters"
    if any(unicodedata.category(character) == "Cc" for character in text):
        return "holds a control character"
    if len(set(text)) < _FEWEST_DIFFERENT:
        return f"has fewer than {_FEWEST_DIFFERENT} different characters"
    if len(_left(text, own)) < _LEAST_LEFT:
        return "is made of what everybody would try first (your name, a repetition, a row of the keyboard)"
    return None


def _left(text: str, own: tuple[str, ...]) -> str:
    """What is left of a passphrase without words that are expected, repetitions and runs."""
    for word in (*_EXPECTED, *(part for name in own for part in re.findall(r"\w{3,}", name.casefold()))):
        text = text.replace(word, "")
    text = _REPEATED.sub(r"\1", text)
    for run in _RUNS:
        text = _without_run(_without_run(text, run), run[::-1])
    return re.sub(r"[\W_]", "", text)


def _without_run(text: str, run: str) -> str:
    for length in range(len(run), _SHORTEST_RUN - 1, -1):
        for start in range(len(run) - length + 1):
            text = text.replace(run[start : start + length], "")
    return text

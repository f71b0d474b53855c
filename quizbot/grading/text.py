"""From a reply as posted to plain tokens: hostile Unicode out, look-alike letters folded, links and tags set apart.

Every step costs no more than a constant times the length of the text, and none raises.
"""

import re
import unicodedata

MAX_CHARS = 10_000  # longer than any post that is an answer; what follows is not read

_LOOKALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u0432\u043a\u043c\u043d\u0442\u0433\u043f"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405"
    "\u03b1\u03bf\u03c1\u03c5\u03bd\u03b9\u03ba\u03c4\u03b5\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
    "\u0131\u0261\u0251\u00f8\u00d8\u0142\u0141\u0111\u0110\u01c0\u2502",
    "aeopcyxijshdqbkmhtrnABEKMHOPCTYXIJSaopuvikteABEZHIKMNOPTYXigaoOlLdDll",
)
_PUNCTUATION = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u02bc": "'",
        "\u00b4": "'",
        "`": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u2013": " - ",
        "\u2014": " - ",
        "\u2212": "-",
        "\u2010": "-",
        "\u2011": "-",
        "\u2026": "...",
        "\u00a0": " ",
        "\u00bf": " ",
        "\u00a1": " ",
        "\u2192": " -> ",
        "\u27a1": " -> ",
        "\u21d2": " -> ",
        "\u00df": "ss",
        "\u00e6": "ae",
        "\u0153": "oe",
        "\u00c6": "Ae",
        "\u0152": "Oe",
        "\u00ba": "\u00b0",
        "\u2044": "/",
        "\u2215": "/",
        "\uff03": "#",
        "\r": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
    }
)
_LINK = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/)\S*", re.IGNORECASE)
_QUOTED_LINE = re.compile(r"^[ \t]*>[ \t]+[^\n]*\n", re.MULTILINE)
_DOTTED = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,8}(?:[A-Z](?!\w))?")  # "H.A.P.E."
_WORD = re.compile(r"[^\W_]+")
_TOKENS = (
    r"[^\W\d_][^\W_]*(?:'[^\W_]+)*(?:-[^\W_]+(?:'[^\W_]+)*)*"
    r"|\d+(?:[.,]\d+)+"
    r"|[^\W_]+(?:'[^\W_]+)*(?:-[^\W_]+(?:'[^\W_]+)*)*"
    r"|@\w+|#\w+"
    r"|->|=>|>+|<+|\.\.+|\n|[^\w\s]"
)
# The same where all letters are A to Z, in two thirds of the time; to Unicode four control codes are blanks too.
_ASCII_TOKENS = (
    _TOKENS.replace(r"[^\W\d_]", "[A-Za-z]").replace(r"[^\W_]", "[A-Za-z0-9]").replace(r"\s]", r"\s\x1c-\x1f]")
)
_SLASHES = (
    r"(?<!\w)(?:(?:[wW]/[oO]|[rR]/[oO]|2/2|[hH]/[oO]|[sS]/[pP]|[dD]/[tT]|[bB]/[cC]|[iI]/[sS]/[oO]|50/50)(?!\w)|[wW]/)|"
)
_MARKS = frozenset(".,!?)")
_TOKEN = re.compile(_TOKENS)
_ASCII_TOKEN = re.compile(_ASCII_TOKENS, re.ASCII)
_TOKEN_WITH_SLASHES = re.compile(_SLASHES + _TOKENS)


class _Folding(dict[int, str]):
    """Code point to plain letters, worked out once for each that is met.

    One character at a time, so a flood of combining marks costs no more than its length (to normalise it whole would
    take quadratic time: the marks would be sorted first, and dropped afterwards).
    """

    def __missing__(self, code: int) -> str:
        if len(self) > _MOST_CODES:
            self.clear()
        folded = self[code] = _folded(chr(code))
        return folded


def _folded(char: str) -> str:
    if char.isascii():
        return char
    category = unicodedata.category(char)
    if category[0] == "M" or category in ("Cf", "Cc", "Sk", "Cs", "Co"):
        return ""
    if char.translate(_PUNCTUATION) != char:
        return char.translate(_PUNCTUATION)
    if category in ("So", "Cn"):
        return " , "  # an emoji parts what stands on its two sides
    parts = unicodedata.normalize("NFKD", char)
    return "".join(c for c in parts if not unicodedata.combining(c)).translate(_LOOKALIKES)


_MOST_CODES = 20_000
_FOLDING = _Folding()


def plain(text: str) -> str:
    """A text without links, marks, invisible characters, emoji, accents and look-alike letters; case is kept."""
    text = text[:MAX_CHARS]
    if " " in text and text.isupper():
        text = text.lower()  # in shouted text capitals no longer tell an abbreviation from a word
    if text.count(".") > 1:
        text = _DOTTED.sub(lambda m: m[0].replace(".", ""), text)
    if not text.isascii():
        text = text.translate(_FOLDING)
    if "/" in text or "www" in text:
        text = _LINK.sub(" ", text)
    return _QUOTED_LINE.sub("", text) if ">" in text else text


def tokens(text: str) -> list[str]:
    """The words and marks of a plain text, in order; joined words ("T-wave", "don't") are one token."""
    if "/" in text:
        return _TOKEN_WITH_SLASHES.findall(text)
    find = (_ASCII_TOKEN if text.isascii() else _TOKEN).findall
    out: list[str] = []
    for piece in text.split(" "):  # no token holds a blank, and most pieces are a word or one with a mark behind it
        if piece.isalnum():
            out.append(piece)
        elif (word := piece[:-1]).isalnum() and piece[-1] in _MARKS:
            out += (word, piece[-1])
        elif piece:
            out += find(piece)
    return out


def letters(text: str) -> str:
    """A text's words in lower case with nothing between them but blanks."""
    return " ".join(_WORD.findall(plain(text).lower()))


def camel(tag: str) -> list[str]:
    """The words of a hashtag written in CamelCase or with underscores."""
    parts: list[str] = []
    for char, before in zip(tag, " " + tag, strict=False):
        if not parts or char == "_" or (char.isupper() and before.islower()) or char.isdigit() != before.isdigit():
            parts.append("")
        if char != "_":
            parts[-1] += char
    return [p for p in parts if p]

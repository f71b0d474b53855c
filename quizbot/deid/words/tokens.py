"""The words of a text, and what stands around each."""

import re
from dataclasses import dataclass

from quizbot.deid.vocabulary import fold
from quizbot.deid.words.lists import is_english

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_ENDS = re.compile(r"(?:[.!?:;\n\r•·|>*)\]]|^|\s[-→]|\.\.\.|[^\w\s,'\"&/+%(\[#@°=<$£€.-])\s*[\"'(\[]*\s*$")
_LIST_MARK = re.compile(r"(?:^|[\s(])(?:\d{1,2}[.)]|[a-dA-D][.)]|\#)\s*$")
_TITLE_SHARE = 0.6
_TITLE_WORDS = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word.

    Attributes:
        text: as it stands, without a possessive's end.
        folded: as the lists write it.
        start: offset of its first letter.
        end: offset after its last.
        opens: whether a sentence, a line or a list's entry begins with it.
        titled: whether its sentence is set in capitals, as headings are.
    """

    text: str
    folded: str
    start: int
    end: int
    opens: bool
    titled: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def shouted(self) -> bool:
        """Whether all of its letters are capitals, and there are several."""
        return len(self.text) > 1 and self.text.isupper()


def words(text: str) -> list[Word]:
    """The words of a plain text, in order."""
    found = [(match, _bare(match[0])) for match in _WORD.finditer(text)]
    titles = _titles(text, [bare for _, bare in found], [match.start() for match, _ in found])
    return [
        Word(bare, fold(bare), match.start(), match.start() + len(bare), _opens(text, match.start()), titled)
        for (match, bare), titled in zip(found, titles, strict=True)
    ]


def _bare(word: str) -> str:
    for end in ("'s", "'S", "'"):
        if word.endswith(end) and len(word) > len(end):
            return word[: -len(end)]
    return word


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 12) : start]
    if before.endswith("-") and not before.endswith(" -"):
        return False
    return start == 0 or bool(_ENDS.search(before) or _LIST_MARK.search(before))


def _titles(text: str, bare: list[str], starts: list[int]) -> list[bool]:
    """For each word, whether most ordinary words of its line are capitalised."""
    titled: list[bool] = []
    for line in _lines(text, starts):
        ordinary = [bare[at] for at in line if len(bare[at]) > 3 and is_english(fold(bare[at]))]  # noqa: PLR2004  # "and", "for" stay small
        capitals = sum(word[0].isupper() for word in ordinary)
        begun = bool(line) and bare[line[0]][0].isupper()  # "potholing in Gaping Gill" is no heading
        titled += [begun and len(ordinary) >= _TITLE_WORDS and capitals >= _TITLE_SHARE * len(ordinary)] * len(line)
    return titled


def _lines(text: str, starts: list[int]) -> list[list[int]]:
    """The numbers of the words that share a line or a sentence."""
    breaks = [match.end() for match in re.finditer(r"[.!?:]\s|\n", text)] + [len(text)]
    lines: list[list[int]] = [[] for _ in breaks]
    line = 0
    for number, start in enumerate(starts):
        while start >= breaks[line] and line < len(breaks) - 1:
            line += 1
        lines[line].append(number)
    return lines

"""What the reader of a text hands back: which letters, which of the 18 identifiers, and how to rewrite them."""

from dataclasses import dataclass

from quizbot.deid.finding import Decision, Finding

LAYER = "words"
LAW = "45 CFR 164.514(b)(2)(i)"


@dataclass(frozen=True, slots=True)
class Marked:
    """An identifier, or what may be one, in a text.

    Attributes:
        finding: layer ``words``; its ``text`` is what was read.
        start: offset of the first character concerned, in the text as it was given.
        end: offset after the last one.
        suggestion: what to write in its place, empty to leave it out, ``None`` if only a person can say.
        letter: ``A`` to ``R``, the identifier's letter in 45 CFR 164.514(b)(2)(i); empty for a word nobody knows.
    """

    finding: Finding
    start: int
    end: int
    suggestion: str | None = None
    letter: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A mark on the unmasked text, before it is carried over to the text as given."""

    start: int
    end: int
    kind: str
    letter: str
    decision: Decision = Decision.REFUSE
    suggestion: str | None = None
    todo: str = "leave it out"

    @property
    def weight(self) -> tuple[bool, int]:
        """What decides between hits on the same letters: a refusal first, then the longer one."""
        return self.decision is Decision.REFUSE, self.end - self.start

    def advice(self) -> str:
        """What to do, with the paragraph of the rule that asks for it."""
        return f"{self.todo} ({LAW}({self.letter}))" if self.letter else self.todo


def strongest(hits: list[Hit]) -> list[Hit]:
    """The hits without those that share letters with a weightier one, in the text's order."""
    kept: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda hit: hit.weight, reverse=True):
        letters = range(hit.start, hit.end)
        if taken.isdisjoint(letters):
            kept.append(hit)
            taken.update(letters)
    return sorted(kept, key=lambda hit: hit.start)

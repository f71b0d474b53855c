"""How each word of a reply is meant: asserted, denied, asked, ranked lower, said by somebody else."""

import re

from quizbot.grading.words import Words, is_pause, is_stop
from quizbot.grading.wordsets import (
    BACKWARD_LOW,
    BUTS,
    GENERAL,
    JESTS,
    LACKING,
    OPEN_QUESTION,
    PEOPLE,
    SOFT,
    SPEAKERS,
    TAGS,
    TRANSITIVE,
    TWO_WAY,
    UNLIKELY,
)

LIVE, HIGH, LOW, FIRST = ".", "h", "l", "t"
DOUBTED = "u"  # ranked low by a word that calls it unlikely: a denial if nothing is preferred to it
RANKED_LOW = frozenset(LOW + DOUBTED)
ABSENT = "o"  # denied too, but as a finding: "no flow" says something of the picture, "not torsion" does not
DENIED, ASKED, OTHERS, CONTEXT, QUOTED = "n", "q", "s", "k", '"'
DEAD = frozenset(DENIED + ABSENT + ASKED + OTHERS + CONTEXT + QUOTED)
_STRENGTH = {
    LIVE: 0,
    HIGH: 1,
    LOW: 2,
    DOUBTED: 2,
    FIRST: 3,
    CONTEXT: 4,
    OTHERS: 5,
    ASKED: 6,
    QUOTED: 7,
    ABSENT: 8,
    DENIED: 9,
}
_REACH = 12  # words a negation governs at most
_FAR = 80  # words a cue is followed for, either way: a bound on what hostile text can cost


def marks_of(words: Words) -> list[str]:
    """The status of every word of a reply, a letter each."""
    kinds = words.kinds
    if _CUE.search(kinds) or ("," in kinds and ('"' in words.surfaces or ":" in words.surfaces)):
        return _Statuses(words).marks
    return [LIVE] * len(words)


class _Statuses:
    """Gives every word of one reply its status; ``marks`` is the result, one letter a word."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.marks = [LIVE] * len(words)
        if '"' in words.surfaces:
            self._quotations()
        examined = ":" in words.surfaces and "pe" in words.surfaces
        for cue in _CUE.finditer(words.kinds) if not examined else _ANY.finditer(words.kinds):
            index, kind = cue.start(), cue[0]
            if kind in _RULES:
                _RULES[kind](self, index)
            elif words[index].surface == "pe" and self._is_examination(index):
                self._set(index, self._end(index + 2, commas=False), CONTEXT)

    def _set(self, start: int, stop: int, mark: str) -> None:
        for index in range(start, stop):
            if _STRENGTH[mark] > _STRENGTH[self.marks[index]]:
                self.marks[index] = mark

    def _end(self, index: int, kinds: str = "", *, commas: bool = True) -> int:
        """Where the clause (or, with ``commas`` false, the sentence) that holds ``index`` ends."""
        last = min(len(self.words), index + _FAR)
        ends = kinds + (".," if commas else ".")
        for at in range(index, last):
            if self.words[at].kind in ends:
                return at
        return last

    def _start(self, index: int, kinds: str = "", *, commas: bool = True) -> int:
        first = max(index - _FAR, -1)
        ends = kinds + (".," if commas else ".")
        for at in range(index, first, -1):
            if self.words[at].kind in ends:
                return at + 1
        return first + 1

    def _content(self, start: int, stop: int) -> bool:
        return any(self.words[at].atoms for at in range(start, stop))

    def _quotations(self) -> None:
        """Text in quotation marks is somebody else's, if the respondent adds words of their own."""
        places = [i for i, w in enumerate(self.words) if w.surface == '"']
        if len(places) < 2:  # noqa: PLR2004  # a quotation has two marks
            return
        pairs = list(zip(places[::2], places[1::2], strict=False))
        inside = {i for start, stop in pairs for i in range(start, stop + 1)}
        if any(w.kind not in "p.,@" for i, w in enumerate(self.words) if i not in inside):
            for start, stop in pairs:
                self._set(start, stop, QUOTED)

    def _is_examination(self, index: int) -> bool:
        """ "PE: chest clear" reports a physical examination."""
        return index + 2 < len(self.words) and self.words[index + 1].surface == ":"

    def _versus(self, index: int) -> None:
        """ "PE (vs pneumonia)": what stands in brackets is ranked lower."""
        if index and self.words[index - 1].surface in ("(", "["):
            self._set(index + 1, self._end(index + 1), LOW)

    def _deny(self, index: int) -> None:
        after = index + 1
        surface = self.words[index].surface
        if (after < len(self.words) and is_pause(self.words[after])) or after == len(self.words):
            if not surface.startswith(TRANSITIVE):
                self._answer_no(index)
            return
        after = self._object(after)
        if " " in self.words[index].surface and (after == len(self.words) or is_stop(self.words[after])):
            self._refuse(index)
        stop = min(self._end(after, "ZCPWFAN"), after + _REACH)
        while stop < len(self.words) and self.words[stop].surface == "," and self._list_goes_on(stop + 1):
            stop = self._end(stop + 1, "ZCPWF")
        self._set(after, stop, ABSENT if self.words[index].surface in LACKING else DENIED)

    def _refuse(self, index: int) -> None:
        """ "Pneumonia without a fever? Don't buy it": a denial of "it" takes back the sentence before."""
        start = self._start(index - 1, commas=False) if index else 0
        if start and not self._content(start, index):
            self._set(self._start(start - 2, commas=False), start, DENIED)

    def _object(self, index: int) -> int:
        """Past "it's" and the like: "I doubt it's PE"."""
        while index < len(self.words) and self.words[index].kind in "ZsH":
            index += 1
        return index

    def _list_goes_on(self, start: int) -> bool:
        """Whether "no A, B or C" is still being counted up."""
        for at in range(start, min(start + _REACH, len(self.words))):
            word = self.words[at]
            if word.kind == "O":
                return True
            if not (word.atoms or word.kind == "s" or word.surface == ","):
                return False
        return False

    def _answer_no(self, index: int) -> None:
        """ "X? No. Y": the no takes back what stands before it."""
        before = index - 1
        while (
            before > 0 and self.words[before].kind == "s" and not self.words[before].atoms and before > index - _REACH
        ):
            before -= 1
        if index and self.words[before].surface in BUTS:
            self._set(self._start(before, commas=False), index, DENIED)
            return
        after = self.words[index + 1 : index + 2]
        if after and after[0].surface == "?" and index and self.words[index - 1].surface == ",":
            return  # "PE, no?" asks for agreement
        start = self._start(index - 1)
        if start == index and index:
            asked = min(self._asked(index), index - 1)
            self._set(self._start(asked - 1, commas=False) if asked > 0 else 0, index, DENIED)

    def _deny_back(self, index: int) -> None:
        start = self._start(index)
        if self.words[index].surface == "out" and not self._is_verdict(index):
            return
        if self.words[index].surface in JESTS and not self._content(start, index):
            start = self._start(index, commas=False)  # "PE, said no one"
        if self.words[index].surface in TAGS and self._is_tag(index):
            return
        if self.words[index].surface.endswith(" be") and self._content(index + 1, self._end(index + 1, "ZCW")):
            self._deny(index)
        elif self._content(start, index):
            self._set(start, index, DENIED)
        elif start == index and self._answers(index):
            self._set(self._start(self._asked(index) - 1, commas=False), index, DENIED)
        elif self.words[index].surface in TWO_WAY:
            self._deny_either(index)

    def _deny_either(self, index: int) -> None:
        """ "Unlikely PE" or, if nothing follows, "PE, unlikely"."""
        stop = self._end(index + 1, "ZCW")
        if self._content(index + 1, stop):
            self._set(index + 1, stop, DENIED)
        elif index and self.words[index - 1].surface == ",":
            self._set(self._start(index - 2), index, DENIED)

    def _answers(self, index: int) -> bool:
        """Whether it is all that follows a question: "PE? Doubt it"."""
        ends = index + 1 == len(self.words) or is_pause(self.words[index + 1])
        return ends and index > 0 and self.words[index - 1].surface == "?"

    def _asked(self, index: int) -> int:
        """Where the question marks before a word begin."""
        while index and self.words[index - 1].surface == "?":
            index -= 1
        return index

    def _is_verdict(self, index: int) -> bool:
        """Whether "out" stands right behind a name and ends its clause ("PE's out")."""
        ends = index + 1 == len(self.words) or is_pause(self.words[index + 1])
        return ends and index > 0 and bool(self.words[index - 1].atoms)

    def _is_tag(self, index: int) -> bool:
        """Whether "isn't it" only asks for agreement: after a comma, or before a question mark."""
        around = self.words[max(0, index - 1) : index] + self.words[index + 1 : index + 2]
        return any(w.surface in (",", "?") for w in around)

    def _prefer_before(self, index: int) -> None:
        start, stop = self._start(index - 1, commas=False), self._end(index + 1, "ZC", commas=False)
        if self._content(start, index):
            self._set(index + 1, stop, LOW)

    def _prefer_after(self, index: int) -> None:
        stop = self._end(index + 1, "ZC", commas=False)
        if self._content(index + 1, stop):
            self._set(self._start(index - 1, commas=False), index, LOW)

    def _favour(self, index: int) -> None:
        beside = self.words[max(0, index - 1) : index] + self.words[index + 1 : index + 2]
        if self.words[index].surface in SOFT and any(w.kind in "WA" for w in beside):
            return  # "PE, probably from a DVT" prefers nothing
        stop = self._end(index + 1, "LP")
        if self._content(index + 1, stop):
            self._set(index + 1, stop, HIGH)
        else:
            self._set(self._start(index - 1), index, HIGH)

    def _lower(self, index: int) -> None:
        start, stop = self._start(index - 1, "Z"), self._end(index + 1, "ZCF", commas=False)
        surface = self.words[index].surface
        unlikely = not UNLIKELY.isdisjoint(surface.split())
        mark = DOUBTED if unlikely else LOW
        if (unlikely or surface in BACKWARD_LOW) and self._content(start, index):
            beside = self._start(index - 1, "ZW")  # "PE with gout way down the list"
            self._set(beside if self._content(beside, index) else start, index, mark)
        else:
            self._set(index + 1, stop, mark)

    def _first_thought(self, index: int) -> None:
        stop = self._end(index + 1, "ZC")
        if self._content(index + 1, stop):
            self._set(index + 1, stop, FIRST)
        else:
            self._set(self._start(index - 1), index, FIRST)

    def _others(self, index: int) -> None:
        # X puts the handles that a reply answers before its text: "@quizbot I will say PE", "@quizbot say PE".
        verb, before = self.words[index].surface, self.words[max(0, index - 4) : index]
        own = max((n for n, w in enumerate(before, 1) if w.surface in SPEAKERS), default=0)
        named = any((w.kind == "@" and verb != "say") or w.surface in PEOPLE for w in before[own:])
        if named or (" " in verb and not own and not self._is_first(index)):
            start = self._object(index + 1)
            self._set(start, self._end(start, "ZC", commas=False), OTHERS)

    def _is_first(self, index: int) -> bool:
        """Whether nothing but marks stands before it in its clause: "Calling it PE" is the respondent's own."""
        return all(w.kind in "p.," for w in self.words[self._start(index - 1) : index])

    def _ask(self, index: int) -> None:
        if self.marks[index] == ASKED or not self._opens(index):
            return
        stop = self._end(index, commas=False)
        asked = stop < len(self.words) and self.words[stop].surface == "?"
        if asked or self.words[index].surface in OPEN_QUESTION:
            self._set(index, stop, ASKED)

    def _opens(self, index: int) -> bool:
        """Whether nothing but an address or a particle stands before it in its clause."""
        start = self._start(index - 1)
        return all(w.kind in "@scHp.,ZACgQ" and not w.atoms for w in self.words[start:index])

    def _context(self, index: int) -> None:
        general = self.words[index].surface in GENERAL
        self._set(index + 1, self._end(index + 1, "ZO" if general else "ZWO"), CONTEXT)


_RULES = {
    "V": _Statuses._versus,
    "N": _Statuses._deny,  # a table of the class's own methods
    "X": _Statuses._deny_back,
    "P": _Statuses._prefer_before,
    "U": _Statuses._prefer_after,
    "F": _Statuses._favour,
    "L": _Statuses._lower,
    "T": _Statuses._first_thought,
    "S": _Statuses._others,
    "Q": _Statuses._ask,
    "K": _Statuses._context,
}
_ANY = re.compile(".")
_CUE = re.compile(f"[{''.join(_RULES)}]")

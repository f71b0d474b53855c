"""The synthetic bars: look-alikes, slips of the keyboard, denials, lists, and another quiz's keys."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path

from bench.grading.general import general_set
from bench.grading.labelled import LabelledSet, Share, make_case, own_set
from bench.grading.lookalikes import BY_HAND, FRAMES, lookalike_pairs
from bench.grading.peers import Graded, Job, Unavailable, ours, quizbowl, token_set
from bench.grading.quality import cell
from bench.grading.realistic import slip
from quizbot.core.case import Case
from quizbot.core.verdict import Verdict
from quizbot.grading.lexicon import load

Run = Callable[[Sequence[Job]], Graded]
OTHERS: dict[str, Run] = {
    "qb-answer-checker": partial(quizbowl, underlined=True),
    "rapidfuzz token set 90": token_set,
}
LONG = 6  # letters from which a word has to be understood with slips in it
TRIES = 2  # misspellings of each word
PAIRS = 2_000  # of the look-alikes, unless all of them are asked for
STRIDE = 8  # every so manyth diagnosis of the lexicon is misspelt
JOINTS = (", ", "/", " or ", "; ", "\n", " vs ", " + ", " and ", "? ", ". ")
COMPANY = ("gout", "asthma", "stroke", "appendicitis", "measles")


@dataclass(frozen=True)
class Bar:
    """What was measured, the bar, and how others do on the same replies.

    Attributes:
        name: what was tried.
        share: accepted (full credit; for what must not be accepted: any credit) of all.
        most, least: the bar, whichever is set.
        others: a peer's share, or why there is none.
        examples: cases and replies of ours that were on the wrong side.
    """

    name: str
    share: Share
    most: float | None
    least: float | None
    others: dict[str, Share | str]
    examples: tuple[str, ...]

    @property
    def held(self) -> bool:
        """Whether ours is on the right side of the bar."""
        above = self.least is None or self.share.share >= self.least
        return above and (self.most is None or self.share.share <= self.most)

    def record(self) -> dict[str, object]:
        """As JSON."""
        others = {n: s.record() if isinstance(s, Share) else {"unavailable": s} for n, s in self.others.items()}
        bar = {"most": self.most, "least": self.least, "held": self.held}
        return {"name": self.name, **bar, "accepted": self.share.record(), "others": others, "examples": self.examples}


def bars(*, full: bool = False) -> Iterator[Bar]:
    """All of them, in the order of the table; ``full``: every pair of look-alikes (some minutes)."""
    yield _refused("look-alikes accepted", _lookalikes(None if full else PAIRS), most=0.01)
    yield _understood("one slip in a word of six letters or more", _slips(1), least=0.97)
    yield _understood("two slips", _slips(2), least=0.85)
    yield _refused("denied answers accepted", _framed("denials.txt"), most=0.0)
    yield _understood("the same words around another guess", _framed("commitments.txt"), least=0.99)
    yield _refused("lists of three or more accepted", _lists(), most=0.0)
    general = general_set()
    yield _understood("general knowledge: right answers accepted", _labelled(general, 1.0), least=0.9)
    yield _prompted("general knowledge: prompts given their credit", _labelled(general, None), least=0.9)
    yield _refused("general knowledge: wrong or denied ones accepted", _labelled(general, 0.0), most=0.01)


Asked = list[tuple[Case, str, float]]  # a case, a reply, and the credit that is enough


def _understood(name: str, asked: Asked, least: float) -> Bar:
    share, misses = _measured(ours, asked, wanted=True)
    return Bar(name, share, None, least, _others(asked, wanted=True), misses)


def _prompted(name: str, asked: Asked, least: float) -> Bar:
    share, misses = _measured(ours, asked, wanted=True)
    return Bar(name, share, None, least, {"others": "give no part of a point"}, misses)


def _refused(name: str, asked: Asked, most: float) -> Bar:
    share, misses = _measured(ours, asked, wanted=False)
    return Bar(name, share, most, None, _others(asked, wanted=False), misses)


def _others(asked: Asked, *, wanted: bool) -> dict[str, Share | str]:
    out: dict[str, Share | str] = {}
    for name, run in OTHERS.items():
        try:
            out[name] = _measured(run, asked, wanted=wanted)[0]
        except Unavailable as error:
            out[name] = str(error)
    return out


def _measured(run: Run, asked: Asked, *, wanted: bool) -> tuple[Share, tuple[str, ...]]:
    """How many were accepted, and some that were on the wrong side."""
    groups = [list(group) for _, group in groupby(asked, key=lambda one: id(one[0]))]
    graded = run([(group[0][0], [text for _, text, _ in group]) for group in groups])
    rows = [
        (one, v) for group, vs in zip(groups, graded.verdicts, strict=True) for one, v in zip(group, vs, strict=True)
    ]
    taken = [_accepted(verdict, enough) for (_, _, enough), verdict in rows]
    wrong = [f"{_name(case)}: {text!r}" for ((case, text, _), _), one in zip(rows, taken, strict=True) if one != wanted]
    return Share(sum(taken), len(rows)), tuple(wrong)


def _accepted(verdict: Verdict, enough: float) -> bool:
    return (verdict.credit or 0) > 0 if enough == 0 else verdict.credit == enough


def _name(case: Case) -> str:
    return case.answer.diagnosis if case.answer else ""


def _alone(diagnosis: str) -> Case:
    return make_case("What is it?", "-", {"diagnosis": diagnosis})


def _lookalikes(count: int | None) -> Asked:
    pairs = lookalike_pairs()
    if count is not None:
        some = random.Random(2).sample(pairs, count)  # noqa: S311  # repeatable, nothing secret
        pairs = sorted({*some, *BY_HAND, *((b, a) for a, b in BY_HAND)})
    cases = {name: _alone(name) for name, _ in pairs}
    return [
        (cases[name], FRAMES[(n + i) % len(FRAMES)].format(other if i else other.lower()), 0.0)
        for n, (name, other) in enumerate(pairs)
        for i in range(2)
    ]


def _slips(count: int) -> Asked:
    """Misspelt diagnoses of the project's cases and of some entries of the lexicon."""
    chooser = random.Random(count)  # noqa: S311  # repeatable, nothing secret
    names = [_name(case) for case in own_set().cases.values()] + [d.name for d in load().diagnoses[::STRIDE]]
    out: Asked = []
    for name in dict.fromkeys(names):
        case, words = _alone(name), name.split()
        for index in [i for i, word in enumerate(words) if len(word) >= LONG and word.isalpha()] * TRIES:
            out.append(
                (case, " ".join([*words[:index], _slipped(words[index], count, chooser), *words[index + 1 :]]), 1.0)
            )
    return out


def _slipped(word: str, count: int, chooser: random.Random) -> str:
    out = word
    while out == word:
        for _ in range(count):
            out = slip(out, chooser)
    return out


def _framed(name: str) -> Asked:
    """Every frame of a file around every diagnosis of the project's cases."""
    cases, enough = own_set().cases.values(), 1.0 if name == "commitments.txt" else 0.0
    return [(case, frame.format(_name(case)), enough) for case in cases for frame in frames(name)]


def frames(name: str) -> list[str]:
    """The phrasings of a file beside this one, with {} where the diagnosis stands."""
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _lists() -> Asked:
    chooser = random.Random(3)  # noqa: S311  # repeatable, nothing secret
    out: Asked = []
    for case in own_set().cases.values():
        for joint in JOINTS:
            listed = [*chooser.sample(_company(case), chooser.choice((2, 3, 4))), _name(case)]
            chooser.shuffle(listed)
            out.append((case, joint.join(listed), 0.0))
    return out


def _company(case: Case) -> list[str]:
    return [name for name in COMPANY if name != _name(case).lower()]


def _labelled(labelled: LabelledSet, credit: float | None) -> Asked:
    """Replies of a set with this credit; None: those with a prompt's."""
    chosen = {1.0: ("correct",), None: ("partial",), 0.0: ("incorrect", "no_guess")}[credit]
    return [
        (case, reply.text, reply.credit or 0.0)
        for slug, case in labelled.cases.items()
        for reply in labelled.of(slug)
        if reply.verdict in chosen
    ]


def print_bars(measured: Sequence[Bar], most_examples: int = 6) -> None:
    """The table, and below each bar some replies on the wrong side."""
    print("accepted of all, with Wilson's 95 % interval\n")
    for bar in measured:
        aim = f"at most {bar.most:.0%}" if bar.most is not None else f"at least {bar.least:.0%}"
        print(f"{bar.name} (bar: {aim})")
        print(f"  {'quizbot':26}{cell(bar.share):>36}   {'held' if bar.held else 'NOT HELD'}")
        for name, other in bar.others.items():
            print(f"  {name:26}{cell(other) if isinstance(other, Share) else other:>36}")
        for example in bar.examples[:most_examples]:
            print(f"      on the wrong side: {example}")
        print()

"""How right each grader is on each labelled set."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.grading.labelled import LabelledSet, Quality, Share, quality
from bench.grading.peers import PEERS, Peer, Unavailable

_COLUMNS = ("right of decided", "decided of clear", "points given wrongly")


@dataclass(frozen=True)
class Row:
    """A grader on a set: its measures, or why there are none."""

    labelled: str
    replies: int
    cases: int
    grader: str
    measured: Quality | None
    why_not: str = ""

    def record(self) -> dict[str, object]:
        """As JSON."""
        head = {"set": self.labelled, "replies": self.replies, "cases": self.cases, "grader": self.grader}
        if self.measured is None:
            return head | {"unavailable": self.why_not}
        return head | {name: share.record() for name, share in vars(self.measured).items()}


def rows(sets: Sequence[LabelledSet], peers: Sequence[Peer] = PEERS) -> Iterator[Row]:
    """Every grader on every set."""
    for labelled in sets:
        for peer in peers:
            yield _row(labelled, peer)


def _row(labelled: LabelledSet, peer: Peer) -> Row:
    head = (labelled.name, len(labelled.replies), len(labelled.cases), peer.name)
    replies = [labelled.of(slug) for slug in labelled.cases]
    jobs = [(case, [r.text for r in own]) for case, own in zip(labelled.cases.values(), replies, strict=True)]
    try:
        graded = peer.run(jobs)
    except Unavailable as error:
        return Row(*head, None, str(error))
    pairs = [
        pair for own, verdicts in zip(replies, graded.verdicts, strict=True) for pair in zip(own, verdicts, strict=True)
    ]
    return Row(*head, quality(pairs))


def print_rows(measured: Sequence[Row]) -> None:
    """A table for each set."""
    name = ""
    for row in measured:
        if row.labelled != name:
            name = row.labelled
            print(f"\n{name}: {row.replies} replies to {row.cases} cases; in brackets Wilson's 95 % intervals")
            print(f"{'':30}" + "".join(f"{column:>34}" for column in _COLUMNS))
        print(f"{row.grader:30}{_cells(row)}")


def _cells(row: Row) -> str:
    if row.measured is None:
        return f"  {row.why_not}"
    return "".join(f"{cell(share):>34}" for share in vars(row.measured).values())


def cell(share: Share) -> str:
    """A share with its counts and interval."""
    low, high = share.interval
    return f"{share.count}/{share.of} {share.share:.1%} [{low:.1%}, {high:.1%}]"

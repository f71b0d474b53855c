"""The labelled replies that the measurements use, and the policy's measures of a grader on them."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from quizbot.casebook import load_case
from quizbot.core.case import Case
from quizbot.core.verdict import Verdict, VerdictKind

OWN = Path(__file__).resolve().parents[2] / "tests" / "grading" / "data"
BESIDE = Path(__file__).resolve().parents[3] / "shared" / "grading-dev"
HELD_OUT = ("held-out", "held-out-2")
_Z = 1.959964  # the normal distribution's 97.5 % point: two-sided 95 %


@dataclass(frozen=True)
class Reply:
    """A reply and what two people who know the policy say of it."""

    id: str
    case: str
    text: str
    verdict: str
    credit: float | None


@dataclass(frozen=True)
class LabelledSet:
    """Cases and labelled replies to them."""

    name: str
    cases: dict[str, Case]
    replies: tuple[Reply, ...]

    def of(self, slug: str) -> list[Reply]:
        """The replies to one case."""
        return [reply for reply in self.replies if reply.case == slug]


def _replies(file: Path) -> tuple[Reply, ...]:
    records = (json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip())
    return tuple(Reply(r["id"], r["case"], r["text"], r["verdict"], r["credit"]) for r in records)


def make_case(prompt: str, alt: str, answer: dict[str, Any]) -> Case:
    """A case of which only the parts that the grader reads matter."""
    image = {"file": "image.png", "alt": alt, "origin": "synthetic"}
    fields = {"kind": "image-quiz", "prompt": prompt, "images": [image], "answer": answer}
    return Case.model_validate(fields | {"author": "@an_educator", "consent": "synthetic"})


def keyed_set(name: str, folder: Path) -> LabelledSet:
    """A folder with ``keys.yaml`` (slug, prompt, alt, answer) and ``replies.jsonl``."""
    keys = yaml.safe_load((folder / "keys.yaml").read_text("utf-8"))
    cases = {k["slug"]: make_case(k["prompt"], k.get("alt", "-"), k["answer"]) for k in keys}
    return LabelledSet(name, cases, _replies(folder / "replies.jsonl"))


def own_set() -> LabelledSet:
    """The project's own replies."""
    return keyed_set("own", OWN)


def folder_set(folder: Path) -> LabelledSet:
    """Replies in a folder with ``cases/`` and ``replies.jsonl``."""
    loaded = {path.name: load_case(path).case for path in sorted((folder / "cases").iterdir())}
    return LabelledSet(folder.name, {s: c for s, c in loaded.items() if c}, _replies(folder / "replies.jsonl"))


def labelled_sets() -> list[LabelledSet]:
    """Every set that is there: the project's own, and one beside the checkout."""
    folders = (OWN / "second", OWN / "third", *(OWN / name for name in HELD_OUT), BESIDE)
    return [own_set(), *(folder_set(folder) for folder in folders if folder.is_dir())]


class Share(NamedTuple):
    """So many of so many."""

    count: int
    of: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 of nothing is 0."""
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % score interval of the share (Wilson 1927), also where the share is 0 or 1."""
        if not self.of:
            return 0.0, 1.0
        middle = self.share + _Z**2 / (2 * self.of)
        half = _Z * math.sqrt(self.share * (1 - self.share) / self.of + _Z**2 / (4 * self.of**2))
        scale = 1 + _Z**2 / self.of
        return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)

    def record(self) -> dict[str, object]:
        """As JSON."""
        return {"count": self.count, "of": self.of, "share": self.share, "interval95": self.interval}


@dataclass(frozen=True)
class Quality:
    """The measures of docs/grading.md: right among the decided, decided among the clear, points wrongly given."""

    right_of_decided: Share
    decided_of_clear: Share
    given_wrongly: Share

    @property
    def replies(self) -> int:
        """How many were graded."""
        return self.given_wrongly.of

    @property
    def right(self) -> float:
        """The share of decided replies whose verdict and credit equal the label."""
        return self.right_of_decided.share

    @property
    def decided(self) -> float:
        """The share of clear replies (label other than review) that were decided."""
        return self.decided_of_clear.share

    @property
    def gifted(self) -> float:
        """The share of all replies that got more credit than the label gives."""
        return self.given_wrongly.share


def quality(pairs: Iterable[tuple[Reply, Verdict]]) -> Quality:
    """Right among the decided, decided among the clear, and points wrongly given among all."""
    rows = list(pairs)
    decided = [(r, v) for r, v in rows if v.kind is not VerdictKind.REVIEW]
    clear = [(r, v) for r, v in rows if r.verdict != "review"]
    right = sum(v.kind.value == r.verdict and v.credit == r.credit for r, v in decided)
    gifted = sum((v.credit or 0) > (r.credit or 0) for r, v in rows)
    clear_decided = sum(v.kind is not VerdictKind.REVIEW for _, v in clear)
    return Quality(Share(right, len(decided)), Share(clear_decided, len(clear)), Share(gifted, len(rows)))

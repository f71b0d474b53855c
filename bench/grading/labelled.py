"""The labelled replies that the measurements use."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from quizbot.casebook import load_case
from quizbot.core.case import Case
from quizbot.core.verdict import Verdict, VerdictKind

OWN = Path(__file__).resolve().parents[2] / "tests" / "grading" / "data"


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


def _replies(file: Path) -> tuple[Reply, ...]:
    records = (json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip())
    return tuple(Reply(r["id"], r["case"], r["text"], r["verdict"], r["credit"]) for r in records)


def make_case(prompt: str, alt: str, answer: dict[str, Any]) -> Case:
    """A case of which only the parts that the grader reads matter."""
    image = {"file": "image.png", "alt": alt, "origin": "synthetic"}
    fields = {"kind": "image-quiz", "prompt": prompt, "images": [image], "answer": answer}
    return Case.model_validate(fields | {"author": "@an_educator", "consent": "synthetic"})


def own_set() -> LabelledSet:
    """The project's own replies."""
    keys = yaml.safe_load((OWN / "keys.yaml").read_text("utf-8"))
    cases = {k["slug"]: make_case(k["prompt"], k["alt"], k["answer"]) for k in keys}
    return LabelledSet("own", cases, _replies(OWN / "replies.jsonl"))


def folder_set(folder: Path) -> LabelledSet:
    """Replies in a folder with ``cases/`` and ``replies.jsonl``."""
    loaded = {path.name: load_case(path).case for path in sorted((folder / "cases").iterdir())}
    return LabelledSet(folder.name, {s: c for s, c in loaded.items() if c}, _replies(folder / "replies.jsonl"))


@dataclass(frozen=True)
class Quality:
    """The measures of the policy, as shares between 0 and 1."""

    replies: int
    right: float
    decided: float
    gifted: float


def quality(pairs: Iterable[tuple[Reply, Verdict]]) -> Quality:
    """Right among the decided, decided among the clear, and points wrongly given among all."""
    rows = list(pairs)
    decided = [(r, v) for r, v in rows if v.kind is not VerdictKind.REVIEW]
    clear = [(r, v) for r, v in rows if r.verdict != "review"]
    right = sum(v.kind.value == r.verdict and v.credit == r.credit for r, v in decided)
    gifted = sum((v.credit or 0) > (r.credit or 0) for r, v in rows)
    clear_decided = sum(v.kind is not VerdictKind.REVIEW for _, v in clear)
    return Quality(len(rows), right / max(1, len(decided)), clear_decided / max(1, len(clear)), gifted / len(rows))

"""Keys of another quiz domain, with labelled replies, as a labelled set."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bench.grading.labelled import LabelledSet, Reply, make_case

FILE = Path(__file__).with_name("general.yaml")


def general_set() -> LabelledSet:
    """About sixty keys of general knowledge with about four hundred replies."""
    entries = yaml.safe_load(FILE.read_text("utf-8"))
    cases = {entry["answer"]: make_case("Name it.", "-", _answer(entry)) for entry in entries}
    return LabelledSet("general knowledge", cases, tuple(reply for entry in entries for reply in _replies(entry)))


def _answer(entry: dict[str, Any]) -> dict[str, Any]:
    partial = [{"answer": text, "credit": credit} for text, credit in entry.get("part", {}).items()]
    reject = [{"answer": text} for text in entry.get("reject", ())]
    return {"diagnosis": entry["answer"], "accept": entry.get("accept", []), "partial": partial, "reject": reject}


def _replies(entry: dict[str, Any]) -> Iterator[Reply]:
    name = entry["answer"]
    credit = next(iter(entry.get("part", {}).values()), None)
    groups = (("right", "correct", 1.0), ("prompted", "partial", credit), ("wrong", "incorrect", 0.0))
    for group, verdict, worth in groups:
        for number, text in enumerate(entry.get(group, ())):
            if text.lower().startswith(("not ", "definitely not ")):
                yield Reply(f"{name}-{group}-{number}", name, text, "no_guess", None)
            else:
                yield Reply(f"{name}-{group}-{number}", name, text, verdict, worth)

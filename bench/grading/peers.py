"""Other ways to grade, wrapped to say what ours says; one that cannot run says why in its row."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rapidfuzz import fuzz

from bench.grading.install import PEDANTS, QUIZBOWL
from quizbot.core.case import Case
from quizbot.core.verdict import Verdict, VerdictKind
from quizbot.grading import grade_many, prepare

Job = tuple[Case, Sequence[str]]
INSTALL = "not installed: python -m bench.grading --install-peers"
THRESHOLD = 90  # the usual cut of a token-set ratio
HERE = Path(__file__).parent
_REVIEW = Verdict(VerdictKind.REVIEW, None, None, ())
_WRONG = Verdict(VerdictKind.INCORRECT, 0.0, None, ())
_RIGHT = Verdict(VerdictKind.CORRECT, 1.0, None, ())
_DIRECTIVES = {"accept": _RIGHT, "prompt": _REVIEW, "reject": _WRONG}


class Unavailable(Exception):  # noqa: N818  # not an error: a row that says why it is empty
    """A peer cannot run here; the message says why."""


@dataclass(frozen=True)
class Graded:
    """Verdicts of every job, and the CPU seconds they took where that was measured."""

    verdicts: list[list[Verdict]]
    seconds: float | None = None


@dataclass(frozen=True)
class Peer:
    """A grader. ``run`` raises Unavailable if it cannot run here."""

    name: str
    run: Callable[[Sequence[Job]], Graded]


def ours(jobs: Sequence[Job]) -> Graded:
    """The project's grader."""
    return Graded([grade_many(prepare(case), texts) for case, texts in jobs])


def token_set(jobs: Sequence[Job]) -> Graded:
    """The best listed answer by rapidfuzz's token_set_ratio, from the threshold on; below it, abstain."""
    return Graded([[_token_set(case, text) for text in texts] for case, texts in jobs])


def _token_set(case: Case, text: str) -> Verdict:
    answers = _answers(case)
    best = max(answers, key=lambda answer: fuzz.token_set_ratio(answer.lower(), text.lower()))
    if fuzz.token_set_ratio(best.lower(), text.lower()) < THRESHOLD:
        return _REVIEW
    return answers[best]


def _answers(case: Case) -> dict[str, Verdict]:
    answer = case.answer
    assert answer is not None  # noqa: S101  # the sets hold quizzes only
    listed = {r.answer: _WRONG for r in answer.reject}
    listed |= {p.answer: Verdict(VerdictKind.PARTIAL, p.credit, p.answer, ()) for p in answer.partial}
    return listed | dict.fromkeys((answer.diagnosis, *answer.accept), _RIGHT)


def pedants(jobs: Sequence[Job]) -> Graded:
    """qa-metrics' PEDANTS (Li and others 2024): right or not, it knows no third.

    At every start it fetches four pickled classifiers from a branch on github.com and nltk's data, and runs what it
    gets; without the network there is nothing to run.
    """
    if not PEDANTS.exists():
        raise Unavailable(INSTALL)
    given = [{"question": c.prompt, "references": _full(c), "texts": list(texts)} for c, texts in jobs]
    done = _worker([str(PEDANTS), str(HERE / "pedants_worker.py")], given)
    if isinstance(done, dict):
        missing = "its classifiers are no part of the package but fetched from github.com, which cannot be reached here"
        raise Unavailable(missing if "classifier" in done["error"] else done["error"])
    return Graded([[_RIGHT if right else _WRONG for right in verdicts] for verdicts in done])


def _full(case: Case) -> list[str]:
    return [text for text, verdict in _answers(case).items() if verdict is _RIGHT]


def quizbowl(jobs: Sequence[Job], *, underlined: bool, repeats: int = 1) -> Graded:
    """qb-answer-checker: its prompt is our review, as it settles nothing; CPU time is its own process's."""
    node = shutil.which("node")
    if node is None or not QUIZBOWL.exists():
        raise Unavailable(INSTALL if node else "node is not installed")
    given = [{"line": answer_line(c, underlined=underlined), "texts": list(t), "repeats": repeats} for c, t in jobs]
    done = _worker([node, str(HERE / "quizbowl.mjs"), str(QUIZBOWL)], given)
    verdicts = [[_DIRECTIVES[directive] for directive in job["out"]] for job in done]
    return Graded(verdicts, sum(job["spent"] for job in done))


def _worker(command: list[str], given: object) -> "dict | list":  # type: ignore[type-arg]  # JSON of two shapes
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=False)  # noqa: S603  # our own script
    if done.returncode:
        raise Unavailable((done.stderr.strip().splitlines() or ["failed"])[-1])
    result: dict | list = json.loads(done.stdout.splitlines()[-1])  # type: ignore[type-arg]  # as above
    return result


def answer_line(case: Case, *, underlined: bool) -> str:
    """The case's key as a quizbowl answer line; underlining marks what has to be said, all of it here."""
    return f"{_marked(case.answer.diagnosis, underlined)}{_clauses(case, underlined)}" if case.answer else ""


def _clauses(case: Case, underlined: bool) -> str:  # noqa: FBT001  # one way of writing
    clauses = list(_each_clause(case, underlined))
    return f" [{'; '.join(clauses)}]" if clauses else ""


def _each_clause(case: Case, underlined: bool) -> Iterator[str]:  # noqa: FBT001  # one way of writing
    answer = case.answer
    assert answer is not None  # noqa: S101  # the sets hold quizzes only
    yield from (f"accept {_marked(text, underlined)}" for text in answer.accept)
    yield from (f"prompt on {_marked(p.answer, underlined)}" for p in answer.partial)
    yield from (f"reject {_marked(r.answer, underlined)}" for r in answer.reject)


def _marked(text: str, underlined: bool) -> str:  # noqa: FBT001  # one way of writing
    return f"<b><u>{text}</u></b>" if underlined else text


PEERS = (
    Peer("quizbot", ours),
    Peer("rapidfuzz token set 90", token_set),
    Peer("qa-metrics PEDANTS", pedants),
    Peer("qb-answer-checker, underlined", partial(quizbowl, underlined=True)),
    Peer("qb-answer-checker, plain", partial(quizbowl, underlined=False)),
)
"""The first is ours."""

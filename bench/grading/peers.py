"""Other ways to grade, wrapped to say what ours says; one that is not installed is left out with a line."""

import importlib
import json
import shutil
import subprocess
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz

from quizbot.core.case import Case
from quizbot.core.verdict import Verdict, VerdictKind
from quizbot.grading import grade_many, prepare

Grader = Callable[[Case, Sequence[str]], list[Verdict]]
THRESHOLD = 90  # the usual cut of a token-set ratio
_REVIEW = Verdict(VerdictKind.REVIEW, None, None, ())
_WRONG = Verdict(VerdictKind.INCORRECT, 0.0, None, ())
_RIGHT = Verdict(VerdictKind.CORRECT, 1.0, None, ())
_NODE = """
const check = require('qb-answer-checker');
const checkAnswer = check.default || check.checkAnswer || check;
const {line, texts} = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const start = process.hrtime.bigint();
const out = texts.map(t => checkAnswer(line, t).directive);
const spent = Number(process.hrtime.bigint() - start) / 1e9;
console.log(JSON.stringify({out, spent}));
"""


def ours(case: Case, texts: Sequence[str]) -> list[Verdict]:
    """The project's grader."""
    return grade_many(prepare(case), texts)


def token_set(case: Case, texts: Sequence[str]) -> list[Verdict]:
    """The best listed answer by rapidfuzz's token_set_ratio, from the threshold on."""
    return [_token_set(case, text) for text in texts]


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


def pedants() -> Grader | None:
    """qa-metrics' PEDANTS, if it is installed: right or not, it knows no third."""
    try:
        module = importlib.import_module("qa_metrics.pedant")
    except ImportError:
        return None
    judge = module.PEDANT()

    def grader(case: Case, texts: Sequence[str]) -> list[Verdict]:
        full = [text for text, verdict in _answers(case).items() if verdict is _RIGHT]
        return [_RIGHT if judge.evaluate(full, text, case.prompt) else _WRONG for text in texts]

    return grader


def quizbowl(case: Case, texts: Sequence[str]) -> tuple[list[Verdict], float] | None:
    """qb-answer-checker's verdicts and the seconds it took by its own clock; None where it is not installed."""
    node = shutil.which("node")
    if node is None:
        return None
    given = json.dumps({"line": answer_line(case), "texts": list(texts)})
    done = subprocess.run([node, "-e", _NODE], input=given, capture_output=True, text=True, check=False)  # noqa: S603  # our own script
    if done.returncode:
        return None
    result = json.loads(done.stdout)
    kinds = {"accept": _RIGHT, "prompt": _REVIEW, "reject": _WRONG}
    return [kinds[directive] for directive in result["out"]], float(result["spent"])


def answer_line(case: Case) -> str:
    """The case's key as a quizbowl answer line."""
    answer = case.answer
    assert answer is not None  # noqa: S101  # the sets hold quizzes only
    clauses = [f"accept {text}" for text in answer.accept]
    clauses += [f"prompt on {p.answer}" for p in answer.partial] + [f"reject {r.answer}" for r in answer.reject]
    return f"{answer.diagnosis} [{'; '.join(clauses)}]" if clauses else answer.diagnosis

"""Cases for the grading tests."""

from functools import cache
from typing import Any

from bench.grading.labelled import make_case
from quizbot.core.case import Case
from quizbot.core.verdict import Verdict
from quizbot.grading import Key, grade, prepare


def case(
    diagnosis: str,
    accept: tuple[str, ...] = (),
    partial: dict[str, float] | None = None,
    reject: tuple[str, ...] = (),
    alt: str = "A picture.",
    prompt: str = "What is it?",
) -> Case:
    answer: dict[str, Any] = {"diagnosis": diagnosis, "accept": accept}
    answer["partial"] = [{"answer": text, "credit": credit} for text, credit in (partial or {}).items()]
    answer["reject"] = [{"answer": text} for text in reject]
    return make_case(prompt, alt, answer)


@cache
def pe() -> Key:
    return prepare(
        case(
            "Pulmonary embolism",
            ("PE", "acute pulmonary embolus"),
            {"right heart strain": 0.5, "venous thromboembolism": 0.25},
            ("S1Q3T3", "NSTEMI", "pneumonia", "chronic thromboembolic pulmonary hypertension"),
        )
    )


@cache
def wellens() -> Key:
    return prepare(
        case(
            "Wellens syndrome",
            ("Wellens sign", "Wellens pattern type A"),
            {"critical LAD stenosis": 0.5},
            ("NSTEMI", "Wellens type B", "biphasic T waves"),
        )
    )


@cache
def stemi() -> Key:
    return prepare(case("Inferior STEMI", ("STEMI",), {"myocardial infarction": 0.5}, ("pericarditis",)))


@cache
def scaphoid() -> Key:
    return prepare(case("Scaphoid fracture", ("fractured scaphoid",), {"carpal fracture": 0.5}, ("wrist sprain",)))


def said(key: Key, text: str) -> tuple[str, float | None]:
    verdict = grade(key, text)
    return verdict.kind.value, verdict.credit


def verdict(key: Key, text: str) -> Verdict:
    return grade(key, text)

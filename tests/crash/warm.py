"""Imported by the server that lives are forked from: what a life would compile anew is compiled once."""

from quizbot import grading
from quizbot.casebook import load_case
from quizbot.core.bundled import bundled

_case = load_case(bundled("cases", "wellens-syndrome")).case
assert _case is not None
grading.grade_many(grading.prepare(_case, []), ["Wellens", "NSTEMI", "the widowmaker waves of doom", "great case"])

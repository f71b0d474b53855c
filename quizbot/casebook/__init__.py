"""What an educator writes: the loader with line numbers, the structure checks, the schema, the scaffold."""

from quizbot.casebook.book import Casebook, load_casebook, without_duplicates
from quizbot.casebook.finding import GIVES_AWAY, Finding, Level, Problem, error, key_text, warning
from quizbot.casebook.folder import CASE_FILE
from quizbot.casebook.loaded import LoadedCase
from quizbot.casebook.loader import load_case

__all__ = [
    "CASE_FILE",
    "GIVES_AWAY",
    "Casebook",
    "Finding",
    "Level",
    "LoadedCase",
    "Problem",
    "error",
    "key_text",
    "load_case",
    "load_casebook",
    "warning",
    "without_duplicates",
]

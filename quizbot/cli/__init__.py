"""One thin command a function; no logic. Importing this package registers the commands of every module in it."""

from quizbot.cli import (  # noqa: F401  # importing them registers their commands
    author,
    cohort,
    cost,
    data,
    deid,
    demo,
    draw,
    grade,
    new,
    operate,
    pages,
    retract,
    review,
    sandbox,
    setup,
    sheets,
    sign_off,
    user,
)
from quizbot.cli.frame import app, main

__all__ = ["app", "main"]

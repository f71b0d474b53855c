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
    leaderboard,
    new,
    operate,
    pages,
    retract,
    review,
    sandbox,
    schedule,
    setup,
    sheets,
    sign_off,
    status,
    user,
)
from quizbot.cli.frame import app, main
from quizbot.cli.help_pages import arrange

arrange(app)

__all__ = ["app", "main"]

"""A respondent's own pages: signing in with X, attempts with their reasons, appeals, choices, cohorts."""

from quizbot.web.people.desk import People
from quizbot.web.people.routes import router

__all__ = ["People", "router"]

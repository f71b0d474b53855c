"""The pages. ``create_app`` gives the ASGI application; it only reads."""

from quizbot.web.app import create_app

__all__ = ["create_app"]

"""The versions of rules and models in force: a sign-off counts only for those that it was given under."""

from importlib import import_module

from quizbot.core.errors import QuizbotError

RULES = "1"
"""Of the rules of sign-off themselves; changed when any of them changes."""
_MODULES = {"gate": "whole", "pixels": "pixels", "faces": "faces", "words": "words", "clip": "video.examine"}


def current_versions() -> dict[str, str]:
    """Versions of the gate and of each of its layers; ``missing`` for one that is not installed here.

    A layer that is missing differs from the one a case was signed under, so that nothing is published without it.
    """
    return {"rules": RULES} | {name: _version(module) for name, module in _MODULES.items()}


def layer_version(module: str) -> str | None:
    """The version of a layer by its module's name; None where what it needs is not installed."""
    try:
        return str(import_module(f"quizbot.deid.{module}").VERSION)
    except (ImportError, AttributeError, QuizbotError):
        return None


def _version(module: str) -> str:
    return layer_version(module) or "missing"

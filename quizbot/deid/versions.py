"""The versions of rules and models in force: a sign-off counts only for those that it was given under."""

from importlib import import_module

RULES = "1"
"""Of the rules of sign-off themselves; changed when any of them changes."""
_MODULES = {"gate": "whole", "pixels": "pixels", "faces": "faces", "words": "words"}


def current_versions() -> dict[str, str]:
    """Versions of the gate and of each of its layers; ``missing`` for one that is not installed here.

    A layer that is missing differs from the one a case was signed under, so that nothing is published without it.
    """
    return {"rules": RULES} | {name: _version(module) for name, module in _MODULES.items()}


def _version(module: str) -> str:
    try:
        return str(import_module(f"quizbot.deid.{module}").VERSION)
    except (ImportError, AttributeError):
        return "missing"

"""The versions of rules and models in force: a sign-off counts only for those that it was given under."""

from importlib import import_module

LAYERS = ("pixels", "faces", "words")
GATE = "1"
"""Of what becomes of findings, of the rebuilding, and of the rules of sign-off; changed when any of them changes."""


def current_versions() -> dict[str, str]:
    """Versions of the gate and of each of its layers; ``missing`` for one that is not installed here.

    A layer that is missing differs from the one a case was signed under, so that nothing is published without it.
    """
    return {"gate": GATE} | {layer: _version(layer) for layer in LAYERS}


def _version(layer: str) -> str:
    try:
        return str(import_module(f"quizbot.deid.{layer}").VERSION)
    except (ImportError, AttributeError):
        return "missing"

"""One name for the rules, the vocabulary and the models that judged a picture."""

import hashlib
from importlib import metadata, resources
from pathlib import Path

from quizbot.deid import vocabulary

RULES = 19  # raise it with every change of what is found or how it is judged

_LIBRARIES = ("rapidocr", "onnxruntime", "opencv-python-headless", "zxing-cpp")
LETTERS = Path(__file__).resolve().with_name("letters.onnx")
"""The network for small letters."""


def of_all() -> str:
    """Such as ``text-1 words-0f3a… letters-77ab… rapidocr-3.10.0 …``; what is missing is ``none``."""
    own = (f"words-{_words()}", f"letters-{_letters()}")
    parts = [f"text-{RULES}", *own, *(f"{name}-{_installed(name)}" for name in _LIBRARIES)]
    return " ".join(parts)


def _words() -> str:
    digest = hashlib.sha256()
    for file in sorted(resources.files(vocabulary).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".txt"):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def _letters() -> str:
    return hashlib.sha256(LETTERS.read_bytes()).hexdigest()[:12] if LETTERS.is_file() else "none"


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"

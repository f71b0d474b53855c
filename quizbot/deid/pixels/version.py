"""One name for the rules, the vocabulary and the models that judged a picture."""

import hashlib
from importlib import metadata, resources

from quizbot.deid import vocabulary

RULES = 13  # raise it with every change of what is found or how it is judged

_LIBRARIES = ("rapidocr", "onnxruntime", "opencv-python-headless", "zxing-cpp")


def of_all() -> str:
    """Such as ``text-1 words-0f3a… rapidocr-3.10.0 …``; a library that is missing is ``none``."""
    parts = [f"text-{RULES}", f"words-{_words()}", *(f"{name}-{_installed(name)}" for name in _LIBRARIES)]
    return " ".join(parts)


def _words() -> str:
    digest = hashlib.sha256()
    for file in sorted(resources.files(vocabulary).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".txt"):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"

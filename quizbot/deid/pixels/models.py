"""The three neural networks that find and read text: loaded on first use, and kept.

Two are PP-OCRv6 small (Apache 2.0), in ONNX, as RapidOCR's wheel carries it; only its files are used, so that nothing
of it can ask the network for another. The third, for small letters, is our own (``bench/deid/letters``). One thread:
whoever checks many pictures starts many processes.
"""

import hashlib
import threading
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np
import numpy.typing as npt

from quizbot.deid.facts import Unavailable
from quizbot.deid.pixels.version import LETTERS

Pixels = npt.NDArray[np.float32]

_DETECTOR = "*det*.onnx"
_RECOGNISER = "*rec*.onnx"
# SHA-256 of ``LETTERS``: another file is not run.
_MEASURED = "a0291609642c7f860829000650a71a82ae6df512e2b455e0a501a999f0c2a608"
_loading = threading.Lock()


class Session(Protocol):
    """What is used of ``onnxruntime.InferenceSession``."""

    def run(self, names: None, inputs: dict[str, Pixels]) -> list[Pixels]:
        """The outputs for the inputs by name."""

    def get_inputs(self) -> list[Any]:
        """What goes in, in order."""

    def get_modelmeta(self) -> Any:  # noqa: ANN401  # onnxruntime ships no types
        """What the model's file says of it."""


def detector() -> Session:
    """The session that marks where text is: (n, 3, h, w) to (n, 1, h, w), h and w multiples of 32.

    Raises:
        Unavailable: the extra ``deid`` is not installed or its models are missing.
    """
    with _loading:
        return _session(model_path(_DETECTOR))


def recogniser() -> Session:
    """The session that reads a line: (n, 3, 48, w) to (n, w / 8, classes).

    Raises:
        Unavailable: the extra ``deid`` is not installed or its models are missing.
    """
    with _loading:
        return _session(model_path(_RECOGNISER))


def letters() -> Session:
    """The session that marks where small letters are: (n, 4, h, w) to (n, 1, h / 2, w / 2), multiples of 16.

    Raises:
        Unavailable: the extra ``deid`` is not installed, or the model is missing or another one.
    """
    with _loading:
        return _session(LETTERS, _MEASURED)


@cache
def model_path(pattern: str) -> Path:
    """Where a model lies in the wheel, without importing the package around it.

    Raises:
        Unavailable: the package or the model is missing.
    """
    found = find_spec("rapidocr")
    folder = Path(found.origin).parent / "models" if found and found.origin else None
    models = sorted(folder.glob(pattern)) if folder else []
    if len(models) != 1:
        raise Unavailable("text in pixels", "the models that read it are missing")
    return models[0]


@cache
def _session(path: Path, digest: str = "") -> Session:
    try:
        content = path.read_bytes()
        import onnxruntime  # noqa: PLC0415  # heavy, and in an extra
    except (ImportError, OSError) as error:
        raise Unavailable("text in pixels", f"onnxruntime or {path.name} is not installed") from error
    if digest and hashlib.sha256(content).hexdigest() != digest:
        raise Unavailable("text in pixels", f"{path.name} is not the model that was measured")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # every picture has another size: patterns would only pile up
    options.log_severity_level = 3
    return cast("Session", onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"]))


def run(session: Session, pixels: Pixels) -> Pixels:
    """One pass through a network with one input and one output."""
    (result,) = session.run(None, {session.get_inputs()[0].name: pixels})
    return np.asarray(result, np.float32)

"""The gate's own reader and its rivals: each takes a picture and gives the boxes of what it would stop.

Tesseract and RapidOCR only read; what they read is judged by the gate's own rules, so that the figures compare reading.
Presidio reads and judges by itself.
"""

import csv
import io
import json
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from quizbot.deid import pixels
from quizbot.deid.finding import Box
from quizbot.deid.pixels.classify import sense

Reader = Callable[[Image.Image], list[Box]]

PRESIDIO = "QUIZBOT_PRESIDIO"
"""The environment variable that names the folder that ``presidio_env.sh`` made."""


def cpu() -> float:
    """CPU seconds of this process and its ended children."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def ours(image: Image.Image) -> list[Box]:
    return [found.box for found in pixels.read(image) if found.box]


def tesseract(psm: int) -> Reader | None:
    """Tesseract with a page segmentation mode, its words joined to lines; None if it is not installed."""
    program = shutil.which("tesseract")
    if not program:
        return None

    def read(image: Image.Image) -> list[Box]:
        png = io.BytesIO()
        image.save(png, "PNG")
        command = [program, "-", "-", "--psm", str(psm), "tsv"]
        one_core = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        done = subprocess.run(command, input=png.getvalue(), capture_output=True, check=True, env=one_core)  # noqa: S603  # our own
        return [box for text, box in _lines(done.stdout.decode("utf-8", "replace")) if sense(text)]

    return read


def _lines(table: str) -> Iterator[tuple[str, Box]]:
    lines: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for word in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if word["text"] and word["text"].strip() and float(word["conf"]) >= 0:
            lines.setdefault((word["block_num"], word["par_num"], word["line_num"]), []).append(word)
    for words in lines.values():
        x0, y0 = min(int(w["left"]) for w in words), min(int(w["top"]) for w in words)
        x1 = max(int(w["left"]) + int(w["width"]) for w in words)
        y1 = max(int(w["top"]) + int(w["height"]) for w in words)
        yield " ".join(w["text"] for w in words), (x0, y0, x1, y1)


def rapidocr() -> Reader:
    """RapidOCR as it comes, one thread."""
    import rapidocr as library  # noqa: PLC0415  # slow to load

    engine: Any = library.RapidOCR(
        params={"EngineConfig.onnxruntime.intra_op_num_threads": 1, "Global.log_level": "critical"}
    )

    def read(image: Image.Image) -> list[Box]:
        done = engine(np.asarray(image)[:, :, ::-1])
        if done.boxes is None:
            return []
        return [_around(quad) for quad, text in zip(done.boxes, done.txts, strict=True) if sense(text)]

    return read


def _around(quad: np.ndarray) -> Box:
    x0, y0 = np.floor(quad.min(axis=0)).astype(int)
    x1, y1 = np.ceil(quad.max(axis=0)).astype(int)
    return int(x0), int(y0), int(x1), int(y1)


class Presidio:
    """Presidio's image analyser in its own environment; ``seconds`` is what the last picture took of CPU."""

    def __init__(self, python: Path) -> None:
        self.seconds = 0.0
        worker = Path(__file__).with_name("presidio_worker.py")
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        self._process = subprocess.Popen(  # noqa: S603  # our own worker, in the environment that was named
            [python, worker],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        self._say()

    def __call__(self, image: Image.Image) -> list[Box]:
        with tempfile.NamedTemporaryFile(suffix=".png") as file:
            image.save(file.name)
            self._process.stdin.write(file.name + "\n")  # type: ignore[union-attr]
            self._process.stdin.flush()  # type: ignore[union-attr]
            answer = json.loads(self._say())
        self.seconds = answer["seconds"]
        return [tuple(box) for box in answer["boxes"]]

    def _say(self) -> str:
        line = self._process.stdout.readline()  # type: ignore[union-attr]
        if not line:
            raise RuntimeError("Presidio's environment does not work: see bench/deid/presidio_env.sh")
        return line

    def close(self) -> None:
        self._process.stdin.close()  # type: ignore[union-attr]
        self._process.wait()


@contextmanager
def presidio() -> Iterator[Presidio | None]:
    """Presidio, or None where its environment was not made."""
    folder = os.environ.get(PRESIDIO)
    if not folder:
        yield None
        return
    running = Presidio(Path(folder) / "bin" / "python")
    try:
        yield running
    finally:
        running.close()

"""Clips made by ffmpeg, and layers of the tests' own: reading a hundred frames is slow, and not what is tested here."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from quizbot.deid.finding import Decision, Finding
from tests.conftest import missing_program

Make = Callable[..., Path]
WHITE_TEXT = Finding("text", "name", Decision.REFUSE, text="JANE DOE", box=(10, 10, 90, 40))


@pytest.fixture(scope="session")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Make a clip: ffmpeg's words, then its name."""
    if shutil.which("ffmpeg") is None:
        missing_program("ffmpeg")
    folder = tmp_path_factory.mktemp("clips")

    def clip(*words: str, name: str = "clip.mp4") -> Path:
        made = folder / name
        command = ["ffmpeg", "-v", "error", "-y", *words, str(made)]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # our own words
        return made

    return clip


@pytest.fixture
def layers(monkeypatch: pytest.MonkeyPatch) -> list[Image.Image]:
    """Layers that find a name where the upper left corner is white; the frames they were shown."""
    shown: list[Image.Image] = []

    def text(image: Image.Image, deny: frozenset[str], kind: str | None) -> tuple[Finding, ...]:
        shown.append(image)
        return (WHITE_TEXT,) if min(image.getpixel((50, 25))) > 200 else ()

    monkeypatch.setattr("quizbot.deid.video.examine.layers.text", text)
    monkeypatch.setattr("quizbot.deid.video.examine.layers.faces", lambda image, *, photo: ())
    return shown

"""Clips for tests: short ones as the gate writes them, in a case that people may sign; no layer sees anything there."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from quizbot.deid.examination import Status
from quizbot.deid.finding import Finding
from quizbot.deid.video import ClipOptions, examine_clip
from quizbot.deid.video.captions import Cue, as_subrip
from quizbot.deid.video.examination import ClipExamination
from quizbot.deid.video.frames import encoded
from quizbot.deid.video.proof import blanked, check_bare
from quizbot.deid.video.still import still
from quizbot.desk.clip_outputs import clip_claim, write_clip
from tests.casebook.given import PEARL, with_, write
from tests.conftest import missing_program
from tests.signoff.given import SEAL

SIZE = (128, 96)
CUES = (Cue(0, 900, "The pleural line slides."),)


@cache
def bare_clip(spot: int = 0, seconds: float = 1.0) -> bytes:
    """A sweep over a dark picture, as the gate would write it; ``spot`` makes it another one."""
    if shutil.which("ffmpeg") is None:
        missing_program("ffmpeg")
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "out.mp4"
        encoded((_frame(n, spot) for n in range(round(30 * seconds))), SIZE, path)
        data = blanked(path.read_bytes())
    check_bare(data)
    return data


def _frame(number: int, spot: int) -> Image.Image:
    image = Image.new("RGB", SIZE, (10, 12, 14))
    draw = ImageDraw.Draw(image)
    draw.line((number * 4 % SIZE[0], 10, number * 4 % SIZE[0], 80), fill=(180, 180, 170), width=3)
    draw.rectangle((2, 2, 8, 8), fill=(spot, 40, 40))
    return image


def pearl_with_clip(
    cases: Path, slug: str = "sliding", *, spot: int = 0, cues: tuple[Cue, ...] = CUES, **changes: Any
) -> Path:
    """A pearl's folder with a clip and its captions, written as ``quizbot deid`` does."""
    folder, data = cases / slug, bare_clip(spot)
    folder.mkdir(parents=True)
    digest = hashlib.sha256(data).hexdigest()
    made = ClipExamination(Status.NEEDS_SIGNOFF, (), data, cues, SIZE, 1.0, source_digest="5" * 64, digest=digest)
    path = write_clip(data, as_subrip(cues), clip_claim(made, (), lambda: SEAL), folder)
    video = {"file": path.name, "alt": "The pleural line moves with each breath.", "origin": "patient"}
    video |= {"captions": path.with_suffix(".srt").name} if cues else {}
    given = {"video": video, "consent": "written-consent", "consent_ref": "C-2026-0042"}
    write(folder, with_(PEARL, **(given | changes)), "unused")
    (folder / "unused").unlink(missing_ok=True)
    return folder


def no_layers(monkeypatch: pytest.MonkeyPatch, found: Iterable[Finding] = ()) -> None:
    """Layers that see the same in every frame."""
    seen = tuple(found)
    monkeypatch.setattr("quizbot.deid.video.examine.layers.text", lambda *_: seen)
    monkeypatch.setattr("quizbot.deid.video.examine.layers.faces", lambda *_, photo: ())
    monkeypatch.setattr(
        "quizbot.desk.signoff.watched.examine_clip", lambda path, options: _examined(path.read_bytes(), options, seen)
    )
    monkeypatch.setattr("quizbot.deid.video.still.still", _still)


@cache
def _examined(data: bytes, options: ClipOptions, seen: tuple[Finding, ...]) -> ClipExamination:
    """Each clip is looked at once, however many people sign it: three runs of ffmpeg take seconds."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.mp4"
        path.write_bytes(data)
        return examine_clip(path, options)


_still = cache(still)

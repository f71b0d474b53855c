"""The starter case with a picture of a few pixels: what a round does with a picture does not depend on its size.

Its pixels are entered in a list of drawn pictures while a test lasts, so that it may leave as the real one may.
"""

import json
import shutil
from pathlib import Path

from PIL import Image

from quizbot.core.bundled import bundled
from quizbot.deid import known

SIZE = (96, 48)  # pixels
SLUG = "wellens-syndrome"
_DRAWN = known.DRAWN  # the real list: a test may have put another in its place


def small_case(cases: Path) -> None:
    """Copy the starter case into a folder of cases, with the small picture in its picture's place."""
    shutil.copytree(bundled("cases", SLUG), cases / SLUG)
    _picture().save(cases / SLUG / "ecg.png")


def drawn_list(folder: Path) -> Path:
    """A list of drawn pictures with the small one in it, to stand in the place of ``quizbot.deid.known.DRAWN``."""
    pictures = json.loads(_DRAWN.read_text())["pictures"] | {known.pixel_digest(_picture()): {}}
    file = folder / "drawn.json"
    file.write_text(json.dumps({"pictures": pictures}))
    return file


def _picture() -> Image.Image:
    return Image.linear_gradient("L").resize(SIZE).convert("RGB")

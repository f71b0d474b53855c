"""The scanner's picture: grey on black, with the depth in centimetres beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from quizbot.drawing.bmode import chest, heart
from quizbot.drawing.bmode.chest import Fan
from quizbot.drawing.bmode.probe import converted
from quizbot.drawing.bmode.speckle import shaded
from quizbot.drawing.waves.capnogram import Chance

_HEIGHT, _EDGE, _RULER = 900, 40, 110
_TEXT = (200, 200, 200)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A diagnosis that can be drawn: its name, and what makes a patient's fan of a seed's chance."""

    title: str
    fan: Callable[[Chance], Fan]


DIAGNOSES: Mapping[str, Diagnosis] = {
    "a-lines": Diagnosis("Lung, A-lines", chest.dry),
    "b-lines": Diagnosis("Lung, B-lines (interstitial syndrome)", chest.wet),
    "heart": Diagnosis("Heart, parasternal long axis, no effusion", heart.normal),
    "pericardial-effusion": Diagnosis("Pericardial effusion, parasternal long axis", heart.effusion),
    "pleural-effusion": Diagnosis("Left pleural effusion, parasternal long axis", heart.pleural),
}


def titles() -> Mapping[str, str]:
    """What can be drawn: names and titles."""
    return {name: diagnosis.title for name, diagnosis in DIAGNOSES.items()}


def picture(diagnosis: str, seed: int) -> Image.Image:
    """The picture of a diagnosis; the same for the same seed."""
    return draw(record(diagnosis, seed))


def record(diagnosis: str, seed: int) -> Fan:
    """What the probe shows of a diagnosis; the same for the same seed."""
    return DIAGNOSES[diagnosis].fan(np.random.default_rng(seed))


def draw(fan: Fan) -> Image.Image:
    """The picture of a fan, RGB."""
    levels, scale = converted(fan.probe, fan.grey, _HEIGHT)
    shown = Image.fromarray((shaded(levels) * 255).astype(np.uint8)).convert("RGB")
    page = Image.new("RGB", (shown.width + 2 * _EDGE + _RULER, _HEIGHT + 2 * _EDGE), (0, 0, 0))
    page.paste(shown, (_EDGE, _EDGE))
    _ruler(page, fan, scale)
    return page


def _ruler(page: Image.Image, fan: Fan, scale: float) -> None:
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(size=22)
    x = page.width - _RULER
    for cm in range(int(fan.probe.depth) + 1):
        y = _EDGE + (cm - fan.probe.brink) * scale
        long = cm % 5 == 0
        pen.line([(x, y), (x + (16 if long else 8), y)], fill=_TEXT, width=2)
        if long:
            pen.text((x + 26, y), f"{cm} cm", fill=_TEXT, font=font, anchor="lm")

"""What the page's forms send, as the desk understands it. Nothing that is sent raises anything but ``BadForm``."""

import re

from starlette.datastructures import FormData

from quizbot.deid.finding import Box
from quizbot.desk.signoff.act import Answers
from quizbot.desk.signoff.cover import THE_CLIP

_RULING = re.compile(r"f([1-9]\d{0,3})")
_DECISIONS = {"release": True, "decline": False}
_CORNERS = ("x0", "y0", "x1", "y1")


class BadForm(ValueError):  # noqa: N818  # it is an answer, and reads as one where it is caught
    """A box whose corners are no whole numbers."""


def answers(form: FormData) -> Answers:
    """The answers to a review."""
    given = {key: str(value) for key, value in form.items()}
    rulings = {int(match[1]): value for key, value in given.items() if (match := _RULING.fullmatch(key))}
    return Answers(
        rulings=rulings,
        checklist=frozenset(str(one) for one in form.getlist("confirmed")),
        release=_DECISIONS.get(given.get("decision", "")),
        reason=given.get("reason", ""),
        seen=given.get("seen", ""),
    )


def picture(form: FormData) -> int:
    """The number of the picture that boxes are to be filled in, or ``THE_CLIP``; 0 if it is none."""
    number = str(form.get("picture", ""))
    if number == "clip":
        return THE_CLIP
    return int(number) if re.fullmatch(r"[1-9]", number) else 0


def boxes(form: FormData) -> list[Box]:
    """The boxes that were ticked to be filled, each with the corners in its row.

    Raises:
        BadForm: a ticked row has none.
    """
    return [_box(form, row) for row in map(str, form.getlist("fill"))]


def _box(form: FormData, row: str) -> Box:
    texts = [str(form.get(f"{corner}-{row}", "")).strip() for corner in _CORNERS]
    if not all(re.fullmatch(r"\d{1,6}", text) for text in texts):
        raise BadForm("A box needs four whole numbers: left, top, right and bottom, in pixels.")
    x0, y0, x1, y1 = map(int, texts)
    return x0, y0, x1, y1

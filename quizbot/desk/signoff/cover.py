"""Filling boxes in a picture of a case: every layer looks at the result, which then takes the file's place."""

from collections.abc import Sequence
from dataclasses import replace

from quizbot import deid
from quizbot.core.errors import InputError
from quizbot.deid.examination import Options
from quizbot.deid.finding import Box
from quizbot.desk.outputs import replace as replace_file
from quizbot.desk.signoff.ledger import Ledger
from quizbot.desk.signoff.looked import read_claim_file
from quizbot.desk.signoff.review import Review


def cover(ledger: Ledger, review: Review, number: int, boxes: Sequence[Box]) -> None:
    """Fill boxes, in pixels of the picture as it is shown, with solid colour, and put the result in the file's place.

    What was filled is gone from the file for good; whatever was signed before no longer counts.

    Raises:
        InputError: there is no such picture, no box, or one outside of it; or the result is still refused.
    """
    picture = review.pictures.get(number)
    if picture is None or picture.drawn:
        raise InputError(f"picture {number}", "there is none to fill boxes in", "choose another")
    if not boxes:
        raise InputError(f"picture {number}", "no box was chosen", "tick a finding, or give the corners of a box")
    for box in boxes:
        _require_inside(box, picture.size, number)
    photo = review.case.images[number - 1].photo
    examination = deid.examine(picture.path, options=Options(redact=tuple(boxes), photo=photo))
    if examination.source_digest not in ("", review.subject.pictures[number - 1].data):
        raise InputError(f"picture {number}", "was changed since this page was opened", "look at it again")
    # The record of where it came from leads to the original, not to the picture of a moment ago.
    sourced = replace(examination, source_digest=picture.source or examination.source_digest)
    claim = read_claim_file(review.folder).by_digest.get(review.subject.pictures[number - 1].data)
    kept = tuple(one for one in claim.findings if one.box is None) if claim else ()
    replace_file(sourced, picture.path, ledger.seal(), tuple(boxes), kept)


def _require_inside(box: Box, size: tuple[int, int], number: int) -> None:
    x0, y0, x1, y1 = box
    if not (0 <= x0 < x1 <= size[0] and 0 <= y0 < y1 <= size[1]):
        what = f"the box {x0},{y0},{x1},{y1} does not lie in its {size[0]} × {size[1]} pixels"
        raise InputError(f"picture {number}", what, "give left, top, right and bottom in pixels")

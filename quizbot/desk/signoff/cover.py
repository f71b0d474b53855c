"""Filling boxes in a picture or the clip of a case: every layer looks at the result, which takes the file's place."""

from collections.abc import Sequence
from dataclasses import replace

from quizbot import deid
from quizbot.core.errors import InputError
from quizbot.deid.examination import Options
from quizbot.deid.finding import Box
from quizbot.deid.video import ClipOptions, examine_clip
from quizbot.desk.clip_outputs import clip_claim, replace_clip
from quizbot.desk.outputs import replace as replace_file
from quizbot.desk.signoff.ledger import Ledger
from quizbot.desk.signoff.looked import read_claim_file
from quizbot.desk.signoff.review import Review

THE_CLIP = -1
"""Stands for the clip where pictures have their number."""


def cover(ledger: Ledger, review: Review, number: int, boxes: Sequence[Box]) -> None:
    """Fill boxes, in pixels of the picture as it is shown, with solid colour, and put the result in the file's place.

    Of the clip (``number``: ``THE_CLIP``) they are filled on every frame, which is encoded once more.

    What was filled is gone from the file for good; whatever was signed before no longer counts.

    Raises:
        InputError: there is no such picture, no box, or one outside of it; or the result is still refused.
    """
    if number == THE_CLIP:
        _cover_clip(ledger, review, boxes)
        return
    picture = review.pictures.get(number)
    if picture is None or picture.drawn:
        raise InputError(f"picture {number}", "there is none to fill boxes in", "choose another")
    if not boxes:
        raise InputError(f"picture {number}", "no box was chosen", "tick a finding, or give the corners of a box")
    for box in boxes:
        _require_inside(box, picture.size, f"picture {number}")
    photo = review.case.images[number - 1].photo
    examination = deid.examine(picture.path, options=Options(redact=tuple(boxes), photo=photo))
    if examination.source_digest not in ("", review.subject.pictures[number - 1].data):
        raise InputError(f"picture {number}", "was changed since this page was opened", "look at it again")
    # The record of where it came from leads to the original, not to the picture of a moment ago.
    sourced = replace(examination, source_digest=picture.source or examination.source_digest)
    claim = read_claim_file(review.folder).by_digest.get(review.subject.pictures[number - 1].data)
    kept = tuple(one for one in claim.findings if one.box is None) if claim else ()
    replace_file(sourced, picture.path, ledger.seal(), tuple(boxes), kept)


def _cover_clip(ledger: Ledger, review: Review, boxes: Sequence[Box]) -> None:
    clip, signed = review.clip, review.subject.clip
    if clip is None or signed is None or clip.problem:
        raise InputError("the clip", "there is none to fill boxes in", "run `quizbot deid` on the original")
    if not boxes:
        raise InputError("the clip", "no box was chosen", "tick a finding, or give the corners of a box")
    for box in boxes:
        _require_inside(box, clip.size, "the clip")
    made = examine_clip(clip.path, ClipOptions(redact=tuple(boxes), narration=signed.sound))
    if made.source_digest not in ("", signed.data):
        raise InputError("the clip", "was changed since this page was opened", "look at it again")
    replace_clip(made, clip.path, clip_claim(made, tuple(boxes), ledger.seal, source=clip.source))


def _require_inside(box: Box, size: tuple[int, int], where: str) -> None:
    x0, y0, x1, y1 = box
    if not (0 <= x0 < x1 <= size[0] and 0 <= y0 < y1 <= size[1]):
        what = f"the box {x0},{y0},{x1},{y1} does not lie in its {size[0]} × {size[1]} pixels"
        raise InputError(where, what, "give left, top, right and bottom in pixels")

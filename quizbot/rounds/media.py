"""What is kept with a round to be shown: its pictures, or its clip with what belongs to it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizbot.core.case import Case


@dataclass(frozen=True, slots=True)
class Kept:
    """The digests of a round's media by what they are; the round's list holds them in this order.

    Attributes:
        pictures: of the case's images, in the order posted.
        clip: of the case's video.
        poster: a frame of the clip, for the pages.
        captions: of the clip.
    """

    pictures: tuple[str, ...] = ()
    clip: str | None = None
    poster: str | None = None
    captions: str | None = None


def kept_media(case: Case, digests: Sequence[str]) -> Kept:
    """Tell a round's media apart. A question never shows any, and of a round that was erased nothing is left."""
    if case.video is None:
        return Kept(pictures=tuple(digests))
    clip, poster, captions = (*digests, None, None, None)[:3]
    return Kept(clip=clip, poster=poster, captions=captions)

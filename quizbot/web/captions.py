"""Captions as browsers take them."""

from quizbot.deid.video.captions import as_webvtt, read_captions


def webvtt(subrip: bytes) -> str:
    """WebVTT from the SubRip that is kept with a round.

    Raises:
        Refused: it is none.
    """
    return as_webvtt(read_captions(subrip, "captions"))

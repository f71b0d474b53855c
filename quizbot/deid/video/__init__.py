"""The gate for clips: nothing of the file that comes in is in the file that goes out but pixels, frame by frame.

A clip is decoded to bare frames by ffmpeg, which is closed in (``confined``, ``frames``); boxes are filled on every
frame, and a new file is encoded from the frames alone, so that sound, data tracks, subtitles, chapters, thumbnails and
metadata cannot come along. The new file is proved to hold one picture track and nothing else (``proof``). Then the
layers look at it as the world will see it: at every scene change, and at least once a second (``moments``,
``examine``). No clip passes by machine: two people sign it.
"""

from pathlib import Path

from quizbot.deid.video.examination import ClipExamination, ClipOptions, Seen
from quizbot.deid.video.kinds import is_clip

__all__ = ["ClipExamination", "ClipOptions", "Seen", "examine_clip", "is_clip"]


def examine_clip(path: Path, options: ClipOptions | None = None) -> ClipExamination:
    """Put a clip through the gate; never raises for what is in it, and leaves no file behind.

    Args:
        path: an MP4, QuickTime, Matroska, WebM or AVI file.
        options: boxes to fill on every frame, and captions.
    """
    from quizbot.deid.video import examine  # noqa: PLC0415  # Pillow loads slowly

    return examine.examine_clip(path, options or ClipOptions())

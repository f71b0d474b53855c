"""One frame of a clip as a picture."""

import tempfile
from collections import deque
from itertools import islice
from pathlib import Path

from quizbot.deid.encode import Encoded, encode
from quizbot.deid.examination import MAX_POSTED_BYTES
from quizbot.deid.facts import Refused
from quizbot.deid.video.frames import decoded
from quizbot.deid.video.kinds import MP4
from quizbot.deid.video.limits import FRAMES_A_SECOND


def still(data: bytes, size: tuple[int, int]) -> Encoded:
    """The frame at one second, since many a clip begins in black; the last one of a shorter clip.

    Args:
        data: a bare clip.
        size: its width and height in pixels.

    Raises:
        Refused: ffmpeg is not installed, or fails.
    """
    with tempfile.TemporaryDirectory(prefix="quizbot-clip-") as name:
        path = Path(name) / "in.mp4"
        path.write_bytes(data)
        with decoded(path, MP4.reader, size) as frames:
            last = deque(islice(frames, FRAMES_A_SECOND), maxlen=1)
    if not last:
        raise Refused("", "has no frame that can be decoded", "run `quizbot deid` on the original clip again")
    return encode(last[0], "the clip's frame", lossless=False, max_bytes=MAX_POSTED_BYTES)

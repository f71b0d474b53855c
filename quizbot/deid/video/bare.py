"""Files that the gate itself wrote for a clip: the bare MP4, and its captions. Nothing is decoded here."""

from quizbot.deid.facts import Refused
from quizbot.deid.video.captions import as_subrip, read_captions
from quizbot.deid.video.limits import LEAST_SIDE, LONG_SIDE, MAX_POSTED_BYTES
from quizbot.deid.video.proof import Bare, NotBareError, check_bare

CLIP_MIME = "video/mp4"
CAPTIONS_MIME = "text/srt"  # as X calls SubRip
_TODO = "run `quizbot deid` on the original clip, and name its output in the case"


def bare_clip(data: bytes, where: str) -> Bare:
    """What a clip is, if it is in the form in which the gate writes one.

    Raises:
        Refused: it is not, or larger than one can be.
    """
    try:
        found = check_bare(data)
    except NotBareError as error:
        raise Refused(where, f"is no clip as the gate writes them: it holds {error}", _TODO) from error
    except Exception as error:  # a parser that trips over hostile bytes has found them not to be bare
        raise Refused(where, "is no clip as the gate writes them, or is damaged", _TODO) from error
    if len(data) > MAX_POSTED_BYTES or not LEAST_SIDE <= min(found.size) <= max(found.size) <= LONG_SIDE:
        raise Refused(where, "is no clip as the gate writes them", _TODO)
    return found


def bare_captions(data: bytes, where: str) -> bytes:
    """Captions in the form in which the gate writes them: times and words, and nothing beside.

    Raises:
        Refused: they are not.
    """
    if as_subrip(read_captions(data, where)).encode() != data:
        todo = "run `quizbot deid CLIP --captions FILE -o FOLDER`, and name the .srt file that it writes"
        raise Refused(where, "holds more than times and words, or is not written as the gate writes captions", todo)
    return data

"""The captions of a clip in a case folder."""

from pathlib import Path

from quizbot.deid.video.captions import Cue, read_captions


def caption_cues(folder: Path, name: str) -> tuple[Cue, ...]:
    """The captions of a clip in a case folder.

    Raises:
        Refused: they cannot be read, or are not in the form in which the gate writes them.
    """
    from quizbot.deid.reading import read_file  # noqa: PLC0415  # Pillow loads slowly
    from quizbot.deid.video.bare import bare_captions  # noqa: PLC0415  # likewise
    from quizbot.deid.video.captions import MOST_BYTES  # noqa: PLC0415  # likewise

    data = bare_captions(read_file(folder / name, MOST_BYTES, todo="shorten it"), name)
    return read_captions(data, name)

"""The pictures of a case as a preview may show them: rebuilt, and no original of a patient's."""

from base64 import b64encode
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from quizbot.core.case import Image
from quizbot.core.errors import QuizbotError


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture in a preview.

    Attributes:
        file: its name.
        alt: its alt text.
        source: a ``data:`` address of bytes that were rebuilt from pixels; empty if it is not shown.
        note: why it is not shown, or not posted as it is; empty if it would go out so.
    """

    file: str
    alt: str
    source: str
    note: str


def shown(folder: Path, image: Image) -> Shown:
    """A picture as it would be posted; never raises for what is in the file.

    An output of the gate and a drawn picture are shown as they are posted. Another synthetic one is decoded in the
    closed-in process and rebuilt, and said to need the gate. Of a patient's or a licensed one nothing is shown before
    the gate has passed it.
    """
    path = folder / image.file
    try:
        source, note = _posted(path), ""
    except QuizbotError as refused:
        source, note = "", f"not posted: {refused.what}"
        if image.origin == "synthetic":
            source = _rebuilt(path)
    return Shown(image.file, image.alt, source, note)


def _posted(path: Path) -> str:
    from quizbot.deid.bare import mime_of  # noqa: PLC0415  # Pillow loads slowly
    from quizbot.deid.claim import CLAIM_FILE  # noqa: PLC0415  # likewise
    from quizbot.deid.facts import Refused  # noqa: PLC0415  # likewise
    from quizbot.deid.reading import picture_file  # noqa: PLC0415  # likewise
    from quizbot.desk.signoff.looked import read_claim_file  # noqa: PLC0415  # likewise

    data = picture_file(path)
    if not _is_drawn(path) and _digest(data) not in read_claim_file(path.parent).by_digest:
        raise Refused(path.name, f"{CLAIM_FILE} names no such output of the privacy gate", "run `quizbot deid`")
    return _address(data, mime_of(data))


def _is_drawn(path: Path) -> bool:
    from quizbot.deid import is_known  # noqa: PLC0415  # as above

    return is_known(path)


def _digest(data: bytes) -> str:
    from quizbot.deid.bare import digest_of  # noqa: PLC0415  # as above

    return digest_of(data)


def _rebuilt(path: Path) -> str:
    """The pixels in a new file; empty if there are none to be had."""
    from quizbot.deid.gate import open_picture  # noqa: PLC0415  # as above

    try:
        image = open_picture(path)
    except QuizbotError:
        return ""
    file = BytesIO()
    image.save(file, "PNG")
    return _address(file.getvalue(), "image/png")


def _address(data: bytes, mime: str) -> str:
    return f"data:{mime};base64,{b64encode(data).decode('ascii')}"

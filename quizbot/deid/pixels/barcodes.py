"""QR and bar codes: what is encoded cannot be judged by looking, so every one refuses."""

from collections.abc import Iterator

from quizbot.deid.facts import Unavailable
from quizbot.deid.finding import Decision, Finding
from quizbot.deid.pixels.views import Image8


def find(rgb: Image8) -> Iterator[Finding]:
    """The codes in a picture, at any rotation, read with zxing-cpp; ``text`` is what is encoded.

    Raises:
        Unavailable: the extra ``deid`` is not installed.
    """
    try:
        import zxingcpp  # noqa: PLC0415  # in an extra
    except ImportError as error:
        raise Unavailable("codes in pixels", "zxing-cpp is not installed") from error
    for code in zxingcpp.read_barcodes(rgb, try_rotate=True, try_downscale=True):
        corners = (
            code.position.top_left,
            code.position.top_right,
            code.position.bottom_right,
            code.position.bottom_left,
        )
        xs, ys = [corner.x for corner in corners], [corner.y for corner in corners]
        height, width = rgb.shape[:2]
        box = (max(0, min(xs)), max(0, min(ys)), min(width, max(xs) + 1), min(height, max(ys) + 1))
        yield Finding("barcode", "barcode", Decision.REFUSE, code.text, box, "redact it")

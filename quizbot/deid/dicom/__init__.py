"""From a DICOM file to the honest picture a radiologist would see, and the words that must not be seen in it.

Runs in the decoding child only. The header's claims about the pixels are used to show them; its claims about privacy
(``BurnedInAnnotation``, ``PatientIdentityRemoved``) are not believed.
"""

from io import BytesIO

from quizbot.deid.child.wire import Answer, Request
from quizbot.deid.child.work import Decoded, answered


def prepare() -> None:
    """Decode a small file of every kind that can be made here, so that all that is loaded when needed is loaded.

    Raises:
        ImportError: pydicom or a codec is not installed.
    """
    from quizbot.deid.dicom import rehearsal  # noqa: PLC0415  # pydicom and NumPy, of the extra

    rehearsal.run(answer)


def answer(request: Request) -> Answer:
    """Render one frame; what cannot be rendered is refused."""
    return answered(decode, request)


def decode(request: Request) -> Decoded:
    """Render the chosen frame in the chosen window.

    Raises:
        Refused: it holds no picture, one that cannot be shown plainly, or several without a choice.
        Exception: whatever else, if it is damaged.
    """
    from quizbot.deid.dicom import header, render, words  # noqa: PLC0415  # see prepare

    dataset = header.read(BytesIO(request.data))
    chosen = header.frame(dataset, request.frame)
    shown = render.render(dataset, chosen, request.window)
    return Decoded(shown.image, header.frames(dataset), shown.notes, shown.asks, words.of(dataset))

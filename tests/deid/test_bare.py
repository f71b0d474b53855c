"""Files of the gate's own form are decoded in the child process, too, and come out as they went in."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from quizbot.deid.bare import bare_picture, mime_of
from quizbot.deid.encode import encode
from quizbot.deid.facts import Refused
from tests.deid.pictures import encoded, gradient


def _written(*, lossless: bool) -> bytes:
    return encode(gradient(), "x", lossless=lossless, max_bytes=5_000_000).data


@pytest.mark.parametrize("lossless", [True, False])
def test_the_pixels_are_those_that_any_decoder_sees(lossless: bool) -> None:
    data = _written(lossless=lossless)
    with Image.open(BytesIO(data)) as image:
        assert np.array_equal(np.asarray(bare_picture(data, mime_of(data), "x")), np.asarray(image))


def test_the_gates_own_process_opens_none(monkeypatch: pytest.MonkeyPatch) -> None:
    data = _written(lossless=True)

    def opened(*_args: object, **_options: object) -> None:
        pytest.fail("decoded in the parent")

    monkeypatch.setattr(Image, "open", opened)
    assert bare_picture(data, "image/png", "x").size == gradient().size


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (encoded(gradient(), "PNG", dpi=(72, 72)), "image/png"),
        (encoded(gradient(), "PNG"), "image/jpeg"),
        (encoded(gradient(), "PNG")[:-20], "image/png"),
        (encoded(gradient(), "PNG"), "image/webp"),
        (b"", "image/png"),
        (encoded(gradient().convert("L"), "PNG"), "image/png"),
    ],
)
def test_what_is_not_bare_is_refused(data: bytes, mime: str) -> None:
    with pytest.raises(Refused):
        bare_picture(data, mime, "x")

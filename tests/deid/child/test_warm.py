"""One server for many files: threads take turns, each gets its own answer, and each file its own process."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from quizbot.deid import decode
from quizbot.deid.intake import PNG, Source
from quizbot.deid.warm import warm
from tests.deid.pictures import encoded


def test_threads_each_get_their_own_picture() -> None:
    def one(shade: int) -> tuple[int, object]:
        data = encoded(Image.new("RGB", (7, 5), (shade, 0, 0)), "PNG")
        return shade, decode.decode(Source("x", data, PNG)).image.getpixel((3, 3))

    with ThreadPoolExecutor(8) as pool:
        for shade, pixel in pool.map(one, range(40)):
            assert pixel == (shade, 0, 0)


def test_a_process_of_another_number_gets_a_server_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fork must not speak over its parent's line."""
    ours = warm("raster")
    assert warm("raster") is ours
    monkeypatch.setattr("os.getpid", lambda: 2**22 + 1)
    assert warm("raster") is not ours
    assert warm("raster") is not warm("dicom")

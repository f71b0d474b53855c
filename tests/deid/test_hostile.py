"""Hostile bytes: whatever is fed to the gate, it answers or refuses, and raises nothing else."""

import contextlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from quizbot.core.errors import QuizbotError
from quizbot.deid import Refused, inspect
from quizbot.deid.proof import NotBareError, check_bare
from tests.deid.pictures import encoded, gradient

_exif = Image.Exif()
_exif[0x0112] = 6
_SMALL = gradient(17, 9)
SEEDS = {
    "png": [encoded(_SMALL, "PNG", exif=_exif), encoded(_SMALL.convert("P"), "PNG", transparency=0)],
    "jpg": [encoded(_SMALL, "JPEG", exif=_exif), encoded(_SMALL, "MPO", save_all=True, append_images=[_SMALL])],
    "webp": [encoded(_SMALL, "WEBP"), encoded(_SMALL.convert("RGBA"), "WEBP", lossless=True, exif=_exif)],
    "tif": [encoded(_SMALL, "TIFF", compression="tiff_lzw"), encoded(_SMALL.convert("I;16"), "TIFF")],
}
quick = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """A good file with some bytes changed, a piece taken out, doubled or put in, or its end cut off."""
    suffix = draw(st.sampled_from(sorted(SEEDS)))
    data = bytearray(draw(st.sampled_from(SEEDS[suffix])))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        how = draw(st.sampled_from(["change", "cut", "take", "double", "insert"]))
        length = draw(st.integers(1, 12))
        if how == "change":
            data[at : at + 1] = bytes([draw(st.integers(0, 255))])
        elif how == "cut":
            del data[max(at, 12) :]
        elif how == "take":
            del data[at : at + length]
        elif how == "double":
            data[at:at] = data[at : at + length]
        else:
            data[at:at] = draw(st.binary(min_size=1, max_size=length))
    return suffix, bytes(data)


def feed(folder: Path, suffix: str, data: bytes) -> None:
    path = folder / f"hostile.{suffix}"
    path.write_bytes(data)
    with contextlib.suppress(Refused):
        facts = inspect(path)
        assert facts.width > 0
        assert facts.height > 0


@quick
@given(mutated())
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, file: tuple[str, bytes]) -> None:
    feed(tmp_path, *file)


@quick
@given(
    st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\x40\0\0\0WEBPVP8X", b"II*\0", b"MM\0*"]), st.binary()
)
def test_nonsense_behind_a_right_beginning_is_read_or_refused(tmp_path: Path, head: bytes, body: bytes) -> None:
    for suffix in SEEDS:
        feed(tmp_path, suffix, head + body)


@quick
@given(st.binary(max_size=200), st.sampled_from(["png", "jpg", "webp", "tif", "mp4", "gif", "x"]))
def test_nonsense_is_refused(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"hostile.{suffix}"
    path.write_bytes(data)
    with pytest.raises(QuizbotError):
        inspect(path)


@quick
@given(mutated())
def test_the_proof_answers_on_any_bytes(file: tuple[str, bytes]) -> None:
    for mime in ("image/png", "image/jpeg"):
        with contextlib.suppress(NotBareError):
            check_bare(file[1], mime)


@quick
@given(mutated())
def test_what_the_proof_passes_holds_no_byte_that_could_be_taken_out(file: tuple[str, bytes]) -> None:
    """A file proved bare stays readable, and ends where its picture ends."""
    suffix, data = file
    mime = {"png": "image/png", "jpg": "image/jpeg"}.get(suffix)
    if mime is None:
        return
    try:
        check_bare(data, mime)
    except NotBareError:
        return
    assert data.endswith(b"IEND\xaeB`\x82" if mime == "image/png" else b"\xff\xd9")
    with contextlib.suppress(OSError, SyntaxError, ValueError):
        Image.open(BytesIO(data)).load()

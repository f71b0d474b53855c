"""Ten thousand damaged files: each is answered, in time, within memory, and nothing is left half-written.

By default a sample of them, always the same; all with QUIZBOT_TEST_FULL=1.
"""

import os
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from pydicom import uid

from quizbot.deid import Examination, Options, Status, decode, examine, layers
from quizbot.deid.limits import MEMORY_BYTES
from quizbot.deid.proof import check_bare
from tests.deid.corpus import Sample, samples
from tests.deid.dicom.files import HTJ2K_LOSSLESS, encapsulated, grey, ramp, shipped_file, written
from tests.deid.pictures import put

FULL = os.environ.get("QUIZBOT_TEST_FULL") == "1"
BATCHES = 20
EACH = 500 if FULL else 12


@cache
def seeds() -> tuple[Sample, ...]:
    """Good files of every kind: half of them DICOM, of every way to encode one."""
    pictures = [
        one for n, one in enumerate(samples()) if not one.name.startswith(("dicom", "malformed")) and n % 9 == 0
    ]
    names = (
        "CT_small.dcm", "MR_small_RLE.dcm", "JPEGLSNearLossless_08.dcm", "MR_small_jp2klossless.dcm", "SC_rgb_jpeg.dcm",
        "SC_rgb_gdcm_KY.dcm", "SC_rgb_jpeg_gdcm.dcm", "examples_palette.dcm", "image_dfl.dcm", "SC_rgb_small_odd.dcm",
        "MR_small_bigendian.dcm", "MR_small_implicit.dcm", "chrH31.dcm", "SC_rgb_rle_2frame.dcm", "liver_1frame.dcm",
        "MR_small_jpeg_ls_lossless.dcm", "nested_priv_SQ.dcm", "SC_rgb_dcmtk_+eb+cy+s4.dcm",
    )  # fmt: skip
    dicoms = [Sample(f"dicom {name}", ".dcm", shipped_file(name)) for name in names]
    htj2k = written(encapsulated(grey(ramp()), HTJ2K_LOSSLESS), uid.HTJ2KLossless)
    return (*pictures, *dicoms, Sample("dicom htj2k", ".dcm", htj2k))


def mutated(data: bytes, dice: np.random.Generator) -> bytes:
    """Bytes changed, set to extremes, taken out, doubled or put in, mostly near the beginning; or the end cut off."""
    changed = bytearray(data)
    for _ in range(int(dice.integers(1, 8))):
        reach = len(changed) if dice.random() < 0.4 else min(len(changed), 1024)
        at, length = int(dice.integers(0, max(1, reach))), int(dice.integers(1, 16))
        how = int(dice.integers(0, 7))
        if how == 0:
            changed[at : at + 1] = bytes([int(dice.integers(256))])
        elif how == 1:
            changed[at : at + 1] = bytes([changed[at] ^ (1 << int(dice.integers(8)))]) if changed else b""
        elif how == 2:
            changed[at : at + 4] = dice.choice([b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0", b"\x80\0\0\0"])
        elif how == 3:
            del changed[at : at + length]
        elif how == 4:
            changed[at:at] = changed[at : at + length]
        elif how == 5:
            changed[at:at] = dice.bytes(length)
        elif dice.random() < 0.3:
            del changed[max(at, 200) :]
    return bytes(changed)


@pytest.fixture
def peaks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Blinds the layers that look, and records what each decoding took."""
    seen: list[int] = []
    whole = decode._picture

    def recording(where: str, told: decode.Told) -> decode.Picture:
        seen.append(told.peak)
        return whole(where, told)

    monkeypatch.setattr(decode, "_picture", recording)
    monkeypatch.setattr(layers, "text", lambda *_: ())
    monkeypatch.setattr(layers, "faces", lambda *_, **__: ())
    return seen


@pytest.mark.long
@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_damaged_file_is_answered(tmp_path: Path, peaks: list[int], batch: int) -> None:
    dice = np.random.default_rng(batch)
    out = tmp_path / "out"
    out.mkdir()
    for n in range(EACH):
        seed = seeds()[int(dice.integers(len(seeds())))]
        path = tmp_path / f"{n}{seed.suffix}"
        path.write_bytes(mutated(seed.data, dice))
        answered(examine(path, options=Options(frame=1 if seed.suffix == ".dcm" else None)), out, seed.name)
        path.unlink()
    assert len(peaks) > EACH // 4
    assert max(peaks) < MEMORY_BYTES
    assert all(check_bare(path.read_bytes(), MIMES[path.suffix]) for path in out.iterdir())


MIMES = {".png": "image/png", ".jpg": "image/jpeg"}


def answered(examination: Examination, out: Path, name: str) -> None:
    assert not any(one.kind == "failed" for one in examination.findings), name
    assert (examination.output is None) == (examination.status is Status.REFUSED)
    if examination.output is not None:
        put(out, examination.output)
    else:
        assert all(one.todo for one in examination.findings)

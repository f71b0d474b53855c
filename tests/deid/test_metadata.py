"""Nothing that is attached to a picture comes out of the gate, whatever it is and wherever it hides.

Over a thousand files (``corpus``); each output is parsed to its last byte, searched for the canary, decoded again and
shown to exiftool.
"""

import json
import logging
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from quizbot.deid import Examination, Options, examine, layers
from quizbot.deid.proof import check_bare
from tests.conftest import missing_program
from tests.deid.corpus import CANARY, Sample, holds_canary, samples
from tests.deid.pictures import put as put_output

KINDS = ("png", "apng", "jpeg", "mpo", "motion", "webp", "tiff", "dicom", "malformed")
LEAST = {
    "png": 250,
    "jpeg": 150,
    "tiff": 90,
    "webp": 30,
    "dicom": 80,
    "mpo": 10,
    "motion": 10,
    "apng": 4,
    "malformed": 60,
}
# What exiftool says of any PNG or JPEG: of the file on this disc, and of the picture that it shows.
HARMLESS = {
    "SourceFile", "ExifToolVersion", "FileName", "Directory", "FileSize", "FileModifyDate", "FileAccessDate",
    "FileInodeChangeDate", "FilePermissions", "FileType", "FileTypeExtension", "MIMEType", "ImageWidth", "ImageHeight",
    "BitDepth", "ColorType", "Compression", "Filter", "Interlace", "ImageSize", "Megapixels", "JFIFVersion",
    "ResolutionUnit", "XResolution", "YResolution", "EncodingProcess", "BitsPerSample", "ColorComponents",
    "YCbCrSubSampling",
}  # fmt: skip


@cache
def corpus() -> dict[str, list[Sample]]:
    sorted_out: dict[str, list[Sample]] = {kind: [] for kind in KINDS}
    for sample in samples():
        sorted_out[sample.name.split()[0]].append(sample)
    return sorted_out


@pytest.fixture(autouse=True)
def _blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """The layers that look at the pixels have tests of their own; here everything that can be rebuilt is."""
    monkeypatch.setattr(layers, "text", lambda *_: ())
    monkeypatch.setattr(layers, "faces", lambda *_, **__: ())


def put(folder: Path, sample: Sample) -> Path:
    path = folder / f"source{sample.suffix}"
    path.write_bytes(sample.data)
    return path


def examined(folder: Path, some: Iterable[Sample]) -> Iterator[tuple[Sample, Examination]]:
    for sample in some:
        yield sample, examine(put(folder, sample), options=Options(frame=1 if sample.suffix == ".dcm" else None))


def test_there_are_over_a_thousand_files_and_nearly_all_hold_the_canary() -> None:
    """Shipped DICOM files hold none of ours, and a mutation may hit it."""
    every = [sample for some in corpus().values() for sample in some]
    assert len(every) >= 1000
    planted = [sample for sample in every if holds_canary(sample.data)]
    assert len(planted) >= 1000


@pytest.mark.parametrize("kind", KINDS)
def test_not_one_byte_beyond_the_picture_comes_out(
    tmp_path: Path, kind: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus()  # Pillow logs what it writes for us while the files are made
    caplog.clear()
    caplog.set_level(logging.DEBUG)
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    outputs = 0
    for sample, examination in examined(tmp_path, corpus()[kind]):
        assert not holds_canary(repr(examination).encode()), sample.name
        if examination.output is None:
            assert examination.findings, sample.name
            continue
        outputs += 1
        rebuilt = examination.output
        assert check_bare(rebuilt.data, rebuilt.mime) == rebuilt.size, sample.name
        assert not holds_canary(rebuilt.data), sample.name
        with Image.open(BytesIO(rebuilt.data)) as again:
            assert examination.picture is not None
            assert again.convert("RGB").tobytes() == examination.picture.tobytes(), sample.name
            assert not set(again.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}, sample.name
    assert outputs >= LEAST[kind]
    assert CANARY not in caplog.text
    assert not list(temporary.iterdir())


@pytest.mark.long
def test_exiftool_finds_nothing_either(tmp_path: Path) -> None:
    """The second opinion; it reads a whole folder in one go."""
    program = shutil.which("exiftool") or missing_program("exiftool")
    folder = tmp_path / "out"
    every = 1 if os.environ.get("QUIZBOT_TEST_FULL") == "1" else 6
    some = [sample for kind in KINDS for sample in corpus()[kind][::every]]
    written = [
        put_output(folder, examination.output)
        for _, examination in examined(tmp_path, some)
        if examination.output is not None
    ]
    assert len(written) >= 800 // every
    done = subprocess.run([program, "-j", "-a", "-u", "-U", str(folder)], capture_output=True, check=False)  # noqa: S603  # our own files
    found = json.loads(done.stdout)
    assert len(found) == len(written)
    for tags in found:
        assert not set(tags) - HARMLESS, tags
    assert CANARY not in done.stdout.decode()


def test_exiftool_would_find_it(tmp_path: Path) -> None:
    """Else the last test would show nothing."""
    program = shutil.which("exiftool") or missing_program("exiftool")
    path = put(tmp_path, next(sample for sample in corpus()["jpeg"] if sample.name.endswith("all")))
    done = subprocess.run([program, "-j", "-a", "-u", str(path)], capture_output=True, check=True)  # noqa: S603  # see above
    (tags,) = json.loads(done.stdout)
    assert set(tags) - HARMLESS
    assert CANARY in done.stdout.decode()

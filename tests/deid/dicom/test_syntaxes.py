"""Sixteen transfer syntaxes decode; what does not is refused with its reason."""

import tempfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pydicom import dcmread, uid

from quizbot.deid import dicom
from quizbot.deid.child.wire import Request
from tests.deid.dicom.conftest import Decoder
from tests.deid.dicom.files import (
    HTJ2K_LOSSLESS,
    HTJ2K_LOSSY,
    encapsulated,
    grey,
    ramp,
    shipped,
    shipped_file,
    written,
)

WINDOW = {"WindowCenter": 128, "WindowWidth": 256}
NATIVE = (uid.ImplicitVRLittleEndian, uid.ExplicitVRLittleEndian, uid.DeflatedExplicitVRLittleEndian)
BY_GDCM = {
    uid.JPEGBaseline8Bit: "JPEGBaselineProcess1",
    uid.JPEGExtended12Bit: "JPEGExtendedProcess2_4",
    uid.JPEGLossless: "JPEGLosslessProcess14",
    uid.JPEGLosslessSV1: "JPEGLosslessProcess14_1",
    uid.JPEGLSLossless: "JPEGLSLossless",
    uid.JPEGLSNearLossless: "JPEGLSNearLossless",
    uid.JPEG2000Lossless: "JPEG2000Lossless",
    uid.JPEG2000: "JPEG2000",
    uid.RLELossless: "RLELossless",
}
HTJ2K = {
    uid.HTJ2KLossless: HTJ2K_LOSSLESS,
    uid.HTJ2KLosslessRPCL: HTJ2K_LOSSLESS,
    uid.HTJ2K: HTJ2K_LOSSY,
}


def dataset() -> object:
    return grey(ramp(), **WINDOW)


def by_gdcm(name: str) -> bytes:
    import gdcm  # noqa: PLC0415  # of the extra

    with tempfile.TemporaryDirectory() as folder:
        plain, changed = Path(folder, "plain.dcm"), Path(folder, "changed.dcm")
        plain.write_bytes(written(dataset()))
        reader, change, writer = gdcm.ImageReader(), gdcm.ImageChangeTransferSyntax(), gdcm.ImageWriter()
        reader.SetFileName(str(plain))
        assert reader.Read()
        change.SetTransferSyntax(gdcm.TransferSyntax(getattr(gdcm.TransferSyntax, name)))
        change.SetInput(reader.GetImage())
        assert change.Change()
        writer.SetFileName(str(changed))
        writer.SetFile(reader.GetFile())
        writer.SetImage(change.GetOutput())
        assert writer.Write()
        return changed.read_bytes()


def example(syntax: str) -> bytes:
    if syntax in NATIVE:
        return written(dataset(), syntax)
    if syntax == uid.ExplicitVRBigEndian:
        return written(dataset(), syntax)
    if syntax in HTJ2K:
        return written(encapsulated(dataset(), HTJ2K[syntax]), syntax)
    if syntax == uid.JPEGExtended12Bit:
        file = BytesIO()
        Image.fromarray(ramp()).save(file, "JPEG", quality=95)
        return written(encapsulated(dataset(), file.getvalue()), syntax)
    return by_gdcm(BY_GDCM[syntax])


@pytest.mark.parametrize("syntax", [*NATIVE, uid.ExplicitVRBigEndian, *BY_GDCM, *HTJ2K], ids=lambda one: one.keyword)
def test_sixteen_transfer_syntaxes_decode(shown: Decoder, syntax: uid.UID) -> None:
    data = example(syntax)
    assert dcmread(BytesIO(data)).file_meta.TransferSyntaxUID == syntax
    reds = np.array(shown.reds(data)).reshape(32, 48)
    lossy = syntax in (uid.JPEGBaseline8Bit, uid.JPEGExtended12Bit, uid.JPEG2000, uid.JPEGLSNearLossless, uid.HTJ2K)
    error = np.abs(reds - ramp().astype(int))
    assert error.mean() <= (6 if lossy else 0.5)
    assert lossy or error.max() <= 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (written(encapsulated(grey(ramp()), b"none"), uid.MPEG2MPML), "is a video"),
        (written(encapsulated(grey(ramp()), b"none"), uid.HEVCMP51), "is a video"),
        (
            written(encapsulated(grey(ramp()), b"none"), uid.UID("1.2.840.10008.1.2.4.94")),
            "cannot be decoded here",
        ),  # JPIP: pixels elsewhere
        (
            written(encapsulated(grey(ramp()), b"none"), uid.SMPTEST211020UncompressedProgressiveActiveVideo),
            "cannot be decoded here",
        ),
        (shipped_file("JPGExtended.dcm"), "no decoder here can read"),
        (shipped_file("waveform_ecg.dcm"), "holds curves and no picture"),
        (shipped_file("test-SR.dcm"), "holds no picture"),
        (shipped_file("MR_truncated.dcm"), "damaged"),
        (shipped_file("badVR.dcm"), "damaged"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_the_rest_is_refused_with_its_reason(shown: Decoder, data: bytes, reason: str) -> None:
    said = shown.refusal(data)
    assert reason in said
    assert ";" in said


def test_the_jail_changes_nothing(shown: Decoder) -> None:
    """Every file that pydicom ships gives in the closed-in child what it gives outside: nothing is loaded too late."""
    files = shipped()
    assert len(files) >= 150
    decoded = 0
    for name, path in files.items():
        data = path.read_bytes()
        free = dicom.answer(Request("DICOM", data, frame=1))
        if "refused" in free.facts:
            assert free.facts["refused"][0] in shown.refusal(data, frame=1), name
            continue
        closed_in = shown(data, frame=1)
        decoded += 1
        assert closed_in.image.tobytes() == free.pixels, name
        assert closed_in.words == free.facts["words"], name
    assert decoded >= 80

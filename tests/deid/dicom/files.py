"""DICOM files that the tests make, and those that pydicom ships (none is downloaded)."""

import base64
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
import pydicom
from pydicom import Dataset, FileMetaDataset, dcmwrite
from pydicom.encaps import encapsulate
from pydicom.uid import UID, ExplicitVRLittleEndian, SecondaryCaptureImageStorage

_META = {
    "MediaStorageSOPClassUID": SecondaryCaptureImageStorage,
    "MediaStorageSOPInstanceUID": UID("1.2.276.0.99999.1"),
}

# 32 rows of 48: value = (5 row + 2 column) mod 256, written by OpenJPH 0.26; lossless, then with loss.
HTJ2K_LOSSLESS = base64.b64decode(
    "/0//UQApQAAAAAAwAAAAIAAAAAAAAAAAAAAAMAAAACAAAAAAAAAAAAABBwEB/1AACAACAAAAAv9SAAwAAgABAAUEBEAB/1wAEyBIUFBQUFBQUFBQUFBQ"
    "SEhI/2QAFwABT3BlbkpQSCBWZXIgMC4yNi4zLv+QAAoAAAAAAKMAAf+TwCalzQEBdADAEcATABdzALa2AEI0AMATQBUAoviAC3QAWk37AOR3VQDAE8AV"
    "gAAA2KfCdQAsY4yx4AD2AAHsuADAFXAFpAAAAPPwp6enQngAlIiIiIiI/v8cnv3ye/fJ7LsAwCugFvgAAP1/lPT09PT09PJ8AAgAAAAAAAAAAP7/e+AS"
    "e/ZJ79knv2Se/ZJ79knstQH/2Q=="
)
HTJ2K_LOSSY = base64.b64decode(
    "/0//UQApQAAAAAAwAAAAIAAAAAAAAAAAAAAAMAAAACAAAAAAAAAAAAABBwEB/1AACAACAAAAIP9SAAwAAgABAAUEBEAA/1wAIyJhqWGLYYthblmZWZlZ"
    "hlHLUctR2kpCSkJKlkIgQiBB2P9kABcAAU9wZW5KUEggVmVyIDAuMjYuMy7/kAAKAAAAAAChAAH/k8AE4N9O+AKBdADABLABOPcAB3QAoIP+AII0AMAK"
    "mAFW5D8I/gBk+bUAB/8B/0EAAAN+tgDAFXAFqMyYMWP2BJdxWRYAVjXpiZ500pNO+kApgABTdtVqOgDAKiAW2ADz9PT08ncAABAODsNhOAyH4TD8fsEl"
    "OmSU6ZJTdMYxjO8AoC0AAAAA/3vjrrrrrrrrrrqdAP/Z"
)


def ramp() -> np.ndarray:
    """What the two HTJ2K streams show."""
    return (np.add.outer(np.arange(32) * 5, np.arange(48) * 2) % 256).astype(np.uint8)


def grey(values: np.ndarray, **more: object) -> Dataset:
    """A grey picture of unsigned or signed values; ``more`` sets or replaces attributes."""
    dataset = Dataset()
    dataset.SOPClassUID, dataset.SOPInstanceUID = SecondaryCaptureImageStorage, UID("1.2.276.0.99999.1")
    dataset.Rows, dataset.Columns = values.shape[-2:]
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
    dataset.BitsAllocated = dataset.BitsStored = values.dtype.itemsize * 8
    dataset.HighBit = dataset.BitsStored - 1
    dataset.PixelRepresentation = int(values.dtype.kind == "i")
    if values.ndim == 3:
        dataset.NumberOfFrames = len(values)
    for keyword, value in more.items():
        setattr(dataset, keyword, value)
    dataset.PixelData = values.tobytes()
    return dataset


def colour(values: np.ndarray, **more: object) -> Dataset:
    """A picture of rows x columns x 3 values."""
    dataset = grey(values[..., 0])
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation, dataset.PlanarConfiguration = 3, "RGB", 0
    for keyword, value in more.items():
        setattr(dataset, keyword, value)
    dataset.PixelData = values.tobytes()
    return dataset


def encapsulated(dataset: Dataset, stream: bytes) -> Dataset:
    """The same with its pixels in a compressed stream."""
    dataset.PixelData = encapsulate([stream])
    dataset["PixelData"].is_undefined_length = True
    return dataset


def written(dataset: Dataset, syntax: UID = ExplicitVRLittleEndian) -> bytes:
    """As a file's bytes."""
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = syntax
    for keyword, value in _META.items():
        setattr(dataset.file_meta, keyword, value)
    file = BytesIO()
    dcmwrite(file, dataset, enforce_file_format=True)
    return file.getvalue()


@cache
def shipped() -> dict[str, Path]:
    """The files that come with pydicom and begin as a DICOM file does, by their path below its data folder."""
    folder = Path(pydicom.__file__).parent / "data"
    files = {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: path for name, path in files.items() if path.read_bytes()[128:132] == b"DICM"}


def shipped_file(name: str) -> bytes:
    """One of them, by its file name."""
    return next(path for path in shipped().values() if path.name == name).read_bytes()

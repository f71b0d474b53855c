"""Everything that decoding loads when it is first used, loaded beforehand: the child has no files to load it from."""

import codecs
import contextlib
import importlib
import warnings
from collections.abc import Callable, Iterator
from io import BytesIO

import numpy as np
from PIL import Image
from pydicom import Dataset, FileMetaDataset, charset, config, dcmwrite
from pydicom.encaps import encapsulate
from pydicom.uid import (
    UID,
    ExplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    RLELossless,
    SecondaryCaptureImageStorage,
)

from quizbot.deid.child.wire import Answer, Request

_CODECS = ("gdcm", "openjpeg", "rle", "pylibjpeg")
_SIDE = 64  # pixels; the JPEG 2000 encoder takes no less


def run(answer: Callable[[Request], Answer]) -> None:
    """Load the codecs and character sets, and decode a file in each encoding that can be written here.

    Raises:
        ImportError: a codec is not installed.
    """
    config.settings.reading_validation_mode = config.IGNORE
    for codec in _CODECS:
        importlib.import_module(codec)
    for encoding in charset.python_encoding.values():
        with contextlib.suppress(LookupError):
            codecs.lookup(encoding)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for file in _files():
            answer(Request("DICOM", file))


def _files() -> Iterator[bytes]:
    for syntax in (ExplicitVRLittleEndian, RLELossless, JPEG2000Lossless):
        dataset = _windowed()
        if syntax.is_compressed:
            dataset.compress(syntax)
        yield _written(dataset, syntax)
    for dataset in (_grey(), _tabled(), _palette()):
        yield _written(dataset, ExplicitVRLittleEndian)
    yield _written(_photo(), JPEGBaseline8Bit)


def _grey() -> Dataset:
    dataset = _dataset(1, "MONOCHROME1", 16)
    dataset.PatientName = "A^B"
    dataset.PixelPaddingValue = 0
    dataset.PixelData = np.arange(_SIDE * _SIDE, dtype=np.uint16).tobytes()
    dataset.file_meta = _meta(ExplicitVRLittleEndian)
    return dataset


def _windowed() -> Dataset:
    dataset = _grey()
    dataset.WindowCenter, dataset.WindowWidth = 100, 200
    dataset.RescaleSlope, dataset.RescaleIntercept = 1, 0
    dataset.PixelSpacing = [1, 2]
    return dataset


def _tabled() -> Dataset:
    dataset, table = _grey(), Dataset()
    table.LUTDescriptor, table.LUTData = [256, 0, 16], list(range(256))
    table["LUTDescriptor"].VR = table["LUTData"].VR = "US"
    dataset.ModalityLUTSequence = dataset.VOILUTSequence = [table]
    return dataset


def _palette() -> Dataset:
    dataset = _dataset(1, "PALETTE COLOR", 8)
    dataset.PixelData = bytes(_SIDE * _SIDE)
    for colour in ("Red", "Green", "Blue"):
        setattr(dataset, f"{colour}PaletteColorLookupTableDescriptor", [256, 0, 16])
        dataset[f"{colour}PaletteColorLookupTableDescriptor"].VR = "US"
        setattr(dataset, f"{colour}PaletteColorLookupTableData", bytes(512))
    return dataset


def _photo() -> Dataset:
    file = BytesIO()
    Image.new("RGB", (_SIDE, _SIDE), "red").save(file, "JPEG")
    dataset = _dataset(3, "YBR_FULL_422", 8)
    dataset.PlanarConfiguration = 0
    dataset.PixelData = encapsulate([file.getvalue()])
    dataset["PixelData"].is_undefined_length = True
    return dataset


def _dataset(samples: int, colours: str, bits: int) -> Dataset:
    dataset = Dataset()
    dataset.SOPClassUID, dataset.SOPInstanceUID = SecondaryCaptureImageStorage, UID("1.2.3")
    dataset.Rows = dataset.Columns = _SIDE
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = samples, colours
    dataset.BitsAllocated = dataset.BitsStored = bits
    dataset.HighBit, dataset.PixelRepresentation = bits - 1, 0
    return dataset


def _meta(syntax: UID) -> FileMetaDataset:
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = syntax
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = SecondaryCaptureImageStorage, UID("1.2.3")
    return meta


def _written(dataset: Dataset, syntax: UID) -> bytes:
    file = BytesIO()
    dataset.file_meta = _meta(syntax)
    dcmwrite(file, dataset, enforce_file_format=True)
    return file.getvalue()

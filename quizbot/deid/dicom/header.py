"""What the file holds, before a pixel of it is decoded."""

from typing import BinaryIO

from pydicom import Dataset, FileDataset, dcmread
from pydicom.pixels.decoders.base import get_decoder
from pydicom.uid import UID

from quizbot.deid.facts import Refused
from quizbot.deid.limits import fits, too_large

_PNG = "export the picture as PNG from your viewer"
_VIDEOS = ("1.2.840.10008.1.2.4.10",)  # the MPEG and HEVC transfer syntaxes all begin so
_COLOURS = {
    1: frozenset({"MONOCHROME1", "MONOCHROME2", "PALETTE COLOR"}),
    3: frozenset({"RGB", "YBR_FULL", "YBR_FULL_422", "YBR_ICT", "YBR_RCT"}),
}


def read(file: BinaryIO) -> FileDataset:
    """Read a file as what it says it is; never forced.

    Raises:
        Refused: it holds no single picture that can be decoded.
    """
    dataset = dcmread(file, force=False)
    _check_contents(dataset)
    _check_syntax(dataset.file_meta.get("TransferSyntaxUID"))
    _check_shape(dataset)
    return dataset


def frames(dataset: Dataset) -> int:
    """How many frames it says it holds."""
    return max(1, int(dataset.get("NumberOfFrames") or 1))


def frame(dataset: Dataset, wanted: int | None) -> int:
    """The frame to show, counted from 0.

    Args:
        dataset: the file.
        wanted: what the educator chose, counted from 1 as DICOM does.

    Raises:
        Refused: there are several and none was chosen, or the one chosen is not there.
    """
    count = frames(dataset)
    if wanted is None and count > 1:
        raise Refused("", f"holds {count} frames", f"choose one: --frame 1 to --frame {count}")
    if wanted is not None and not 1 <= wanted <= count:
        raise Refused("", f"has no frame {wanted}", f"choose one: --frame 1 to --frame {count}")
    return (wanted or 1) - 1


def _check_contents(dataset: Dataset) -> None:
    if "PixelData" in dataset:
        return
    if "WaveformSequence" in dataset:
        raise Refused("", "holds curves and no picture", "print them to a picture without names, and use that")
    if "EncapsulatedDocument" in dataset:
        raise Refused("", "holds a document and no picture", _PNG)
    if "FloatPixelData" in dataset or "DoubleFloatPixelData" in dataset:
        raise Refused("", "holds floating-point pixels, which have no plain reading", _PNG)
    raise Refused("", "holds no picture", "choose the file that does")


def _check_syntax(syntax: UID | None) -> None:
    if not syntax:
        raise Refused("", "does not say how its pixels are encoded", _PNG)
    if syntax.startswith(_VIDEOS):
        raise Refused("", "is a video, and this version posts pictures only", "use a still picture of it")
    try:
        decoder = get_decoder(syntax)
    except NotImplementedError as error:
        raise Refused("", "has pixels in an encoding that cannot be decoded here", _PNG) from error
    if not decoder.is_available:
        raise Refused("", f"has pixels in an encoding that needs another library ({syntax.name})", _PNG)


def _check_shape(dataset: Dataset) -> None:
    if not fits(int(dataset.Columns), int(dataset.Rows)):
        raise Refused("", *too_large())
    samples = int(dataset.SamplesPerPixel)
    if dataset.PhotometricInterpretation not in _COLOURS.get(samples, ()):
        raise Refused("", "has colours of an unusual kind", _PNG)
    if not 1 <= int(dataset.BitsStored) <= int(dataset.BitsAllocated) <= 32:  # noqa: PLR2004  # bits a sample
        raise Refused("", "has an unusual number of bits a pixel", _PNG)

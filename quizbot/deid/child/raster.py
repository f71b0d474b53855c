"""From the bytes of a PNG, JPEG, WebP or TIFF to bare, upright sRGB pixels.

Pillow reads the bytes of strangers here. Nothing is decoded before the header's size was found to be within limits.
"""

import struct
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from quizbot.deid.child.colour import srgb
from quizbot.deid.child.wire import Answer, Request
from quizbot.deid.child.work import Decoded, answered
from quizbot.deid.facts import Refused
from quizbot.deid.limits import MAX_FRAMES, fits, too_large
from quizbot.deid.proof import NotBareError, check_bare, png_chunks

_MODES = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr", "I", "I;16", "I;16B", "I;16L"})
_FORMATS = {
    "PNG": ("PNG",),
    "JPEG": ("JPEG", "MPO"),  # a phone's JPEG may hold two pictures
    "WEBP": ("WEBP",),
    "TIFF": ("TIFF",),
}
# Ways to change a byte whose last bits may be padding; the first nearly always shows.
_CHANGES = (0xFF, 0x80, 0xC0, 0xE0, 0xF0, 0x40, 0x20, 0x10)


def prepare() -> None:
    """Decode one of each, so that all of Pillow that is loaded when it is needed is loaded."""
    exif = Image.Exif()
    exif[0x0112] = 6
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = Image.new("RGB", (8, 8))
    for kind in ("PNG", "JPEG", "WEBP", "TIFF", "MPO"):
        file = BytesIO()
        options = {"save_all": True, "append_images": [picture]} if kind == "MPO" else {"exif": exif}
        picture.save(file, kind, icc_profile=profile, **options)
        answer(Request("JPEG" if kind == "MPO" else kind, file.getvalue()))


def answer(request: Request) -> Answer:
    """Decode a file's first picture; what cannot be decoded is refused."""
    return answered(decode, request)


def decode(request: Request) -> Decoded:
    """Decode a file's first picture.

    Raises:
        Refused: it is too large, incomplete, or of a kind that has no plain reading.
        Exception: whatever else, if it is damaged.
    """
    if request.format == "WEBP":
        # Pillow's WebP reader makes room for the whole canvas while it opens the file.
        _check_size(*webp_size(request.data))
    try:
        image = Image.open(BytesIO(request.data), formats=_FORMATS[request.format])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("", *too_large()) from error
    _check_size(*image.size)
    if image.mode not in _MODES:
        raise Refused("", f"has pixels of an unusual kind ({image.mode})", "export it as 8-bit RGB")
    _check_complete(request)
    frames = _frames(image)
    image.load()
    return _upright(image, frames, whole=request.format == "JPEG" and _is_whole(request.data, image))


def _is_whole(data: bytes, image: Image.Image) -> bool:
    """Whether the last byte of a bare JPEG's scan is one of the picture.

    What stands after the last block, before the end marker, no parser of segments sees, and no decoder minds. If the
    picture stays the same whatever that byte is, then it, at least, was not of the picture.
    """
    try:
        check_bare(data, "image/jpeg")
    except NotBareError:
        return False
    before = data[:-4] if data.endswith(b"\xff\x00\xff\xd9") else data[:-3]
    last = data[len(before)]
    return any(_differs(before + _stuffed(last ^ change) + data[-2:], image) for change in _CHANGES)


def _stuffed(byte: int) -> bytes:
    return b"\xff\x00" if byte == 0xFF else bytes([byte])  # noqa: PLR2004  # what would be read as a marker


def _differs(data: bytes, image: Image.Image) -> bool:
    try:
        with Image.open(BytesIO(data), formats=_FORMATS["JPEG"]) as other:
            return other.tobytes() != image.tobytes()
    except OSError:
        return True


def _upright(image: Image.Image, frames: int, *, whole: bool) -> Decoded:
    profile = image.info.get("icc_profile")
    turned = ImageOps.exif_transpose(image)
    colours, notes = srgb(turned, profile)
    several = (f"the first of {frames} pictures in the file is used",) if frames > 1 else ()
    return Decoded(colours, frames, several + notes, whole=whole)


def _check_size(width: int, height: int) -> None:
    if not fits(width, height):
        raise Refused("", *too_large())


def webp_size(data: bytes) -> tuple[int, int]:
    """Canvas size in pixels from a WebP header (RFC 9649, sections 2.5 to 2.7)."""
    chunk = data[12:16]
    if chunk == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if chunk == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack_from("<HH", data, 26)
    return width & 0x3FFF, height & 0x3FFF


def _check_complete(request: Request) -> None:
    """Pillow forgives a PNG or a JPEG without its end; this does not."""
    if request.format == "PNG":
        complete = any(name == b"IEND" for name, _ in png_chunks(request.data))
    elif request.format == "JPEG":
        complete = b"\xff\xd9" in request.data[request.data.rfind(b"\xff\xda") :]
    else:
        complete = True
    if not complete:
        raise Refused("", "is cut off", "export it again")


def _frames(image: Image.Image) -> int:
    """How many pictures there are. A TIFF has to be walked through for it, so not without end."""
    if image.format != "TIFF":
        return int(getattr(image, "n_frames", 1))
    for frame in range(1, MAX_FRAMES + 1):
        try:
            image.seek(frame)
        except EOFError:
            image.seek(0)
            return frame
    raise Refused("", f"holds more than {MAX_FRAMES} pictures", "export the first one alone")

"""Over a thousand files, each with a canary wherever its kind has room for one: what the metadata tests are fed.

Put together from what pydicom and Pillow bring and from mutations of their own; nothing is downloaded.
"""

import itertools
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageCms, TiffImagePlugin
from PIL.PngImagePlugin import PngInfo

from tests.deid.dicom.files import colour, grey, shipped, written
from tests.deid.pictures import encoded, gradient

CANARY = "CANARY4711"
_BYTES = CANARY.encode()
_LONG = (_BYTES + b" ") * 40
_XMP = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + _LONG + b"</x:xmpmeta>"
_IPTC = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0" + struct.pack(">H", 20) + b"\x1c\x02\x19\0\x0a" + _BYTES + b"\0" * 5


@dataclass(frozen=True)
class Sample:
    """A file: what it is, its suffix, its bytes."""

    name: str
    suffix: str
    data: bytes


def samples() -> Iterator[Sample]:
    """All of them, always the same."""
    yield from _pngs()
    yield from _jpegs()
    yield from _webps()
    yield from _tiffs()
    yield from _dicoms()
    yield from _malformed()


# --- what may be attached


def exif() -> Image.Exif:
    """A camera's EXIF: who, where (GPS), when, with a thumbnail."""
    tags = Image.Exif()
    tags[0x010E] = tags[0x010F] = tags[0x013B] = tags[0x8298] = tags[0x9C9C - 1] = CANARY
    tags[0x0112] = 6
    tags.get_ifd(0x8769)[0x9003] = tags.get_ifd(0x8769)[0x9286] = CANARY
    gps = tags.get_ifd(0x8825)
    gps[1], gps[2], gps[29], gps[0x1B] = "N", (51.0, 30.0, 0.0), CANARY, _BYTES
    return tags


def profile() -> bytes:
    """An sRGB profile whose description and copyright hold the canary."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    at = data.index("sRGB".encode("utf-16-be"))
    text = CANARY.encode("utf-16-be")[: 2 * len("sRGB built-in")]
    data[at : at + len(text)] = text
    return bytes(data) + _BYTES


def chunk(name: bytes, content: bytes) -> bytes:
    """A PNG chunk."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def segment(marker: int, content: bytes) -> bytes:
    """A JPEG segment."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


PICTURES = {
    "rgb": gradient(61, 43),
    "grey": gradient(40, 30).convert("L"),
    "palette": gradient(33, 21).convert("P"),
    "alpha": gradient(25, 35).convert("RGBA"),
    "grey-alpha": gradient(20, 20).convert("LA"),
    "one-bit": gradient(31, 17).convert("1"),
    "deep": Image.frombytes("I;16", (30, 20), np.arange(600, dtype="<u2").tobytes()),
    "cmyk": gradient(24, 18).convert("CMYK"),
    "tiny": gradient(1, 1),
    "wide": gradient(300, 2),
}


def _of(*names: str) -> list[tuple[str, Image.Image]]:
    return [(name, PICTURES[name]) for name in names]


_PNG_CHUNKS = {
    "text": chunk(b"tEXt", b"Author\0" + _BYTES),
    "ztxt": chunk(b"zTXt", b"Comment\0\0" + zlib.compress(_LONG)),
    "itxt": chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + _XMP),
    "time": chunk(b"tIME", struct.pack(">HBBBBB", 2026, 1, 2, 3, 4, 5)) + chunk(b"tEXt", b"T\0" + _BYTES),
    "private": chunk(b"prVt", _LONG),
    "private-safe": chunk(b"prVT", _BYTES),
    "exif": chunk(b"eXIf", b"MM\0*\0\0\0\x08\0\0\0\0" + _BYTES),
    "splt": chunk(b"sPLT", _BYTES + b"\0\x08" + b"\0" * 6),
    "phys": chunk(b"pHYs", struct.pack(">IIB", 1, 1, 1)) + chunk(b"tEXt", b"P\0" + _BYTES),
    "two": chunk(b"tEXt", b"A\0" + _BYTES) + chunk(b"prVt", _BYTES),
}


def _pngs() -> Iterator[Sample]:
    for (name, image), (what, extra) in itertools.product(
        _of("rgb", "grey", "palette", "alpha", "grey-alpha", "one-bit", "deep", "tiny", "wide"), _PNG_CHUNKS.items()
    ):
        plain = encoded(image, "PNG")
        yield Sample(f"png {name} {what} before", ".png", plain[:33] + extra + plain[33:])
        yield Sample(f"png {name} {what} after", ".png", plain[:-12] + extra + plain[-12:])
        yield Sample(f"png {name} {what} end", ".png", plain + extra)
    for name, image in _of("rgb", "grey", "alpha", "palette"):
        notes = PngInfo()
        notes.add_text("Comment", CANARY, zip=True)
        notes.add_itxt("Title", CANARY, "en", CANARY)
        yield Sample(f"png {name} all", ".png", encoded(image, "PNG", pnginfo=notes, exif=exif(), dpi=(72, 72)))
        frames = [image.copy() for _ in range(3)]
        options = {"save_all": True, "append_images": frames, "pnginfo": notes, "default_image": True}
        yield Sample(f"apng {name}", ".png", encoded(image, "PNG", **options))
        yield Sample(f"png {name} profile", ".png", encoded(image.convert("RGB"), "PNG", icc_profile=profile()))


_SEGMENTS = {
    "comment": segment(0xFE, _LONG),
    "xmp": segment(0xE1, _XMP),
    "iptc": segment(0xED, _IPTC),
    "app0": segment(0xE0, b"JFXX\0\x10" + _LONG),
    "unknown": b"".join(segment(0xE0 + n, _BYTES) for n in (3, 4, 5, 7, 8, 9, 10, 11, 12, 15)),
    "flashpix": segment(0xE2, b"FPXR\0" + _LONG),
    "many": segment(0xFE, _BYTES) * 50,
}
_MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0\0\0\x40mdat" + _LONG
_ENDS = {"letter": _BYTES, "zip": b"PK\x03\x04" + _LONG, "jpeg": encoded(gradient(9, 9), "JPEG", comment=CANARY)}


def _jpegs() -> Iterator[Sample]:
    for (name, image), progressive in itertools.product(_of("rgb", "grey", "cmyk", "tiny", "wide"), (False, True)):
        plain = encoded(image, "JPEG", progressive=progressive)
        for what, extra in _SEGMENTS.items():
            yield Sample(f"jpeg {name} {what} first", ".jpg", plain[:2] + extra + plain[2:])
            yield Sample(f"jpeg {name} {what} last", ".jpg", plain[:-2] + extra + plain[-2:])
        for what, end in _ENDS.items():
            yield Sample(f"jpeg {name} end {what}", ".jpg", plain + end)
        yield Sample(f"motion photo {name}", ".jpg", plain[:2] + segment(0xE1, _XMP) + plain[2:] + _MP4)
        everything = {"exif": exif(), "comment": CANARY, "dpi": (72, 72), "progressive": progressive}
        yield Sample(f"jpeg {name} all", ".jpg", encoded(image, "JPEG", **everything))
        if image.mode == "RGB":
            own = encoded(image, "JPEG", quality=92, subsampling=0)  # as the gate writes them
            yield Sample(f"jpeg {name} scan", ".jpg", own[:-2] + _BYTES + own[-2:])
            yield Sample(f"jpeg {name} profile", ".jpg", encoded(image, "JPEG", icc_profile=profile(), **everything))
            yield Sample(f"jpeg {name} thumbnail", ".jpg", plain[:2] + _thumbnail() + plain[2:])
            several = {"save_all": True, "append_images": [image, image], "exif": exif()}
            yield Sample(f"mpo {name}", ".jpg", encoded(image, "MPO", **several))
            yield Sample(f"mpo {name} end", ".jpg", encoded(image, "MPO", **several) + _BYTES)


def _thumbnail() -> bytes:
    """EXIF whose second directory is a thumbnail: the picture as it was before it was cropped."""
    small = encoded(gradient(16, 12), "JPEG", comment=CANARY)
    entries = [(0x0103, 3, 1, 6 << 16), (0x0201, 4, 1, 62), (0x0202, 4, 1, len(small))]
    first = struct.pack(">H", 1) + struct.pack(">HHII", 0x0112, 3, 1, 6 << 16) + struct.pack(">I", 26)
    second = struct.pack(">H", 3) + b"".join(struct.pack(">HHII", *entry) for entry in entries) + b"\0" * 4
    tiff = b"MM\0*" + struct.pack(">I", 8) + first + second
    return segment(0xE1, b"Exif\0\0" + tiff.ljust(62, b"\0") + small)


def _webps() -> Iterator[Sample]:
    for (name, image), lossless in itertools.product(_of("rgb", "alpha", "tiny", "wide"), (False, True)):
        some = {"exif": exif(), "xmp": _XMP, "lossless": lossless}
        yield Sample(f"webp {name}", ".webp", encoded(image, "WEBP", icc_profile=profile(), **some))
        yield Sample(f"webp {name} end", ".webp", encoded(image, "WEBP", **some) + _LONG)
        frames = {"save_all": True, "append_images": [image.copy(), image.copy()]}
        yield Sample(f"webp {name} animated", ".webp", encoded(image, "WEBP", **frames, **some))
        plain = bytearray(encoded(image, "WEBP", **some))
        plain += b"UNKN" + struct.pack("<I", len(_LONG)) + _LONG
        plain[4:8] = struct.pack("<I", len(plain) - 8)
        yield Sample(f"webp {name} unknown chunk", ".webp", bytes(plain))


def _tiffs() -> Iterator[Sample]:
    modes = _of("rgb", "grey", "palette", "alpha", "one-bit", "deep", "cmyk", "tiny")
    for (name, image), how in itertools.product(modes, ("raw", "tiff_lzw", "tiff_deflate", "packbits")):
        tags = TiffImagePlugin.ImageFileDirectory_v2()
        for tag in (269, 270, 271, 272, 285, 305, 306, 315, 316, 33432):
            tags[tag] = CANARY
        tags[700], tags.tagtype[700] = _XMP, 1
        tags[33723], tags.tagtype[33723] = _IPTC, 7
        tags[65000], tags.tagtype[65000] = CANARY, 2
        options = {"tiffinfo": tags, "compression": None if how == "raw" else how}
        plain = encoded(image, "TIFF", **options)
        yield Sample(f"tiff {name} {how}", ".tif", plain)
        yield Sample(f"tiff {name} {how} end", ".tif", plain + _LONG)
        yield Sample(f"tiff {name} {how} pages", ".tiff",
                     encoded(image, "TIFF", save_all=True, append_images=[image, image], **options))  # fmt: skip


def _dicoms() -> Iterator[Sample]:
    for name, path in shipped().items():
        yield Sample(f"dicom {name}", ".dcm", path.read_bytes())
    flat = np.arange(600, dtype=np.uint16).reshape(20, 30)
    bars = np.arange(900, dtype=np.uint32).astype(np.uint8).reshape(10, 30, 3)
    for keyword in ("PatientName", "PatientID", "InstitutionName", "StudyDescription", "ImageComments", "StationName"):
        for dataset in (grey(flat, WindowCenter=300, WindowWidth=600), colour(bars)):
            setattr(dataset, keyword, CANARY)
            dataset.add_new(0x00091001, "UN", _LONG)
            dataset.add_new(0x60000010, "US", 4)
            dataset.add_new(0x60000022, "LO", CANARY)
            dataset.add_new(0x60003000, "OW", _BYTES)
            data = written(dataset)
            yield Sample(f"dicom {keyword}", ".dcm", data)
            yield Sample(f"dicom {keyword} preamble", ".dcm", _LONG[:128] + data[128:])
            yield Sample(f"dicom {keyword} end", ".dcm", data + b"\xfc\xff\xfc\xff\x0a\0\0\0" + _BYTES)


def _malformed() -> Iterator[Sample]:
    """The good ones with bytes changed, pieces taken out or cut off: what is still decoded has to be as bare."""
    dice = np.random.default_rng(4711)
    good = [*_pngs(), *_jpegs(), *_webps(), *_tiffs()]
    for n in range(500):
        one = good[int(dice.integers(len(good)))]
        data = bytearray(one.data)
        for _ in range(int(dice.integers(1, 4))):
            at = int(dice.integers(len(data)))
            if n % 3 == 0:
                data[at] ^= int(dice.integers(1, 256))
            elif n % 3 == 1:
                data[at:at] = _BYTES
            else:
                del data[at : at + int(dice.integers(1, 8))]
        yield Sample(f"malformed {n} {one.name}", one.suffix, bytes(data))


def holds_canary(data: bytes) -> bool:
    """Whether the canary stands in bytes, in any of the encodings in which the samples plant it."""
    return any(_BYTES.decode().encode(how) in data for how in ("ascii", "utf-16-le", "utf-16-be"))

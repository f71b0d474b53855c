"""Decoding: what comes out is what a person would see, upright, in sRGB, on white; what is odd or broken is refused."""

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageStat

from quizbot.deid import Refused, inspect
from quizbot.deid.child import raster
from quizbot.deid.child.wire import Request
from quizbot.deid.gate import open_picture
from tests.deid.pictures import encoded, gradient

SUFFIX = {"PNG": ".png", "JPEG": ".jpg", "WEBP": ".webp", "TIFF": ".tif"}


def put(folder: Path, data: bytes, suffix: str = ".png") -> Path:
    path = folder / f"picture{suffix}"
    path.write_bytes(data)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        inspect(path)
    return str(caught.value)


def refused_here(kind: str, data: bytes) -> str:
    """What the decoder says in this process: for what a test can only change in its own."""
    what, todo = raster.answer(Request(kind, data)).facts["refused"]
    return f"{what}; {todo}"


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_of(width: int, height: int, body: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("kind", "options"), [("PNG", {}), ("TIFF", {}), ("WEBP", {"lossless": True})])
def test_a_lossless_file_gives_exactly_its_pixels(tmp_path: Path, kind: str, options: dict[str, object]) -> None:
    path = put(tmp_path, encoded(gradient(), kind, **options), SUFFIX[kind])
    picture = open_picture(path)
    assert (picture.mode, picture.size) == ("RGB", (60, 40))
    assert picture.tobytes() == gradient().tobytes()
    assert not picture.info


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_every_exif_orientation_comes_out_upright(tmp_path: Path, kind: str, orientation: int) -> None:
    """A camera stores the picture turned and says how; undoing that gives the scene back."""
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # orientation to Pillow's transposition that makes it
    scene = Image.new("RGB", (60, 40), "blue")
    scene.paste("red", (0, 0, 20, 10))
    stored = scene.transpose(Image.Transpose(undo[orientation])) if orientation > 1 else scene
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = put(tmp_path, encoded(stored, kind, exif=exif), SUFFIX[kind])
    assert inspect(path).width == 60
    red = open_picture(path).crop((0, 0, 18, 8))
    assert ImageStat.Stat(red).mean[0] > 240


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "PA", "L+tRNS", "RGB+tRNS"])
def test_transparency_becomes_white(tmp_path: Path, mode: str) -> None:
    """What hides under full transparency does not come out; it may be what somebody meant to erase."""
    if mode.endswith("+tRNS"):
        plain = Image.new(mode[:-5], (4, 4))
        data = encoded(plain, "PNG", transparency=0 if mode[0] == "L" else (0, 0, 0))
    else:
        data = encoded(Image.new("RGBA", (4, 4), (10, 20, 30, 0)).convert(mode), *_container(mode))
    path = put(tmp_path, data, SUFFIX[_container(mode)[0]])
    assert open_picture(path).getcolors() == [(16, (255, 255, 255))]


def _container(mode: str) -> tuple[str]:
    return ("TIFF",) if mode == "PA" else ("PNG",)


def test_half_transparent_pixels_are_mixed_with_white(tmp_path: Path) -> None:
    path = put(tmp_path, encoded(Image.new("RGBA", (2, 2), (0, 0, 0, 128)), "PNG"))
    ((_, colour),) = open_picture(path).getcolors() or []
    assert colour == (127, 127, 127)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_16_bit_grey_is_spread_over_the_visible_range(tmp_path: Path, kind: str) -> None:
    """12-bit values in 16 bits, as scanners give them, would be almost black."""
    deep = Image.frombytes("I;16", (4096, 1), struct.pack("<4096H", *range(4096)))
    picture = open_picture(put(tmp_path, encoded(deep, kind), SUFFIX[kind]))
    reds = picture.getchannel("R").tobytes()
    assert (reds[0], reds[-1]) == (0, 255)
    assert list(reds) == sorted(reds)
    assert len(set(reds)) == 256


def test_an_even_16_bit_picture_does_not_divide_by_zero(tmp_path: Path) -> None:
    open_picture(put(tmp_path, encoded(Image.new("I;16", (4, 4), 900), "PNG")))


def test_cmyk_and_one_bit_pictures_are_read(tmp_path: Path) -> None:
    cyan = Image.new("CMYK", (8, 8), (255, 0, 0, 0))
    assert open_picture(put(tmp_path, encoded(cyan, "TIFF"), ".tif")).getpixel((0, 0)) == (0, 255, 255)
    assert open_picture(put(tmp_path, encoded(Image.new("1", (8, 8), 1), "PNG"))).getpixel((0, 0)) == (255, 255, 255)


def test_a_colour_profile_is_applied_and_dropped(tmp_path: Path) -> None:
    """The same numbers mean other colours in another colour space; Lab's own profile maps them visibly."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    plain = gradient()
    kept = open_picture(put(tmp_path, encoded(plain, "PNG", icc_profile=srgb)))
    assert max(_difference(plain, kept).tobytes()) <= 1
    assert "colour profile" in refusal(put(tmp_path, encoded(plain, "PNG", icc_profile=profile)))


def _difference(one: Image.Image, other: Image.Image) -> Image.Image:
    from PIL import ImageChops  # noqa: PLC0415  # only here

    return ImageChops.difference(one, other)


def test_a_profile_with_swapped_primaries_changes_the_colours(tmp_path: Path) -> None:
    """Red and blue primaries exchanged in the profile: what the file calls red is to be seen as blue."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack_from(">I", profile, 128)[0]
    names = {bytes(profile[132 + 12 * i : 136 + 12 * i]): 132 + 12 * i for i in range(count)}
    red, blue = names[b"rXYZ"], names[b"bXYZ"]
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    path = put(tmp_path, encoded(Image.new("RGB", (4, 4), (255, 0, 0)), "PNG", icc_profile=bytes(profile)))
    assert open_picture(path).getpixel((1, 1)) == pytest.approx((0, 0, 255), abs=3)


def test_a_broken_profile_is_refused_not_ignored(tmp_path: Path) -> None:
    assert "colour profile" in refusal(put(tmp_path, encoded(gradient(), "PNG", icc_profile=b"nonsense")))


def test_a_grey_profile_fits_grey_pictures_with_transparency(tmp_path: Path) -> None:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[16:20] = b"GRAY"
    path = put(tmp_path, encoded(Image.new("LA", (4, 4), (90, 255)), "PNG", icc_profile=bytes(profile)))
    assert "colour profile" in refusal(path)  # the patched profile has no grey curve: refused, and not by a crash


def test_floating_point_pixels_are_refused(tmp_path: Path) -> None:
    assert "unusual kind" in refusal(put(tmp_path, encoded(Image.new("F", (4, 4)), "TIFF"), ".tif"))


@pytest.mark.parametrize(("kind", "suffix"), [("TIFF", ".tif"), ("PNG", ".png"), ("WEBP", ".webp"), ("MPO", ".jpg")])
def test_only_the_first_of_several_pictures_is_used(tmp_path: Path, kind: str, suffix: str) -> None:
    first, second = Image.new("RGB", (20, 10), "white"), Image.new("RGB", (20, 10), "black")
    path = put(tmp_path, encoded(first, kind, save_all=True, append_images=[second]), suffix)
    assert inspect(path).frames == 2
    assert open_picture(path).getpixel((3, 3)) == (255, 255, 255)


def test_a_tiff_of_very_many_pages_is_not_walked_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "MAX_FRAMES", 3)
    pages = [Image.new("L", (2, 2))] * 4
    assert "more than 3 pictures" in refused_here("TIFF", encoded(pages[0], "TIFF", save_all=True, append_images=pages))


def test_30000_pixels_on_a_side_are_refused_from_the_header_alone(tmp_path: Path) -> None:
    """The body is nonsense: had anything been decoded, the complaint would be another."""
    for size in ((30_000, 30_000), (30_000, 1), (1, 30_000), (7_000, 7_000), (2**31 - 1, 2**31 - 1)):
        assert "scale it down" in refusal(put(tmp_path, png_of(*size, b"nonsense")))


def test_a_webp_that_claims_a_huge_canvas_is_refused_before_room_is_made_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Pillow makes room for the canvas while it opens a WebP; it must not come to that."""
    canvas = (16_383 - 1).to_bytes(3, "little") * 2
    body = b"VP8X" + struct.pack("<I", 10) + b"\x10\x00\x00\x00" + canvas
    monkeypatch.setattr(Image, "open", lambda *_, **__: pytest.fail("it was opened"))
    assert "scale it down" in refused_here("WEBP", b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body)


@pytest.mark.parametrize("options", [{"lossless": True}, {}, {"exif": b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"}])
def test_the_webp_size_read_ahead_is_the_one_pillow_finds(options: dict[str, object]) -> None:
    assert raster.webp_size(encoded(gradient(123, 45), "WEBP", **options)) == (123, 45)


def test_a_decompression_bomb_in_a_small_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pillow's own warning counts as an error even where its limit is the lower one."""
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    assert "scale it down" in refused_here("PNG", encoded(gradient(50, 30), "PNG"))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_a_file_cut_off_anywhere_is_refused(tmp_path: Path, kind: str) -> None:
    """TIFF is the exception where its directory comes first: there the last bytes may be a padding of no meaning."""
    whole = encoded(gradient(), kind)
    inspect(put(tmp_path, whole, SUFFIX[kind]))
    for share in (0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
        refusal(put(tmp_path, whole[: int(len(whole) * share)], SUFFIX[kind]))


@pytest.mark.parametrize(("kind", "lost"), [("PNG", 1), ("PNG", 12), ("JPEG", 1), ("JPEG", 2), ("WEBP", 2)])
def test_a_file_without_its_last_bytes_is_refused(tmp_path: Path, kind: str, lost: int) -> None:
    refusal(put(tmp_path, encoded(gradient(), kind)[:-lost], SUFFIX[kind]))

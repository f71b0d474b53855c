"""From the pixels of any mode to sRGB, 8 bits a channel, on white."""

from io import BytesIO

from PIL import Image, ImageCms

from quizbot.deid.facts import Refused

_DEEP = frozenset({"I", "I;16", "I;16B", "I;16L"})
_PROFILE_MODES = {"GRAY": "L", "RGB": "RGB", "CMYK": "CMYK"}
_WHITE = (255, 255, 255)


def srgb(image: Image.Image, profile: bytes | None) -> tuple[Image.Image, tuple[str, ...]]:
    """The picture in sRGB, 8 bits a channel, on white where it was transparent; and what was done.

    Raises:
        Refused: its colour profile cannot be applied.
    """
    image, notes = _scaled_to_8_bits(image)
    if image.mode in ("LA", "P", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = managed(image, profile) if profile else image.convert("RGB")
    if alpha is None:
        return colours, notes
    page = Image.new("RGB", image.size, _WHITE)
    page.paste(colours, mask=alpha)
    return page, notes


def managed(image: Image.Image, profile: bytes) -> Image.Image:
    """The colours through the profile that came with them.

    Raises:
        Refused: it cannot be applied.
    """
    refused = Refused("", "has a colour profile that cannot be applied", "export it as sRGB")
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        mode = _PROFILE_MODES[source.profile.xcolor_space.strip()]
        result = ImageCms.profileToProfile(
            image.convert(mode), source, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, KeyError) as error:
        raise refused from error
    if result is None:  # only if asked to work in place, which nobody did
        raise refused
    return result


def _scaled_to_8_bits(image: Image.Image) -> tuple[Image.Image, tuple[str, ...]]:
    """Deep grey values, darkest to lightest, over 0 to 255: 12-bit data in 16 bits would be black otherwise."""
    if image.mode not in _DEEP:
        return image, ()
    image = image.convert("I")
    low, high = (int(value) for value in image.getextrema() if isinstance(value, (int, float)))
    scale = 255 / max(1, high - low)
    note = f"grey values from {low} to {high} were spread over black to white"
    return image.point(lambda value: value * scale - low * scale).convert("L"), (note,)

"""The machine's fonts that people's names are set in, where a font that comes along does not know their letters."""

from pathlib import Path

_FOLDER = Path("/usr/share/fonts")
_TEXT = ("truetype/dejavu/DejaVuSans.ttf", "TTF/DejaVuSans.ttf", "dejavu-sans-fonts/DejaVuSans.ttf")
_MORE = (
    "opentype/ipafont-gothic/ipag.ttf",
    "opentype/noto/NotoSansCJK-Regular.ttc",
    "google-noto-cjk/NotoSansCJK-Regular.ttc",
)


def text_fonts() -> list[Path]:
    """Those that know Latin, Greek, Cyrillic and Arabic letters: DejaVu Sans, where Debian, Arch and Fedora keep it."""
    return _there(_TEXT)


def cjk_fonts() -> list[Path]:
    """Those that know Chinese, Japanese and Korean characters: Noto Sans CJK or IPA Gothic."""
    return _there(_MORE)


def _there(names: tuple[str, ...]) -> list[Path]:
    return [_FOLDER / name for name in names if (_FOLDER / name).exists()]

"""The fonts of the three generators: none is in two of them."""

import functools
import subprocess
from pathlib import Path

from PIL import ImageFont

TUNING = {
    "fonts-dejavu-core": ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansMono.ttf", "DejaVuSerif.ttf"),
    "fonts-dejavu-extra": ("DejaVuSans-ExtraLight.ttf", "DejaVuSansCondensed.ttf"),
    "fonts-liberation": (
        "LiberationSans-Regular.ttf",
        "LiberationSansNarrow-Regular.ttf",
        "LiberationSerif-Italic.ttf",
    ),
    "fonts-freefont-ttf": ("FreeSans.ttf", "FreeMono.ttf", "FreeSerifBold.ttf"),
    "fonts-open-sans": ("OpenSans-Light.ttf", "OpenSans-Regular.ttf"),
    "fonts-roboto-unhinted": ("Roboto-Thin.ttf", "Roboto-Regular.ttf", "RobotoCondensed-Regular.ttf"),
    "fonts-jetbrains-mono": ("JetBrainsMono-Regular.ttf",),
    "fonts-comic-neue": ("ComicNeue-Regular.otf",),
    "fonts-breip": ("Breip.ttf", "BreipMedium.ttf"),
    "fonts-femkeklaver": ("femkeklaver.ttf",),
    "fonts-3270": ("3270-Regular.ttf",),
}
PRACTICE = {
    "fonts-oxygen": ("Oxygen-Sans.ttf", "OxygenMono-Regular.ttf"),
    "fonts-croscore": ("Arimo-Regular.ttf", "Cousine-Regular.ttf", "Tinos-Italic.ttf"),
    "fonts-cabin": ("Cabin-Regular.otf", "Cabin-Bold.otf"),
    "fonts-vollkorn": ("Vollkorn-Regular.ttf", "Vollkorn-BlackItalic.ttf"),
    "fonts-firacode": ("FiraCode-Light.ttf", "FiraCode-Regular.ttf"),
    "fonts-mononoki": ("mononoki-Regular.ttf",),
    "fonts-monofur": ("monof55.ttf",),
    "fonts-quicksand": ("Quicksand-Light.ttf", "Quicksand-Regular.ttf"),
    "fonts-adf-gillius": ("GilliusADF-Regular.otf", "GilliusADF-Cond.otf"),
    "fonts-adf-switzera": ("SwitzeraADF-BoldExt.otf", "SwitzeraADF-Cond.otf"),
    "fonts-paratype": ("PTS55F.ttf", "PTF55F.ttf", "PTM55F.ttf"),
    "fonts-ecolier-court": ("Ecolier-court.ttf",),
    "fonts-rufscript": ("Rufscript010.ttf",),
    "fonts-anonymous-pro": ("Anonymous Pro.ttf",),
    "fonts-sil-andika": ("Andika-Regular.ttf",),
    "fonts-proggy": ("ProggyTiny.ttf",),
    "fonts-linuxlibertine": ("LinLibertine_R.otf", "LinBiolinum_R.otf"),
    "fonts-fantasque-sans": ("FantasqueSansMono-Regular.otf",),
}
MEASURING = {
    "fonts-lato": ("Lato-Regular.ttf", "Lato-Hairline.ttf", "Lato-Heavy.ttf"),
    "fonts-hack": ("Hack-Regular.ttf", "Hack-Italic.ttf"),
    "fonts-go": ("Go-Regular.ttf", "Go-Mono.ttf"),
    "fonts-inter": ("Inter-Regular.otf", "Inter-Thin.otf"),
    "fonts-cantarell": ("Cantarell-Regular.otf", "Cantarell-Light.otf"),
    "fonts-courier-prime": ("Courier Prime.otf",),
    "fonts-b612": ("B612-Regular.otf", "B612Mono-Regular.otf"),
    "fonts-inconsolata": ("Inconsolata.otf",),
    "fonts-karla": ("Karla-Regular.otf",),
    "fonts-pc": ("Px_IBM_VGA8.ttf", "Px_IBM_MDA.ttf"),
    "fonts-crosextra-carlito": ("Carlito-Regular.ttf", "Carlito-Italic.ttf"),
    "fonts-crosextra-caladea": ("Caladea-Regular.ttf",),
    "fonts-stix": ("STIXGeneral-Regular.otf", "STIX-Regular.otf"),
    "fonts-ocr-a": ("OCRA.ttf",),
    "fonts-dosis": ("Dosis-Regular.otf", "Dosis-Light.otf"),
    "fonts-ebgaramond": ("EBGaramond12-Regular.otf", "EBGaramond-Regular.otf"),
    "fonts-dkg-handwriting": ("dkg.ttf", "dkgBI.ttf"),
    "fonts-humor-sans": ("Humor-Sans.ttf",),
    "fonts-sjfonts": ("Delphine.ttf", "SteveHand.ttf"),
}


@functools.cache
def _installed() -> dict[str, str]:
    """File name to path of every font that fontconfig knows; empty without fontconfig."""
    try:
        listed = subprocess.run(["fc-list", "--format", "%{file}\n"], capture_output=True, text=True, check=True)  # noqa: S607
    except (OSError, subprocess.CalledProcessError):
        return {}
    return {Path(line).name: line for line in sorted(listed.stdout.splitlines()) if line}


def available(packages: dict[str, tuple[str, ...]]) -> tuple[list[str], list[str]]:
    """Paths of a set's fonts that are here, and the Debian packages of which none is."""
    found, missing = [], []
    for package, names in packages.items():
        here = [_installed()[name] for name in names if name in _installed()]
        found += here
        if not here:
            missing.append(package)
    return found, missing


@functools.lru_cache(maxsize=256)
def font(path: str, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """A font at a size in pixels; Pillow's own where the path is empty."""
    return ImageFont.truetype(path, size) if path else ImageFont.load_default(size)

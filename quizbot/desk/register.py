"""Enters a drawn picture in the gate's list of pictures that may be posted."""

import json
from collections.abc import Mapping
from pathlib import Path

from quizbot.core.errors import InputError
from quizbot.deid.gate import open_picture
from quizbot.deid.known import DRAWN, pixel_digest


def register(file: Path, provenance: Mapping[str, str | int | float], ledger: Path | None = None) -> str:
    """Enter a picture. Nothing is ever taken out: a picture drawn earlier may still wait to be posted somewhere.

    Args:
        file: the picture as it was written.
        provenance: which program drew it from what.
        ledger: the list, if not the gate's own.

    Returns:
        The digest of its pixels.

    Raises:
        InputError: the list cannot be written, as in an installation that is not a checkout.
    """
    digest, ledger = pixel_digest(open_picture(file)), ledger or DRAWN
    document = json.loads(ledger.read_text("utf-8"))
    document["pictures"][digest] = provenance
    _write(ledger, json.dumps(document, indent=1, ensure_ascii=False) + "\n")
    return digest


def _write(ledger: Path, text: str) -> None:
    fresh = ledger.with_suffix(".new")
    try:
        fresh.write_text(text, "utf-8")
        fresh.replace(ledger)
    except OSError as error:
        what = f"cannot be written ({error.strerror}): the list belongs to a checkout"
        raise InputError(
            str(ledger), what, "have the picture's case signed off instead: quizbot sign-off CASE"
        ) from error

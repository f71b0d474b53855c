"""Enters a drawn picture in the gate's list of pictures that may be posted.

The list is part of the project, so an entry lasts only if it is made in a checkout, and committed. A checkout may have
been installed as a copy: then both its list and the copy's get the entry.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from quizbot.core.errors import InputError
from quizbot.deid.gate import open_picture
from quizbot.deid.known import DRAWN, pixel_digest

_IN_CHECKOUT = Path("quizbot", "deid", DRAWN.name)
_INSTEAD = "or take the picture through the privacy gate: quizbot deid FILE -o CASE, then quizbot sign-off CASE"


def register(file: Path, provenance: Mapping[str, str | int | float], ledgers: Iterable[Path]) -> str:
    """Enter a picture. Nothing is ever taken out: a picture drawn earlier may still wait to be posted somewhere.

    Args:
        file: the picture as it was written.
        provenance: which program drew it from what.
        ledgers: the lists, see ``ledgers_at``.

    Returns:
        The digest of its pixels.

    Raises:
        InputError: a list cannot be written.
    """
    digest = pixel_digest(open_picture(file))
    for ledger in ledgers:
        document = json.loads(ledger.read_text("utf-8"))
        document["pictures"][digest] = provenance
        _write(ledger, json.dumps(document, indent=1, ensure_ascii=False) + "\n")
    return digest


def ledgers_at(folder: Path) -> tuple[Path, ...]:
    """The lists that an entry made in a folder goes to: the checkout's that it lies in, and the installed one.

    Raises:
        InputError: the folder is in no checkout, so that an entry would be gone with the next installation.
    """
    inside = [each / _IN_CHECKOUT for each in (folder, *folder.parents) if (each / "pyproject.toml").is_file()]
    found = next((ledger for ledger in inside if ledger.is_file()), None)
    if found is None:
        what = "is in no checkout of quizbot, and the list of drawn pictures belongs to one"
        raise InputError(str(folder), what, f"register the picture in a clone, {_INSTEAD}")
    return (found,) if found.resolve() == DRAWN.resolve() else (found, DRAWN)


def _write(ledger: Path, text: str) -> None:
    fresh = ledger.with_suffix(".new")
    try:
        fresh.write_text(text, "utf-8")
        fresh.replace(ledger)
    except OSError as error:
        what = f"cannot be written ({error.strerror})"
        raise InputError(str(ledger), what, f"make it writable, {_INSTEAD}") from error

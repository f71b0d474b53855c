"""A picture of a case that is the very file of another case's, though only the one case is checked.

Files are compared, not what they show: to decode the pictures of all cases takes a minute for some hundreds.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from quizbot.casebook import Finding, LoadedCase
from quizbot.casebook.folder import entries, read_regular
from quizbot.desk.resemblance import alike, places_of

_MOST_BYTES = 64 * 1024 * 1024  # no picture that the gate takes is larger


def copies_beside(cases: Sequence[LoadedCase]) -> Iterator[Finding]:
    """A warning for each picture that is also in the folder of a case beside it which is not among these."""
    checked = {_absolute(loaded.path) for loaded in cases}
    for loaded, number, path in places_of(cases):
        folder = _absolute(loaded.path)
        beside = (one for one in _inside(folder.parent, "folder") if one not in checked)
        twin = next((file for one in beside for file in _inside(one, "file") if _same(path, file)), None)
        if twin is not None:
            near = loaded.path.parent if loaded.path.name else folder.parent  # as the user named it
            yield loaded.locate(alike(str(near / twin.parent.name / twin.name), number))


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100  # resolve() would follow links


def _inside(folder: Path, kind: str) -> list[Path]:
    try:
        found = entries(folder).values()
    except OSError:
        return []
    return [folder / one.name for one in found if one.kind == kind and not one.name.startswith((".", "_"))]


def _same(one: Path, other: Path) -> bool:
    try:
        sizes = {one.stat().st_size, other.stat().st_size}
        return len(sizes) == 1 and read_regular(one, _MOST_BYTES) == read_regular(other, _MOST_BYTES)
    except OSError:
        return False

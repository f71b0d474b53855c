"""Where a value about one frame stands: in the frame's own group, in the group shared by all, or in the file itself.

DICOM PS3.3, C.7.6.16 (multi-frame functional groups).
"""

from collections.abc import Iterator
from typing import cast

from pydicom import Dataset


def about(dataset: Dataset, frame: int, sequence: str) -> Dataset:
    """The first item of a functional group for a frame (counted from 0), else the file itself."""
    for group in _groups(dataset, frame):
        items = group.get(sequence)
        if items:
            return cast("Dataset", items[0])
    return dataset


def _groups(dataset: Dataset, frame: int) -> Iterator[Dataset]:
    own = dataset.get("PerFrameFunctionalGroupsSequence") or ()
    if frame < len(own):
        yield own[frame]
    yield from (dataset.get("SharedFunctionalGroupsSequence") or ())[:1]

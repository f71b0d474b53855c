"""The stored values of one frame, as the file's encoding gives them back."""

from typing import Any

import numpy as np
from pydicom import Dataset
from pydicom.pixels.decoders.base import get_decoder

from quizbot.deid.facts import Refused

Values = np.ndarray[Any, Any]


def values(dataset: Dataset, frame: int) -> tuple[Values, str]:
    """Rows x columns (x 3) of a frame counted from 0, and the photometric interpretation that they now have.

    Chroma is undone (YBR to RGB). Bits above those that the file says are in use, where old files keep overlays, are
    cleared by pydicom; a test holds that.

    Raises:
        Refused: no decoder can read them.
        Exception: the data is damaged; which kind depends on the decoder.
    """
    syntax = dataset.file_meta.TransferSyntaxUID
    try:
        stored, facts = get_decoder(syntax).as_array(dataset, index=frame, raw=False)
    except RuntimeError as error:  # what pydicom raises when each of its decoders gave up
        what = f"has pixels ({syntax.name}) that no decoder here can read: damaged, or of a rare variety"
        raise Refused("", what, "export the picture as PNG from your viewer") from error
    rows, columns = int(dataset.Rows), int(dataset.Columns)
    if stored.shape[:2] != (rows, columns):
        raise ValueError("the pixels are not of the size that the header gives")
    return stored, str(facts["photometric_interpretation"])

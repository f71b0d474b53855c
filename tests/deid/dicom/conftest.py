"""What the DICOM tests share."""

import pytest

from quizbot.deid import Refused, decode
from quizbot.deid.decode import Picture
from quizbot.deid.intake import DICOM, Source


class Decoder:
    """Decodes through the child, as the gate does."""

    def __call__(self, data: bytes, **choice: object) -> Picture:
        return decode.decode(Source("x.dcm", data, DICOM), **choice)

    def refusal(self, data: bytes, **choice: object) -> str:
        with pytest.raises(Refused) as caught:
            self(data, **choice)
        return str(caught.value)

    def reds(self, data: bytes, **choice: object) -> list[int]:
        return list(self(data, **choice).image.getchannel("R").tobytes())


@pytest.fixture
def shown() -> Decoder:
    """Decodes a file's bytes."""
    return Decoder()

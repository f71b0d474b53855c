"""Which readings are text at all: waveforms and texture look like letters to the network, and unlike letters to this.

The limits were set on the tuning set of ``bench/deid`` and on nothing that is reported.
"""

from quizbot.deid.pixels.hits import Reading

_CERTAIN = 0.80
_LIKELY = 0.60


def is_text(reading: Reading) -> bool:
    """Whether a reading is letters and no accident: sure enough, in enough views, and long enough for both."""
    letters = sum(c.isalnum() for c in reading.text)
    if not letters:
        return False
    if letters == 1:
        return reading.sure >= 0.9
    return reading.sure >= _LIKELY

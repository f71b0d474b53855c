"""Which readings are text at all: waveforms and texture look like letters to the network, and unlike letters to this.

The limits were set on the tuning set of ``bench/deid``, and some on pictures like those reported that had been reported
before (numbers below 43000).
"""

from quizbot.deid.pixels.hits import Reading

_LIKELY = 0.60
_SHORT = {1: 0.90, 2: 0.90, 3: 0.85}  # of so many characters, accidents are frequent
_WITH_DIGIT = 0.75  # "92Y" is short and matters
_DOUBTFUL = 0.92
# The networks' mean inside: texture and waves seldom reach it in so small and long a shape. Of 1,625 strings 1,563 were
# found by 0.8, 1,573 by 0.75 and 1,578 by 0.72, of 416 harmless pictures 118, 121 and 126 held.
_LINE_SCORE = 0.75
_LEAST_HEIGHT = 7.0  # pixels of a line; of those strings, letters of 10 pixels among them, none was lost by it
_SURELY_TEXT = 0.93  # where two maps say so, whatever was read there
_LINE_HEIGHT, _WORD_HEIGHT = 60.0, 100.0  # pixels of a line, and of a word or two: larger letters are read
_WORD_SHAPE = 6.0  # width over height: what is that high and longer is a trace
_LINE_SHAPE = 2.6  # width over height
_SMALL_SCORE, _EVERY_VIEW, _SMALL = 0.88, 3, 30.0  # waves are seldom so low, so like text, and that in all three maps
_HARDLY, _CLEARLY = 0.65, 0.85  # a score in one map alone, and how sure a reading there has to be: it is mostly grain
_GUESS = 0.75
_FIGURES = 4  # of what only bold letters show
_BOLD = 0.85  # how sure that has to be
_BOLD_SHORT = 0.97  # and of three characters or less, for bold texture looks like them
_RHYTHM, _BEATS, _UNSURE = 0.6, 5, 0.8  # different letters among so many and more, of a reading less sure than that
_LONE_SCORE = 0.6
_WAVES = frozenset("mwnuvirhlMWNUVIRHL1|.")  # what waves are read as


def is_text(reading: Reading) -> bool:
    """Whether a reading is letters and no accident: the shorter and the more like waves, the surer it must be."""
    signs = [c for c in reading.text if not c.isspace()]
    count = sum(c.isalnum() for c in signs)
    if _is_rhythm(reading) or (count == 1 and _is_speck(reading)):
        return False
    return count > 0 and reading.sure >= _least(reading, signs, count)


def _is_speck(reading: Reading) -> bool:
    """Whether a reading of one letter is in one view alone, or hardly looks like text in any."""
    return reading.region.votes == 1 or reading.region.score < _LONE_SCORE


def _is_rhythm(reading: Reading) -> bool:
    """Whether a reading is a curve's: seen in one view, where a curve runs, the same few letters over and over."""
    letters = [c for c in reading.text.casefold() if c.isalnum()]
    alone = reading.region.crossed and reading.region.votes <= 1
    if not alone or reading.sure >= _UNSURE or len(letters) < _BEATS or any(c.isdigit() for c in letters):
        return False
    return len(set(letters)) <= _RHYTHM * len(letters)


def is_unread_line(reading: Reading) -> bool:
    """Whether a place is a line of text that could not be read, or that there was no time to read: a person tells."""
    region = reading.region
    if not reading.tried:
        return region.score >= _LINE_SCORE and region.votes > 1  # waves show in one view, and come last
    if not _LEAST_HEIGHT <= region.height <= region.width / _LINE_SHAPE or not region.votes or _is_rhythm(reading):
        return False
    signs = {c for c in reading.text if c.isalnum()}
    legible = region.score >= _LINE_SCORE and len(signs) > 1 and not _WAVES.issuperset(signs)
    small = region.score >= _SMALL_SCORE and region.votes == _EVERY_VIEW and region.height <= _SMALL
    surely = region.score >= _SURELY_TEXT and region.votes > 1
    highest = _WORD_HEIGHT if region.width <= _WORD_SHAPE * region.height else _LINE_HEIGHT
    return small or ((legible or surely) and region.height <= highest)


def is_half_read(reading: Reading) -> bool:
    """Whether a reading is letters, but which ones is a guess: that they make a permitted word tells nothing.

    Figures that a curve runs through are one however sure they look: it hides strokes, and makes some. So are many that
    show in bold letters only.
    """
    region = reading.region
    signs = [c for c in reading.text if c.isalnum()]
    figures = sum(c.isdigit() for c in signs)
    if region.crossed and 1 < figures == len(signs):
        return True
    if not region.votes and figures >= _FIGURES:
        return True
    return reading.sure < _GUESS and region.score >= _LINE_SCORE and region.votes > 1


def _least(reading: Reading, signs: list[str], count: int) -> float:
    hardly = reading.region.votes <= 1 and reading.region.score < _HARDLY
    return max(_least_of(reading, signs, count), _CLEARLY if hardly else 0.0)


def _least_of(reading: Reading, signs: list[str], count: int) -> float:
    if not reading.region.votes:
        return _BOLD_SHORT if count in _SHORT else _BOLD
    if reading.leaves_room(0) or _WAVES.issuperset(signs):
        return _DOUBTFUL
    if any(c.isdigit() for c in signs) and count > 1:
        return min(_WITH_DIGIT, _SHORT.get(count, _LIKELY))
    return _SHORT.get(count, _LIKELY)

"""Whether a line holds a word of the deny-list, such as a DICOM header's strings, however it was misread."""

from quizbot.deid.pixels.slips import same, skeleton

_SHORT = 4  # letters: a shorter word has to stand alone


def is_denied(line: str, deny: frozenset[str]) -> bool:
    """Whether any word of the list is in the line: as a word, or inside the line without its spaces."""
    words = [skeleton(word) for word in line.split()]
    parts = {*words, *(skeleton(part) for part in _parts(line))}
    whole = "".join(words)
    return any(_holds(parts, whole, wanted) for entry in deny if (wanted := skeleton(entry)))


def _parts(line: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in line).split()


def _holds(parts: set[str], whole: str, wanted: str) -> bool:
    if any(same(part, wanted) for part in parts):
        return True
    if len(wanted) < _SHORT:
        return False
    return wanted in whole or any(
        same(whole[at : at + len(wanted)], wanted) for at in range(len(whole) - len(wanted) + 1)
    )

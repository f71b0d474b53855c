"""What two upright boxes have in common; pixels."""

from quizbot.deid.finding import Box


def shared(a: Box, b: Box) -> int:
    """The area that lies in both."""
    return max(0, min(a[2], b[2]) - max(a[0], b[0])) * max(0, min(a[3], b[3]) - max(a[1], b[1]))


def area(box: Box) -> int:
    """A box's area, never 0: it is divided by."""
    return max(1, (box[2] - box[0]) * (box[3] - box[1]))

"""What a layer of the gate found: where, what kind of thing, and whether a person may decide on it."""

from dataclasses import dataclass
from enum import StrEnum

Box = tuple[int, int, int, int]
"""x0, y0, x1, y1 in pixels of the upright original; x1 and y1 are the first pixels outside."""


class Decision(StrEnum):
    """What a finding does to its picture or text. Nothing found is the third answer: it passes."""

    HOLD = "hold"  # a person decides
    REFUSE = "refuse"  # nobody can let it pass as it is: redact it, rewrite it, export it again


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a layer of the gate saw.

    Attributes:
        layer: which layer: ``text`` (in the pixels), ``barcode``, ``face``, ``photo``, ``words`` (of the case), ….
        kind: what it looks like, such as ``name``, ``date``, ``number``, ``age``, ``institution``, ``unknown-text``.
        decision: whether a person may let it pass.
        text: what was read there, for a person's eyes only: never logged, stored or printed unmasked unless asked.
        box: where it is, if it is in a picture.
        todo: what to do about it, in the imperative.
    """

    layer: str
    kind: str
    decision: Decision
    text: str = ""
    box: Box | None = None
    todo: str = ""

"""The views a picture is looked at in: the whole and overlapping tiles, each at four rotations."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TURNS = (0, 1, 2, 3)  # quarter turns, anticlockwise


@dataclass(frozen=True, slots=True)
class View:
    """A square part of the picture, which may reach beyond it.

    Attributes:
        left: its first column, in pixels of the picture.
        top: its first row.
        side: its width and height.
        turn: by how many quarter turns, anticlockwise, it is shown.
    """

    left: int
    top: int
    side: int
    turn: int = 0

    def points(self, seen: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """From parts of the view's side as shown to pixels of the picture; the last axis is x, y."""
        import numpy as np  # noqa: PLC0415  # loaded only when a picture is looked at

        x, y = seen[..., 0], seen[..., 1]
        upright = ((x, y), (1 - y, x), (1 - x, 1 - y), (y, 1 - x))[self.turn]
        corner = np.array([self.left, self.top])
        return np.asarray(np.stack(upright, axis=-1) * self.side + corner, dtype=np.float32)


def squares(width: int, height: int, tile: int) -> Iterator[View]:
    """The whole picture, then tiles of a side that overlap by at least a third, unless the whole is hardly larger."""
    whole = max(width, height)
    yield View((width - whole) // 2, (height - whole) // 2, whole)
    if whole > tile * 1.25:
        yield from (View(left, top, tile) for top in _starts(height, tile) for left in _starts(width, tile))


def _starts(length: int, tile: int) -> list[int]:
    if length <= tile:
        return [(length - tile) // 2]
    number = -(-(length - tile) // (tile * 2 // 3)) + 1
    return [round(at * (length - tile) / (number - 1)) for at in range(number)]


def crop(pixels: "NDArray[np.uint8]", view: View, side: int) -> Any:  # noqa: ANN401  # OpenCV ships loose types
    """A view upright, brought to a side, on grey where it reaches beyond the picture."""
    import cv2  # noqa: PLC0415  # loaded only when a picture is looked at

    height, width = pixels.shape[:2]
    left, top = max(0, view.left), max(0, view.top)
    inside = pixels[top : min(height, view.top + view.side), left : min(width, view.left + view.side)]
    scale = side / view.side
    size = (max(1, round(inside.shape[1] * scale)), max(1, round(inside.shape[0] * scale)))
    small = cv2.resize(inside, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    x, y = round((left - view.left) * scale), round((top - view.top) * scale)
    x, y = min(x, side - size[0]), min(y, side - size[1])
    return cv2.copyMakeBorder(
        small, y, side - size[1] - y, x, side - size[0] - x, cv2.BORDER_CONSTANT, value=(127, 127, 127)
    )

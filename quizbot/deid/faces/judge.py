"""What the detectors' scores mean for a picture."""

from typing import TYPE_CHECKING

from quizbot.deid.faces.detect import SAME, Face, faces, nearer, overlap
from quizbot.deid.faces.eyes import eye_pairs
from quizbot.deid.faces.mesh import confirmed
from quizbot.deid.faces.mirror import mirrored, unframed
from quizbot.deid.faces.skin import looks_photographed, skin_share
from quizbot.deid.finding import Box, Decision, Finding

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Measured by ``python -m bench.deid.faces``: brains, cells and monitors score up to 0.78 with the detectors alone, but
# have no skin's colours, and the mesh confirms hardly any of them.
_FLOOR = 0.35  # below it nothing is asked further
_SURE = 0.8  # enough by itself, in grey pictures too
_LIKELY = 0.5  # a face where colour or mesh agree; between the floor and this it holds
_MIRRORED = 0.75  # enough by itself for a face that an edge cuts and the mirror makes whole
_SKIN = 0.25  # share of the box
_CONFIRMED = 0.6
_NEARER = 4  # candidates, the surest, that are looked at nearer where nothing else bears them out: a grainy face
_CERTAIN, _TWICE = 0.9, 2  # the mesh, so sure so often then; in 62 places of faceless pictures it was once at most
_SMALLEST = 36  # pixels: hardly anybody is recognised in a smaller face, and noise has many
_MOST = 12  # candidates that are asked further, the surest first
_FACE_TODO = "fill the whole face with one colour (--redact), or crop it away; a bar over the eyes is not enough"
_PART_TODO = "look whether this is part of a face: if so, fill it with one colour (--redact) or crop it away"
_PHOTO_TODO = (
    "a machine never clears a photograph of a person: an eye, a hand or a lesion alone needs written consent, "
    "with its reference, and the sign-off of two people"
)


def judge(pixels: "NDArray[np.uint8]", *, photo: bool) -> tuple[Finding, ...]:
    """All findings in a picture (rows × columns × RGB)."""
    candidates = enumerate(faces(pixels, _FLOOR)[:_MOST])
    found = [finding for rank, face in candidates if (finding := _face(pixels, face, near=rank < _NEARER))]
    found += _cut_faces(pixels, found)
    if not found and _has_skin(pixels):
        found = [_part("eyes", box) for box in eye_pairs(pixels)[:1]]
    if photo or looks_photographed(pixels):
        found.append(Finding("photo", "photograph", Decision.HOLD, todo=_PHOTO_TODO))
    return tuple(found)


def _face(pixels: "NDArray[np.uint8]", face: Face, *, near: bool) -> Finding | None:
    if _is_small(face):
        return None
    if face.score < _SURE and not _agreed(pixels, face) and not (near and _agreed_nearer(pixels, face)):
        return None
    return _whole(face.box) if face.score >= _LIKELY else _part("part-of-face", face.box)


def _cut_faces(pixels: "NDArray[np.uint8]", found: list[Finding]) -> list[Finding]:
    """Faces that an edge cuts, where none was found yet: whole in the mirror, they may be less certain."""
    framed, candidates = mirrored(pixels, _LIKELY)
    parts: list[Finding] = []
    for face in candidates[:_MOST]:
        box = unframed(face, pixels.shape[1], pixels.shape[0])
        known = any(other.box and overlap(box, other.box) > SAME for other in (*found, *parts))
        if not known and not _is_small(face) and (face.score >= _MIRRORED or _agreed(framed, face)):
            parts.append(_whole(box) if face.score >= _SURE else _part("part-of-face", box))
    return parts


def _is_small(face: Face) -> bool:
    return min(face.box[2] - face.box[0], face.box[3] - face.box[1]) < _SMALLEST


def _agreed(pixels: "NDArray[np.uint8]", face: Face) -> bool:
    """Whether colour or the mesh bear the detector out."""
    x0, y0, x1, y1 = face.box
    return skin_share(pixels[y0:y1, x0:x1]) >= _SKIN or confirmed(pixels, face) >= _CONFIRMED


def _agreed_nearer(pixels: "NDArray[np.uint8]", face: Face) -> bool:
    """Whether the mesh bears a likely face out where it is seen nearer: on grain its first sight says little."""
    if face.score < _LIKELY:
        return False
    sights = nearer(pixels, face, _FLOOR)
    return sum(confirmed(pixels, each) >= _CERTAIN for each in sights) >= _TWICE


def _whole(box: Box) -> Finding:
    return Finding("face", "face", Decision.REFUSE, box=box, todo=_FACE_TODO)


def _part(kind: str, box: Box) -> Finding:
    return Finding("face", kind, Decision.HOLD, box=box, todo=_PART_TODO)


def _has_skin(pixels: "NDArray[np.uint8]") -> bool:
    return skin_share(pixels) >= _SKIN

"""What can be drawn, and the one way to draw it.

What can be drawn is named here and in ``titles``; the modules that draw, which need numpy, are loaded to draw.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from quizbot.core.errors import OutsideError, UsageError
from quizbot.core.extras import install
from quizbot.core.nearest import nearest
from quizbot.drawing.titles import TITLES

if TYPE_CHECKING:
    from PIL import Image  # loads slowly

KINDS: Mapping[str, str] = {
    "ecg": "12-lead ECG on millimetre paper",
    "capnogram": "CO2 in the breath over time, as on a monitor",
    "pressure": "arterial or central venous pressure under an ECG lead, as on a monitor",
    "mmode": "ultrasound M-mode of the lung",
    "bmode": "ultrasound of the lung or the heart",
}
"""Each kind of picture, in words."""

_WHERE: Mapping[str, str] = {
    "ecg": "quizbot.drawing.ecg.paper",
    "capnogram": "quizbot.drawing.waves.screen",
    "pressure": "quizbot.drawing.waves.bedside",
    "mmode": "quizbot.drawing.waves.mmode",
    "bmode": "quizbot.drawing.bmode.screen",
}
_MAX_SEED = 2**32 - 1
_MAX_TILT = 5.0
_LIKE = 0.5  # from which similarity on a name counts as a slip of another
_ON_PAPER = "ecg"

Provenance = dict[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Order:
    """A picture that is wanted.

    Attributes:
        kind: one of ``KINDS``.
        diagnosis: one of ``diagnoses(kind)``.
        seed: 0 to 2**32 - 1; another number, another patient.
        mains: mains hum, mV, 0 to 1; on an ECG alone.
        tilt: how far the sheet lies askew on the scanner, degrees anticlockwise, -5 to 5; on an ECG alone.
    """

    kind: str
    diagnosis: str
    seed: int = 1
    mains: float = 0.0
    tilt: float = 0.0

    def provenance(self) -> Provenance:
        """What the list of drawn pictures says of it: enough to draw it again."""
        extras = {"mains": self.mains, "tilt": self.tilt}
        basis: Provenance = {"by": self.kind, "diagnosis": self.diagnosis, "seed": self.seed}
        return {**basis, **{name: value for name, value in extras.items() if value}}


def order(provenance: Mapping[str, str | int | float]) -> Order:
    """The order that a line of the list of drawn pictures stands for."""
    return Order(
        kind=str(provenance["by"]),
        diagnosis=str(provenance["diagnosis"]),
        seed=int(provenance["seed"]),
        mains=float(provenance.get("mains", 0.0)),
        tilt=float(provenance.get("tilt", 0.0)),
    )


def diagnoses(kind: str) -> Mapping[str, str]:
    """What of a kind can be drawn: each diagnosis's name and its title.

    Raises:
        UsageError: the kind is unknown.
    """
    if kind not in KINDS:
        found = f'"{kind}" is unknown' if kind else "is missing"
        raise UsageError("KIND", found, f"give one of: {', '.join(KINDS)}")
    return TITLES[kind]


def draw(wanted: Order) -> "Image.Image":
    """The picture, RGB; the same for the same order.

    Raises:
        UsageError: something in the order cannot be drawn.
        OutsideError: numpy is not installed.
    """
    check(wanted)
    picture: Callable[..., Image.Image] = _module(wanted.kind).picture
    if wanted.kind == _ON_PAPER:
        from quizbot.drawing import scanner  # noqa: PLC0415  # Pillow, as above

        return scanner.askew(picture(wanted.diagnosis, wanted.seed, mains=wanted.mains), wanted.tilt)
    return picture(wanted.diagnosis, wanted.seed)


def check(wanted: Order) -> None:
    """Refuse what cannot be drawn.

    Raises:
        UsageError: says which part of the order, and what it may be.
        OutsideError: numpy is not installed.
    """
    names = diagnoses(wanted.kind)
    if wanted.diagnosis not in names:
        raise UsageError("--diagnosis", *_not_among(wanted.diagnosis, names))
    _in_range("--seed", wanted.seed, 0, _MAX_SEED)
    _in_range("--mains", wanted.mains, 0, 1)
    _in_range("--tilt", wanted.tilt, -_MAX_TILT, _MAX_TILT)
    if wanted.kind != _ON_PAPER and (wanted.mains or wanted.tilt):
        option = "--mains" if wanted.mains else "--tilt"
        raise UsageError(option, "is for what is on paper", "leave it out, or draw an ecg")
    _require_numpy()


def _not_among(name: str, names: Iterable[str]) -> tuple[str, str]:
    """What is wrong with a diagnosis's name, and what to do: the nearest, or all where none is near."""
    every = f"give one of: {', '.join(names)}"
    if not name:
        return "is missing", every
    near = nearest(name.lower(), names, _LIKE)
    return f'"{name}" is unknown', (f'the nearest is "{near}"; ' if near else "") + every


def _in_range(option: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise UsageError(option, f"{value} is out of range", f"give {low:g} to {high:.0f}")


def _module(kind: str) -> ModuleType:
    return import_module(_WHERE[kind])


def _require_numpy() -> None:
    try:
        import_module("numpy")
    except ImportError as error:
        raise OutsideError("numpy", "is not installed", f"run {install('draw')}") from error

"""The heart in the parasternal long axis, from a phased array: apex to the left, base to the right.

Fluid in the pericardium is a black band between the heart's wall and the bright pericardium. It lies behind the left
ventricle first, and ends in front of the descending aorta; fluid behind the aorta is in the pleura.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quizbot.drawing.bmode.chest import Fan
from quizbot.drawing.bmode.probe import BEAMS, SAMPLES, Probe
from quizbot.drawing.bmode.speckle import grey
from quizbot.drawing.waves.capnogram import Array, Chance

_BLOOD, _FLUID = 0.0025, 0.0012
_EDGE_CM = 0.04  # how gradually one tissue passes into the next


@dataclass(frozen=True, slots=True)
class _Oval:
    """An oval: its middle, its half-axes, cm, and how far it is turned clockwise, radians."""

    x: float
    z: float
    long: float
    short: float
    turned: float = 0.0


def normal(rng: Chance) -> Fan:
    """No more fluid than keeps the layers apart."""
    return _fan(rng, behind=0.0, before=0.0)


def effusion(rng: Chance) -> Fan:
    """A large effusion: two centimetres or so behind the heart, less before it."""
    return _fan(rng, behind=rng.uniform(1.9, 2.6), before=rng.uniform(0.6, 1.0))


def pleural(rng: Chance) -> Fan:
    """Fluid in the left pleura: behind the pericardium, and behind the aorta."""
    return _fan(rng, behind=0.0, before=0.0, pleura=rng.uniform(2.4, 3.2))


def _fan(rng: Chance, *, behind: float, before: float, pleura: float = 0.0) -> Fan:
    """A heart with so many centimetres of fluid behind it, before it, and in the pleura."""
    probe = Probe(radius=0.7, half_angle=0.68, depth=rng.uniform(15.5, 17.0))
    x, z = _bent(rng, probe)
    depth = 6.6 + before + rng.uniform(-0.2, 0.2)
    ovals = _anatomy(rng, depth, behind)
    out = {name: _out(oval, x, z) for name, oval in ovals.items()}
    wall = rng.uniform(0.95, 1.15)
    sac = np.minimum.reduce([out[name] - thick for name, thick in _walls(wall).items()])
    lies = 1 / (1 + np.exp((x - 2.0) / 0.5))  # it thins out towards the groove, before the aorta
    room = 0.06 + np.where(z > depth, behind * lies, before * np.exp(-((x / 4.5) ** 4)))
    strength, surfaces = _around(rng, probe, x, z)
    strength, surfaces = _pleural(strength, surfaces, sac - room, z > depth, pleura)
    squarely = np.clip(1.1 - 0.13 * np.abs(x + 0.8), 0.25, 1)
    surfaces = surfaces + np.where(z > depth, 0.8 * squarely, 0.25) * np.exp(-0.5 * ((sac - room - 0.12) / 0.09) ** 2)
    strength = _tissues(_fill(strength, sac - room, _FLUID), out, wall)
    surfaces = np.where((sac < room) | (out["descending"] < 0.1), 0, surfaces)
    surfaces = surfaces + _skins(rng, x, z, ovals, out, wall) + _leaflets(x, z, depth)
    return Fan("heart", probe, grey(rng, probe, strength, surfaces))


def _anatomy(rng: Chance, depth: float, behind: float) -> dict[str, _Oval]:
    """The chambers and vessels, the middle of the left ventricle at a depth, cm."""
    tilt = -0.16 + rng.uniform(-0.04, 0.04)
    return {
        "right": _Oval(-0.4, depth - 3.5, 4.3, 1.35, -0.05),
        "ventricle": _Oval(-1.5, depth, rng.uniform(4.2, 4.6), rng.uniform(2.0, 2.3), tilt),
        "aorta": _Oval(4.1, depth - 2.15, 3.2, 1.35, -0.12),
        "atrium": _Oval(3.7, depth + 0.9, 2.0, 1.65, 0.2),
        "descending": _Oval(2.6, depth + 4.0 + 0.65 * behind, 1.15, 1.1),
    }


def _walls(wall: float) -> dict[str, float]:
    """How thick the walls of the chambers are, cm, from the outside of the heart inwards."""
    return {"right": 0.4, "ventricle": wall, "aorta": 0.2, "atrium": 0.25}


def _tissues(strength: Array, out: Mapping[str, Array], wall: float) -> Array:
    """Muscle and blood, each over what was drawn before; the left chambers open into one another."""
    muscle = {"right": 0.07, "ventricle": 0.075, "aorta": 0.10, "atrium": 0.06}
    for name, thick in _walls(wall).items():
        strength = _fill(strength, out[name] - thick, muscle[name])
        if name == "right":
            strength = _fill(strength, out[name], _BLOOD)
    for name in ("aorta", "atrium", "ventricle"):
        strength = _fill(strength, out[name], _BLOOD)
    return _fill(_fill(strength, out["descending"] - 0.15, 0.14), out["descending"], _BLOOD)


def _bent(rng: Chance, probe: Probe) -> tuple[Array, Array]:
    """Where samples lie, a little displaced: no wall is drawn with a compass."""
    x, z = probe.across, probe.down
    for k in (0.9, 1.9, 3.1):
        x = x + 0.07 / k * np.sin(k * z + rng.uniform(0, 6.28))
        z = z + 0.09 / k * np.sin(k * x + rng.uniform(0, 6.28))
    return x, z


def _out(oval: _Oval, x: Array, z: Array) -> Array:
    """How far outside an oval, cm, roughly; negative inside."""
    c, s = np.cos(oval.turned), np.sin(oval.turned)
    u, v = (x - oval.x) * c + (z - oval.z) * s, (z - oval.z) * c - (x - oval.x) * s
    r = np.hypot(u / oval.long, v / oval.short)
    slope = np.hypot(u / oval.long**2, v / oval.short**2) / np.maximum(r, 1e-6)
    return np.asarray((r - 1) / np.maximum(slope, 1e-3))


def _fill(strength: Array, out: Array, level: float) -> Array:
    """The inside of a shape given another strength."""
    inside = 1 / (1 + np.exp(np.clip(out / _EDGE_CM, -40, 40)))
    return np.asarray(strength * (1 - inside) + level * inside)


def _around(rng: Chance, probe: Probe, x: Array, z: Array) -> tuple[Array, Array]:
    """The chest wall before the heart, and what lies behind it: lung, mostly noise."""
    strength = np.where(z < 1.6, 0.11 * np.exp(-z / 2.5) + 0.02, 0.05 * np.exp(-np.maximum(z - 9, 0) / 4))
    surfaces = np.zeros((SAMPLES, BEAMS))
    for at in (0.45, 0.8, 1.2):
        surfaces = surfaces + rng.uniform(0.1, 0.3) * np.exp(-0.5 * ((probe.depths - at) / 0.04) ** 2)
    patches = 1 + 0.45 * np.sin(0.9 * x + rng.uniform(0, 6)) * np.sin(1.3 * z + rng.uniform(0, 6))
    return np.asarray(strength * patches), surfaces


def _pleural(
    strength: Array, surfaces: Array, beyond: Array, behind: npt.NDArray[np.bool_], width: float
) -> tuple[Array, Array]:
    """Fluid in the pleura, behind the pericardium and the aorta, with the lung's bright edge beyond."""
    if not width:
        return strength, surfaces
    fluid = behind & (beyond > 0.25) & (beyond < 0.25 + width)
    edge = np.exp(-0.5 * ((beyond - 0.3 - width) / 0.08) ** 2) * behind
    return np.where(fluid, _FLUID, strength), surfaces + 0.5 * edge


def _skins(rng: Chance, x: Array, z: Array, ovals: Mapping[str, _Oval], out: Mapping[str, Array], wall: float) -> Array:
    """The lining of the chambers, bright where the beam meets it squarely; none where two chambers are one."""
    skins = np.zeros_like(x)
    left = ["ventricle", "atrium", "aorta", "descending"]
    for name in left:
        shut = np.minimum.reduce([out[other] for other in left if other != name]) > 0.05
        skins = skins + rng.uniform(0.16, 0.26) * shut * _squarely(ovals[name], x, z) * _lining(out[name])
    septum = out["ventricle"] - wall
    free = np.minimum(septum, out["aorta"] - 0.2) > 0
    skins = skins + 0.2 * free * _squarely(ovals["right"], x, z) * _lining(out["right"])
    return np.asarray(skins + 0.16 * (out["aorta"] > 0.2) * (out["right"] < 0) * _lining(septum))


def _squarely(oval: _Oval, x: Array, z: Array) -> Array:
    return np.asarray((z - oval.z) ** 2 / (np.hypot(x - oval.x, z - oval.z) ** 2 + 1e-6))


def _lining(out: Array) -> Array:
    return np.asarray(np.exp(-0.5 * ((out - 0.03) / 0.045) ** 2))


def _leaflets(x: Array, z: Array, depth: float) -> Array:
    """Mitral valve, half open, and the closed cusps of the aortic valve."""
    leaflets = np.zeros_like(x)
    for x0, z0, x1, z1, sag in (
        (2.25, depth - 0.75, -0.3, depth - 0.1, 0.45),
        (2.15, depth + 1.85, 0.5, depth + 1.1, -0.25),
        (2.2, depth - 2.1, 3.3, depth - 2.05, 0.0),
    ):
        along = np.clip(((x - x0) * (x1 - x0) + (z - z0) * (z1 - z0)) / ((x1 - x0) ** 2 + (z1 - z0) ** 2), 0, 1)
        far = np.hypot(x - x0 - along * (x1 - x0), z - z0 - along * (z1 - z0) - sag * np.sin(np.pi * along))
        leaflets = leaflets + 0.28 * np.exp(-0.5 * (far / 0.05) ** 2)
    return leaflets

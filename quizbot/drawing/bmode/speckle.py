"""Speckle: more scatterers than a pulse can tell apart add up by chance to a grain that no tissue has.

Each cell of the fan holds a scatterer of random strength and phase (fully developed speckle: circular Gaussian), which
the pulse blurs along the beam and the aperture across it, more so away from the focus. Smooth surfaces answer as one,
in phase. The scanner shows the logarithm of the envelope (Burckhardt 1978, doi 10.1109/T-SU.1978.30978).
"""

import numpy as np

from quizbot.drawing.bmode.probe import BEAMS, SAMPLES, Probe
from quizbot.drawing.waves.capnogram import Array, Chance

_RANGE_DB = 58.0
_PULSE_CM = 0.035  # standard deviation along the beam
_FOCUS = 0.45  # of the depth
_NOISE = 10 ** (-62 / 20)  # of the receiver, beside a strength of 1
_MARGIN = 60  # samples
_SHADES = 48  # more only makes the file large


def grey(rng: Chance, probe: Probe, strength: Array, surfaces: Array) -> Array:
    """What the scanner shows.

    Args:
        rng: chance.
        probe: the probe.
        strength: (SAMPLES, BEAMS) of the scatterers; 1 is white.
        surfaces: (SAMPLES, BEAMS) of smooth surfaces, which make no speckle; 1 is white.

    Returns:
        (SAMPLES, BEAMS), 0 to 1.
    """
    field = strength * (rng.standard_normal((SAMPLES, BEAMS)) + 1j * rng.standard_normal((SAMPLES, BEAMS)))
    pulse = max(1.0, _PULSE_CM / probe.depth * SAMPLES)
    echo = _across(_along(field, pulse)) / np.sqrt(2)
    uneven = _along(_across(rng.standard_normal((SAMPLES, BEAMS))), 6 * pulse).real
    shimmer = np.clip(1 + 0.22 * uneven, 0.45, 1.6)
    receiver = _NOISE * (1 + probe.depths / probe.depth)  # the gain rises with the depth, and the noise with it
    noise = receiver * (rng.standard_normal((SAMPLES, BEAMS)) + 1j * rng.standard_normal((SAMPLES, BEAMS)))
    envelope = np.abs(echo + surfaces * shimmer + noise)
    return np.asarray(np.clip(1 + 20 * np.log10(np.maximum(envelope, 1e-6)) / _RANGE_DB, 0, 1))


def shaded(levels: Array) -> Array:
    """As many shades as the eye tells apart."""
    return np.round(levels * _SHADES) / _SHADES


def _along(field: Array, width: float) -> Array:
    """Blurred along the beams, by a bell of so many samples."""
    cells = SAMPLES + _MARGIN  # or the skin would come round to the bottom
    spectrum = np.fft.fft(field, cells, axis=0) * _bell(cells, width)[:, None]
    return np.asarray(np.fft.ifft(spectrum, axis=0)[:SAMPLES])


def _across(field: Array) -> Array:
    """Blurred across the beams: narrow in the focus, wide away from it."""
    spectrum = np.fft.fft(field, axis=1)
    sharp, wide = (np.fft.ifft(spectrum * _bell(BEAMS, width), axis=1) for width in (1.1, 2.6))
    away = np.clip(np.abs(np.linspace(0, 1, SAMPLES) / _FOCUS - 1), 0, 1)[:, None]
    return np.asarray(sharp * (1 - away) + wide * away)


def _bell(cells: int, width: float) -> Array:
    """The spectrum of a bell of so many cells that leaves the mean power as it is."""
    spectrum = np.exp(-0.5 * (2 * np.pi * np.fft.fftfreq(cells) * width) ** 2)
    return np.asarray(spectrum / np.sqrt((spectrum**2).mean()))

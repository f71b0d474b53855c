"""The layers that look at the pixels, each held to its time, each failing closed."""

import threading
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Literal

from PIL import Image

from quizbot.deid.facts import INSTALL, Unavailable
from quizbot.deid.finding import Decision, Finding
from quizbot.deid.limits import LAYER_SECONDS

UNAVAILABLE = "unavailable"
"""The kind of a finding that says that a layer did not run for want of a library or model."""

Look = Callable[[], Iterable[Finding]]


def text(image: Image.Image, deny: frozenset[str], kind: str | None) -> tuple[Finding, ...]:
    """What is written in the pixels, bar codes too."""
    return guarded("text", lambda: _module("pixels").read(image, deny=deny, kind=kind))


def faces(image: Image.Image, *, photo: bool) -> tuple[Finding, ...]:
    """Faces, eyes, and whether it looks like a photograph."""
    return guarded("face", lambda: _module("faces").look(image, photo=photo))


def _module(name: Literal["pixels", "faces"]) -> ModuleType:
    """A layer, loaded when it is first needed: its libraries are slow to load, and of the extra."""
    if name == "pixels":
        from quizbot.deid import pixels  # noqa: PLC0415  # see above

        return pixels
    from quizbot.deid import faces  # noqa: PLC0415  # see above

    return faces


def guarded(layer: str, look: Look, seconds: float = LAYER_SECONDS) -> tuple[Finding, ...]:
    """A layer's findings; an exception, an overrun or a missing library is a refusal of its own.

    A layer that hangs is left behind in its thread, which ends with the process: there is no safe way to stop one.
    """
    found: list[tuple[Finding, ...]] = []
    thread = threading.Thread(target=lambda: found.append(_looked(layer, look)), name=f"deid-{layer}", daemon=True)
    thread.start()
    thread.join(seconds)
    if found:
        return found[0]
    what = "took too long" if thread.is_alive() else "failed"
    return (_refuse(layer, "failed", f"the layer {what}: try again, or use a smaller picture"),)


def _looked(layer: str, look: Look) -> tuple[Finding, ...]:
    try:
        return tuple(look())
    except Unavailable as missing:
        return (_refuse(layer, UNAVAILABLE, str(missing)),)
    except ImportError:
        return (_refuse(layer, UNAVAILABLE, f"what looks for this is not installed: {INSTALL}"),)
    except Exception:  # noqa: BLE001  # whatever it is, it did not look, so nothing may pass
        return (_refuse(layer, "failed", "the layer failed: try again, or use a smaller picture"),)


def _refuse(layer: str, kind: str, todo: str) -> Finding:
    return Finding(layer, kind, Decision.REFUSE, todo=todo)

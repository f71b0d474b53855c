"""The whole gate for one file: taken in, decoded, redacted, rebuilt, proved, and looked at by every layer.

The layers look at what the world would see: at the pixels of the rebuilt file. A JPEG's are slightly other than those
that were decoded, and a picture beyond X's size is smaller; nothing else could be signed for.
"""

import contextlib
import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PIL import Image

from quizbot.core.errors import QuizbotError
from quizbot.deid import layers
from quizbot.deid.codes import codes
from quizbot.deid.decode import Picture, decode
from quizbot.deid.denied import deny_list
from quizbot.deid.encode import MAX_POSTED_SIDE, Encoded, encode, has_own_head
from quizbot.deid.examination import Examination, Options, Output, Status
from quizbot.deid.facts import Unavailable
from quizbot.deid.finding import Box, Decision, Finding
from quizbot.deid.intake import DICOM, JPEG, Source, take
from quizbot.deid.known import drawn_digests, pixel_digest
from quizbot.deid.proof import NotBareError, check_bare
from quizbot.deid.redact import redact
from quizbot.deid.versions import layer_version
from quizbot.deid.vocabulary import is_clinical

VERSION = "2"
"""Of decoding, rebuilding and the rules in this module: another one asks for another sign-off."""

_DECODERS = ("pillow", "pydicom", "python-gdcm", "pylibjpeg-openjpeg", "pylibjpeg-rle")


def examine(path: Path, options: Options) -> Examination:
    """See ``quizbot.deid.examine``."""
    digest = ""
    try:
        source = take(path)
        digest = hashlib.sha256(source.data).hexdigest()
        return _examine(source, digest, options)
    except QuizbotError as refused:
        kind = layers.UNAVAILABLE if isinstance(refused, Unavailable) else "file"
        return _refused(kind, f"{refused.what}; {refused.todo}", digest)
    except Exception:  # noqa: BLE001  # an error of our own lets nothing pass, and says nothing of the file
        return _refused("failed", "could not be examined; try again, or export it again as PNG", digest)


def _refused(kind: str, why: str, source_digest: str) -> Examination:
    finding = Finding("file", kind, Decision.REFUSE, todo=why)
    return Examination(Status.REFUSED, (finding,), source_digest=source_digest, versions=dict(_decoders()))


def _examine(source: Source, source_digest: str, options: Options) -> Examination:
    decoded = decode(source, frame=options.frame, window=options.window)
    covered = redact(decoded.image, options.redact) if options.redact else decoded.image
    drawn = pixel_digest(covered) in drawn_digests()
    rebuilt = _kept(source, decoded, options) or encode(
        covered, source.where, lossless=source.kind is not JPEG, max_bytes=options.max_bytes
    )
    deny, looked_for = deny_list(decoded.words, is_clinical)
    seen = _seen(rebuilt.image, decoded.image.size, deny, options)
    findings = _asked(source, decoded) + (_by_models(seen) if drawn else seen)
    examined = Examination(
        status=_status(findings, drawn=drawn, photo=options.photo),
        findings=findings,
        picture=rebuilt.image,
        source_digest=source_digest,
        pixel_digest=pixel_digest(rebuilt.image),
        original_size=decoded.image.size,
        drawn=drawn,
        versions=_versions(),
        notes=(*decoded.notes, *looked_for, *_done(rebuilt, decoded.image.size, options), *_unseen(findings, seen)),
        codes=codes(text_read=_ran("text", seen), faces_looked_for=_ran("face", seen)),
        deny=deny,
    )
    return examined if examined.status is Status.REFUSED else _with_output(examined, rebuilt)


def _kept(source: Source, decoded: Picture, options: Options) -> Encoded | None:
    """A JPEG that is said to be this gate's, as it is: to compress it again would change what was looked at and signed.

    It has to be bare, to begin as every JPEG of this gate does, and to need its last byte: then all of it is picture.
    An original never stays as it is: damaged, its picture could still spell something.
    """
    image = decoded.image
    fits = len(source.data) <= options.max_bytes and max(image.size) <= MAX_POSTED_SIDE
    if (
        not options.rebuilt
        or options.redact
        or not fits
        or not decoded.whole
        or not has_own_head(source.data, image.size)
    ):
        return None
    try:
        check_bare(source.data, JPEG.mime)
    except NotBareError:
        return None
    return Encoded(source.data, JPEG.mime, image)


def _with_output(examined: Examination, rebuilt: Encoded) -> Examination:
    output = Output(rebuilt.data, rebuilt.mime, rebuilt.size)
    return replace(examined, output=output, digest=hashlib.sha256(rebuilt.data).hexdigest())


def _asked(source: Source, decoded: Picture) -> tuple[Finding, ...]:
    layer = "dicom" if source.kind is DICOM else "file"
    return tuple(Finding(layer, kind, Decision.HOLD, todo=todo) for kind, todo in decoded.asks)


def _seen(image: Image.Image, original: tuple[int, int], deny: frozenset[str], options: Options) -> tuple[Finding, ...]:
    found = layers.text(image, deny, options.kind) + layers.faces(image, photo=options.photo)
    if image.size == original:
        return found
    return tuple(replace(one, box=_scaled(one.box, image.size, original)) if one.box else one for one in found)


def _scaled(box: Box, now: tuple[int, int], original: tuple[int, int]) -> Box:
    """A box in the rebuilt picture as one in the original: never smaller than it was."""
    across, down = original[0] / now[0], original[1] / now[1]
    x0, y0, x1, y1 = box
    return int(x0 * across), int(y0 * down), -int(-x1 * across // 1), -int(-y1 * down // 1)


def _by_models(seen: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What the layers that are installed saw: a picture that the project drew passes without the others."""
    return tuple(one for one in seen if one.kind != layers.UNAVAILABLE)


def _unseen(findings: tuple[Finding, ...], seen: tuple[Finding, ...]) -> tuple[str, ...]:
    missing = [one.layer for one in seen if one.kind == layers.UNAVAILABLE and one not in findings]
    return (f"drawn by the project; not looked at for: {', '.join(missing)} (not installed)",) if missing else ()


def _status(findings: Iterable[Finding], *, drawn: bool, photo: bool) -> Status:
    """A picture that the project drew passes by machine, but what a layer refuses stays refused."""
    decisions = {one.decision for one in findings}
    if Decision.REFUSE in decisions:
        return Status.REFUSED
    held = Decision.HOLD in decisions or photo
    return Status.NEEDS_SIGNOFF if held and not drawn else Status.CLEAN


def _ran(layer: str, findings: Iterable[Finding]) -> bool:
    return not any(one.layer == layer and one.kind in (layers.UNAVAILABLE, "failed") for one in findings)


def _done(rebuilt: Encoded, original: tuple[int, int], options: Options) -> tuple[str, ...]:
    boxes = len(options.redact)
    smaller = f"scaled down from {original[0]} x {original[1]} to {rebuilt.size[0]} x {rebuilt.size[1]}"
    return (
        *((f"{boxes} boxes filled",) if boxes else ()),
        *((smaller,) if rebuilt.size != original else ()),
    )


def _versions() -> dict[str, str]:
    return _decoders() | {name: found for name in ("pixels", "faces") if (found := layer_version(name))}


@cache
def _decoders() -> dict[str, str]:
    """Never changed: it is read once."""
    versions = {"gate": VERSION}
    for package in _DECODERS:
        with contextlib.suppress(PackageNotFoundError):
            versions[package] = version(package)
    return versions

"""Reading the pictures and the clip of a case, so that a sign-off can be held against them."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from quizbot.core.case import Case, Image, Video
from quizbot.deid import MAX_POSTED_BYTES, clean
from quizbot.deid.bare import bare_picture, digest_of, mime_of
from quizbot.deid.facts import Refused
from quizbot.deid.gate import open_picture
from quizbot.deid.known import drawn_digests, pixel_digest
from quizbot.deid.record import SignedClip, SignedPicture
from quizbot.deid.subject import Subject, text_digest
from quizbot.deid.video.bare import bare_captions, bare_clip
from quizbot.deid.video.captions import MOST_BYTES as MOST_CAPTION_BYTES
from quizbot.deid.video.limits import MAX_POSTED_BYTES as MOST_CLIP_BYTES

MOST_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ClipFiles:
    """The files of a clip: the MP4, and the captions if it has any."""

    data: bytes
    captions: bytes | None = None


def subject_of(slug: str, case: Case, files: Sequence[bytes], clip: ClipFiles | None = None) -> Subject:
    """A case with the files of its pictures and of its clip, each as the gate wrote it.

    Raises:
        Refused: one of them is not as the gate writes files.
    """
    drawn = drawn_digests() if files else frozenset()
    pictures = tuple(_picture(image, data, drawn) for image, data in zip(case.images, files, strict=True))
    return _subject(slug, case, pictures, clip)


def _subject(slug: str, case: Case, pictures: tuple[SignedPicture, ...], clip: ClipFiles | None) -> Subject:
    if (case.video is None) != (clip is None):
        raise Refused(
            slug, "has a clip that its case does not name, or names one that is not there", "restore a backup"
        )
    signed = signed_clip(case.video, clip) if case.video and clip else None
    return Subject(slug, text_digest(case), case.author, case.consent, case.consent_ref, pictures, signed)


def subject_in(slug: str, case: Case, folder: Path) -> Subject:
    """A case with the pictures and the clip that stand in its folder now.

    Raises:
        Refused: one of them cannot be read, or neither did the project draw it nor is it as the gate writes files.
    """
    pictures = tuple(_in_folder(image, folder / image.file) for image in case.images)
    return _subject(slug, case, pictures, clip_files(case.video, folder) if case.video else None)


def clip_files(video: Video, folder: Path) -> ClipFiles:
    """The files of a clip in a case folder, as they are.

    Raises:
        Refused: one of them cannot be read, or is too large.
    """
    data = read_file(folder / video.file, MOST_CLIP_BYTES, todo="run `quizbot deid` on the original clip")
    captions = read_file(folder / video.captions, MOST_CAPTION_BYTES, todo="shorten it") if video.captions else None
    return ClipFiles(data, captions)


def signed_clip(video: Video, files: ClipFiles) -> SignedClip:
    """What is signed of a clip. ffmpeg is not asked: the same bytes are the same frames.

    Raises:
        Refused: its files are not as the gate writes them, or captions are missing.
    """
    bare = bare_clip(files.data, video.file)
    if (video.captions is None) != (files.captions is None):
        raise Refused(video.file, "has not the captions that its case names", "restore a backup")
    captions = "" if files.captions is None else digest_of(bare_captions(files.captions, video.captions or ""))
    return SignedClip(data=digest_of(files.data), captions=captions, origin=video.origin, sound=bare.sound)


def picture_file(path: Path) -> bytes:
    """The bytes of a picture as they would be posted: those of its file, or of one that the project drew, rebuilt.

    Raises:
        Refused: it cannot be read, or neither did the project draw it nor is it as the gate writes files.
    """
    data, pixels = _known_pixels(path)
    return clean(path).data if pixels in drawn_digests() else data


def _in_folder(image: Image, path: Path) -> SignedPicture:
    data, pixels = _known_pixels(path)
    return _signed(image, data, pixels, drawn=pixels in drawn_digests())


def _known_pixels(path: Path) -> tuple[bytes, str]:
    """A file and the digest of its pixels, if it is as the gate writes files or a drawn picture in any other form."""
    data = read_file(path)
    try:
        pixels = pixel_digest(bare_picture(data, mime_of(data), str(path)))
    except Refused:
        pixels = pixel_digest(open_picture(path))
        if pixels not in drawn_digests():
            raise _not_output(path) from None
    if len(data) > MAX_POSTED_BYTES and pixels not in drawn_digests():
        raise _not_output(path)
    return data, pixels


def _not_output(path: Path) -> Refused:
    todo = f"run `quizbot deid ORIGINAL -o {path.parent}`, keep the original elsewhere, and name the output in the case"
    return Refused(str(path), f'"{path.name}" is no output of the privacy gate', todo)


def read_file(path: Path, most: int = MOST_BYTES, todo: str = "scale it down") -> bytes:
    """A regular file's bytes; follows no link and waits for no pipe.

    Raises:
        Refused: it is none, cannot be read, or is larger than ``most``.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        reason = error.strerror or "unreadable"
        raise Refused(str(path), f"cannot be read ({reason})", "check its name and permissions") from error
    if len(data) > most:
        size = f"{most // 2**20} MB" if most >= 2**20 else f"{most // 2**10} kB"
        raise Refused(str(path), f"is larger than {size}", todo)
    return data


def _picture(image: Image, data: bytes, drawn: frozenset[str]) -> SignedPicture:
    pixels = pixel_digest(bare_picture(data, mime_of(data), image.file))
    return _signed(image, data, pixels, drawn=pixels in drawn)


def _signed(image: Image, data: bytes, pixels: str, *, drawn: bool) -> SignedPicture:
    digest = "" if drawn else digest_of(data)
    return SignedPicture(pixels=pixels, data=digest, origin=image.origin, photo=image.photo, drawn=drawn)

"""ffmpeg at work: what a clip holds, its frames as bare pixels, its sound as samples, and a new clip made of these."""

import json
import subprocess
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from PIL import Image

from quizbot.deid.facts import Refused
from quizbot.deid.video.confined import command, environment
from quizbot.deid.video.kinds import Kind
from quizbot.deid.video.limits import (
    FRAMES_A_SECOND,
    LEAST_SIDE,
    LONG_SIDE,
    MOST_BITS_A_SECOND,
    MOST_SECONDS,
    MOST_SOUND_BYTES,
    SHORT_SIDE,
    SOUND_BITS_A_SECOND,
    SOUND_RATE,
    WALL_SECONDS,
)

_QUIET = ("-v", "error")
# A file may name other files and addresses; only itself is opened.
_ALONE = ("-protocol_whitelist", "file,pipe")
_PICTURES = (
    "-map", "0:v", "-c:v", "libx264", "-preset", "medium", "-crf", "20", "-profile:v", "high", "-pix_fmt", "yuv420p",
    "-maxrate", str(MOST_BITS_A_SECOND), "-bufsize", str(2 * MOST_BITS_A_SECOND), "-flags:v", "+bitexact",
)  # fmt: skip
_SAMPLES = ("-f", "s16le", "-ar", str(SOUND_RATE), "-ac", "1")
# Silence fills up what the sound is shorter than the pictures; what it is longer is cut.
_SOUND = (
    "-map", "1:a", "-c:a", "aac", "-b:a", str(SOUND_BITS_A_SECOND), "-flags:a", "+bitexact", "-af", "apad", "-shortest",
)  # fmt: skip
_FILE = (
    "-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn", "-fflags", "+bitexact",
    # The encoder's own note about its settings goes, and so does every other message inside the pictures' data.
    "-bsf:v", "filter_units=remove_types=6",
    "-movflags", "+faststart", "-f", "mp4",
)  # fmt: skip
_DAMAGED = ("is damaged, or of a kind that cannot be decoded", "export it as MP4 (H.264)")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a clip says of itself: its picture's size in pixels as shown, its length in seconds, its other tracks."""

    width: int
    height: int
    seconds: float
    others: tuple[str, ...]


def probe(path: Path, kind: Kind) -> Facts:
    """What a clip holds.

    Raises:
        Refused: it has no picture track, or is damaged.
    """
    asked = (*_QUIET, *_ALONE, "-f", kind.reader, "-of", "json", "-show_streams", "-show_format", str(path))
    words = command("ffprobe", asked)
    try:
        done = subprocess.run(words, env=environment(), capture_output=True, timeout=60, check=False)  # noqa: S603  # no shell
        return _facts(json.loads(done.stdout))
    except (ValueError, KeyError, TypeError, AttributeError, subprocess.TimeoutExpired) as error:
        raise Refused(str(path), *_DAMAGED) from error


def _facts(told: Any) -> Facts:  # noqa: ANN401  # JSON, whose every surprise is caught above
    streams: list[dict[str, Any]] = told["streams"]
    pictures = [one for one in streams if one["codec_type"] == "video" and not _is_cover(one)]
    first = pictures[0] if pictures else {}
    seconds = float(told["format"].get("duration", 0))  # a lie is found when the frames are counted
    others = [str(one["codec_type"]) for one in streams if one is not first]
    return Facts(*_as_shown(first), seconds, tuple(others))


def _as_shown(stream: dict[str, Any]) -> tuple[int, int]:
    """Width and height as a player shows them: pixels need not be square, and a phone's clips lie on their side."""
    across, _, down = str(stream.get("sample_aspect_ratio", "1:1")).partition(":")
    share = int(across) / int(down) if int(across) and int(down) else 1.0
    width, height = round(int(stream["width"]) * share), int(stream["height"])
    turned = sum(int(one.get("rotation", 0)) for one in stream.get("side_data_list", ())) % 180
    return (height, width) if turned else (width, height)


def _is_cover(stream: dict[str, Any]) -> bool:
    return bool(stream.get("disposition", {}).get("attached_pic"))


def posted_size(width: int, height: int) -> tuple[int, int]:
    """The size in which a clip goes out: within X's bounds, both sides even as H.264 wants them; never larger."""
    bounds = (LONG_SIDE, SHORT_SIDE) if width >= height else (SHORT_SIDE, LONG_SIDE)
    share = min(1.0, bounds[0] / width, bounds[1] / height)
    return max(LEAST_SIDE, int(width * share) // 2 * 2), max(LEAST_SIDE, int(height * share) // 2 * 2)


@contextmanager
def decoded(path: Path, reader: str, size: tuple[int, int], *, grey: bool = False) -> Iterator[Iterator[Image.Image]]:
    """The frames of a clip's first picture track, upright, thirty a second, each of ``size``; longer ones end early.

    Raises:
        Refused: ffmpeg fails before the end.
    """
    fit = f"fps={FRAMES_A_SECOND},scale={size[0]}:{size[1]}:flags=area,setsar=1"
    pixels = "gray" if grey else "rgb24"
    arguments = (
        *_QUIET, "-nostdin", *_ALONE, "-f", reader, "-i", f"file:{path}", "-map", "0:v:0", "-an", "-sn", "-dn",
        "-vf", fit, "-t", str(MOST_SECONDS + 1), "-pix_fmt", pixels, "-f", "rawvideo", "pipe:1",
    )  # fmt: skip
    with _running("ffmpeg", arguments, stdin=subprocess.DEVNULL) as process:
        assert process.stdout is not None  # noqa: S101  # it is a pipe
        yield _frames(process, process.stdout, size, "L" if grey else "RGB")


def _frames(
    process: "subprocess.Popen[bytes]", pipe: IO[bytes], size: tuple[int, int], mode: str
) -> Iterator[Image.Image]:
    length = size[0] * size[1] * len(mode)
    while len(data := pipe.read(length)) == length:
        yield Image.frombytes(mode, size, data)
    if data or process.wait(WALL_SECONDS) != 0:
        raise Refused("", *_DAMAGED)


def sound_of(path: Path, reader: str, into: Path) -> None:
    """Write the first track of sound as bare samples of one channel.

    Raises:
        Refused: there is none, or ffmpeg fails before its end.
    """
    arguments = (
        *_QUIET, "-nostdin", *_ALONE, "-f", reader, "-i", f"file:{path}", "-map", "0:a:0", "-vn", "-sn", "-dn",
        "-t", str(MOST_SECONDS + 1), *_SAMPLES, "pipe:1",
    )  # fmt: skip
    with _running("ffmpeg", arguments, stdin=subprocess.DEVNULL) as process:
        assert process.stdout is not None  # noqa: S101  # it is a pipe
        data = process.stdout.read(MOST_SOUND_BYTES + 1)
        if not data or len(data) > MOST_SOUND_BYTES or process.wait(WALL_SECONDS) != 0:
            raise Refused("", "has no sound that can be decoded", "leave --narration out, or export it as MP4 (AAC)")
    into.write_bytes(data)


def encoded(frames: Iterable[Image.Image], size: tuple[int, int], into: Path, sound: Path | None = None) -> None:
    """Write a new MP4 of frames, and of samples of sound if there are any, with nothing in it but these.

    Args:
        frames: each of ``size``, RGB.
        size: width and height in pixels.
        into: the new file; everything that is read or written lies in its folder.
        sound: bare samples, as ``sound_of`` writes them.

    Raises:
        Refused: ffmpeg fails.
    """
    heard = (*_SAMPLES, "-i", f"file:{sound}") if sound else ()
    arguments = (
        *_QUIET, "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size[0]}x{size[1]}", "-r", str(FRAMES_A_SECOND),
        "-i", "pipe:0", *heard, *_PICTURES, *(_SOUND if sound else ("-an",)), *_FILE, "-y", str(into),
    )  # fmt: skip
    with _running("ffmpeg", arguments, stdin=subprocess.PIPE, folder=into.parent) as process:
        assert process.stdin is not None  # noqa: S101  # it is a pipe
        with suppress(BrokenPipeError):  # its exit code says what was wrong
            for frame in frames:
                process.stdin.write(frame.tobytes())
            process.stdin.close()
        if process.wait(WALL_SECONDS) != 0:
            raise Refused("", "could not be encoded anew", "install ffmpeg with libx264, or cut it shorter")


@contextmanager
def _running(
    program: str, arguments: Iterable[str], *, stdin: int, folder: Path | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """A closed-in program that ends with this block; a timer ends one that hangs."""
    process = subprocess.Popen(  # noqa: S603  # our own command line, no shell
        command(program, list(arguments), into=folder),
        env=environment(),
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    timer = threading.Timer(WALL_SECONDS, process.kill)
    timer.daemon = True
    timer.start()
    try:
        yield process
    finally:
        timer.cancel()
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

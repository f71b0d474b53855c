"""The gate's end of the decoding process: one server of each kind, started when first needed, one file at a time."""

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from quizbot.deid.child.wire import ANSWER, ENDED, READY, TELL
from quizbot.deid.limits import MAX_FACTS_BYTES, START_SECONDS, WALL_SECONDS, fits

_START = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[2]); "
    "from quizbot.deid.child.server import main; main(sys.argv[1])"
)
_GRACE = 10  # seconds in which the server reports a fork it had to end


class LostError(Exception):
    """The decoding process could not be started, did not answer in time, or did not keep to the protocol."""


class MissingError(Exception):
    """The decoding process has not all it needs installed."""


@dataclass(frozen=True, slots=True)
class Told:
    """What came back for one file.

    Attributes:
        size: width and height in pixels; 0, 0 for a refusal, and where nothing was said.
        facts: JSON, not yet looked into; empty where nothing was said.
        pixels: RGB, row by row, as many as the size says.
        code: the process's exit code; below 0 a signal's number.
        peak: the most memory it held, in bytes.
    """

    size: tuple[int, int]
    facts: bytes
    pixels: bytes
    code: int
    peak: int


class Warm:
    """A server process for one kind of file.

    Args:
        kind: ``raster`` or ``dicom``.
    """

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def ask(self, request: Iterable[bytes]) -> Told:
        """Have one file decoded.

        Raises:
            LostError: there is no answer that could be trusted to be whole.
            MissingError: a library is not installed.
        """
        with self._lock:
            try:
                return self._ask(self._running(), request)
            except (OSError, EOFError, LostError, MissingError) as error:
                self._end()
                if isinstance(error, MissingError):
                    raise
                raise LostError(str(error)) from error

    def end(self) -> None:
        """End the process; the next file starts another."""
        with self._lock:
            self._end()

    def _running(self) -> socket.socket:
        if self._process is not None and self._process.poll() is not None:
            self._end()
        return self._control or self._start()

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        self._control = ours
        with theirs:
            self._process = _spawn(self._kind, theirs)
        ours.settimeout(START_SECONDS)
        said = ours.recv(1)
        if not said:
            raise LostError("it did not start")
        if said != READY:
            raise MissingError
        return ours

    def _ask(self, control: socket.socket, request: Iterable[bytes]) -> Told:
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                socket.send_fds(control, [b"."], [theirs.fileno()])
            size, facts, pixels = _talk(ours, request)
        control.settimeout(_GRACE)
        code, peak = ENDED.unpack(_exactly(control, ENDED.size))
        return Told(size, facts, pixels, code, peak)

    def _end(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._control = self._process = None


def _spawn(kind: str, control: socket.socket) -> subprocess.Popen[bytes]:
    """Nothing is inherited: no environment, no descriptor but the one, no folder, no terminal."""
    if not sys.executable:
        raise LostError("there is no Python interpreter to run it")
    path = json.dumps([str(Path(entry).resolve()) for entry in sys.path if entry])
    command = [sys.executable, "-I", "-S", "-c", _START, kind, path]
    return subprocess.Popen(  # noqa: S603  # our own words
        command,
        stdin=control.fileno(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        close_fds=True,
        start_new_session=True,
    )


def _talk(line: socket.socket, request: Iterable[bytes]) -> tuple[tuple[int, int], bytes, bytes]:
    """Say the request and hear the answer; an answer that breaks off is none."""
    until = time.monotonic() + WALL_SECONDS + _GRACE
    try:
        for piece in request:
            line.settimeout(_left(until))
            line.sendall(piece)
        return _hear(line, until)
    except (BrokenPipeError, ConnectionResetError, EOFError):
        return (0, 0), b"", b""


def _hear(line: socket.socket, until: float) -> tuple[tuple[int, int], bytes, bytes]:
    magic, width, height, facts, pixels = ANSWER.unpack(_exactly(line, ANSWER.size, until))
    whole = (width, height) == (0, 0) or fits(width, height)
    if magic != TELL or not whole or facts > MAX_FACTS_BYTES or pixels != width * height * 3:
        raise LostError("its answer is none")
    told = (width, height), bytes(_exactly(line, facts, until)), bytes(_exactly(line, pixels, until))
    line.settimeout(_left(until))
    if line.recv(1):
        raise LostError("its answer does not end")
    return told


def _exactly(line: socket.socket, size: int, until: float | None = None) -> bytearray:
    """As many bytes; EOFError if there are fewer."""
    data = bytearray(size)
    view, got = memoryview(data), 0
    while got < size:
        if until is not None:
            line.settimeout(_left(until))
        more = line.recv_into(view[got:])
        if not more:
            raise EOFError
        got += more
    return data


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise LostError("it did not answer in time")
    return left


def warm(kind: str) -> Warm:
    """This process's server for a kind of file. A fork of this process gets one of its own."""
    return _warm(kind, os.getpid())


@cache
def _warm(kind: str, process: int) -> Warm:
    server = Warm(kind)
    atexit.register(_end_in, process, server)
    return server


def _end_in(process: int, server: Warm) -> None:
    if os.getpid() == process:
        server.end()

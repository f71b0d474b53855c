"""Work for the decoding child that does what the bytes it is given say: the tests send it out of bounds."""

import errno
import os
import signal
import socket
import struct
import time
from collections.abc import Callable
from pathlib import Path

from quizbot.deid.child.wire import Answer, Request


def prepare() -> None:
    """Nothing to load."""


def answer(request: Request) -> Answer:
    what, _, argument = request.data.decode().partition(" ")
    return _DOES[what](argument)


def _said(*notes: str) -> Answer:
    return Answer((1, 1), b"rgb", {"notes": list(notes)})


def _tried(escapes: dict[str, Callable[[], object]]) -> Answer:
    return _said(*(f"{name}: {_outcome(escape)}" for name, escape in escapes.items()))


def _outcome(escape: Callable[[], object]) -> str:
    try:
        escape()
    except PermissionError:
        return "denied"
    except Exception as error:  # noqa: BLE001  # whichever it is, its name is the answer
        return type(error).__name__
    return "done"


def _escape(path: str) -> Answer:
    return _tried(
        {
            "inet": lambda: socket.socket(socket.AF_INET),
            "inet6": lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM),
            "unix": lambda: socket.socket(socket.AF_UNIX),
            "pair": socket.socketpair,
            "read": lambda: os.open(path, os.O_RDONLY),
            "write": lambda: os.open(path + ".new", os.O_CREAT | os.O_WRONLY),
            "delete": Path(path).unlink,
            "rename": lambda: Path(path).rename(path + ".new"),
            "list": lambda: list(Path("/").iterdir()),
            "fork": os.fork,
            "exec": lambda: os.execv("/bin/true", ["true"]),  # noqa: S606  # to see it denied
            "kill": lambda: os.kill(os.getppid(), signal.SIGTERM),
            "chdir": lambda: os.chdir("/"),
            "setuid": lambda: os.setuid(0),
            "pipe": os.pipe,
        }
    )


def _inherited(_: str) -> Answer:
    open_ones = [str(handle) for handle in range(64) if _is_open(handle)]
    return _said(",".join(open_ones), ",".join(sorted(os.environ)), str(os.environ.get("CANARY")))


def _memory(_: str) -> Answer:
    kept = bytearray()
    while True:
        kept += bytes(64 << 20)


def _spin(_: str) -> Answer:
    while True:
        pass


def _sleep(_: str) -> Answer:
    time.sleep(600)
    return _said()


def _crash(_: str) -> Answer:
    os.kill(os.getpid(), signal.SIGSEGV)
    return _said()


def _abort(_: str) -> Answer:
    os.abort()


def _lie(_: str) -> Answer:
    return Answer((4000, 4000), b"rgb", {})


def _raw(text: str) -> Answer:
    """Whatever bytes, in place of an answer, on the only descriptor there is."""
    os.write(_line(), bytes.fromhex(text))
    os._exit(0)


def _line() -> int:
    return next(handle for handle in range(3, 64) if _is_open(handle))


def _is_open(handle: int) -> bool:
    try:
        os.lseek(handle, 0, os.SEEK_CUR)
    except OSError as error:
        return error.errno != errno.EBADF
    return True


def _huge(_: str) -> Answer:
    os.write(_line(), struct.pack(">4sIIIQ", b"QBt1", 20_000, 20_000, 10, 20_000 * 20_000 * 3))
    os._exit(0)


def _facts(text: str) -> Answer:
    facts: dict[str, object] = {"notes": ["\x1b[31mred\nline " + "x" * 999]} if text == "ugly" else {text: 1}
    return Answer((1, 1), b"rgb", facts)


_DOES: dict[str, Callable[[str], Answer]] = {
    "escape": _escape,
    "inherited": _inherited,
    "memory": _memory,
    "spin": _spin,
    "sleep": _sleep,
    "crash": _crash,
    "abort": _abort,
    "lie": _lie,
    "raw": _raw,
    "huge": _huge,
    "facts": _facts,
}

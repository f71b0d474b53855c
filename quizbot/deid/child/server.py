"""The process that waits with the decoders loaded, and forks for every file.

It is started with nothing inherited but one socket, as standard input. Over it come the ends of other sockets, one a
file; the fork speaks on its own, and here it is only waited for. This process never touches a file's bytes.
"""

import gc
import importlib
import os
import resource
import signal
import socket
import time
from typing import cast

from quizbot.deid.child import jail, seccomp, wire
from quizbot.deid.child.wire import ENDED, FAILED, MISSING, READY, UNJAILED
from quizbot.deid.child.work import Work
from quizbot.deid.limits import WALL_SECONDS

_WORK = {"raster": "quizbot.deid.child.raster", "dicom": "quizbot.deid.dicom"}


def main(kind: str) -> None:
    """Serve until the gate hangs up; ``kind`` is ``raster`` or ``dicom``."""
    control = socket.socket(fileno=os.dup(0))
    os.dup2(1, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    try:
        work = cast("Work", importlib.import_module(_WORK[kind]))
        work.prepare()
    except ImportError:
        control.sendall(MISSING)
        return
    gc.collect()
    gc.freeze()
    control.sendall(READY)
    while True:
        _, handles, _, _ = socket.recv_fds(control, 1, 1)
        if not handles:
            return
        control.sendall(ENDED.pack(*_decode_in_fork(work, control, handles[0])))


def _decode_in_fork(work: Work, control: socket.socket, handle: int) -> tuple[int, int]:
    child = os.fork()
    if child == 0:
        control.close()
        os._exit(_serve(work, handle))
    os.close(handle)
    return _wait(child)


def _serve(work: Work, handle: int) -> int:
    """One file, in the fork; gives the exit code."""
    try:
        jail.enter()
    except (seccomp.NoFilterError, OSError, ValueError):
        return UNJAILED
    try:
        request = wire.read_request(handle)
        wire.write_answer(handle, work.answer(request))
    except BaseException:  # noqa: BLE001  # whatever it is, the exit code says so and nothing of it gets out
        return FAILED
    return 0


def _wait(child: int) -> tuple[int, int]:
    """Wait for a fork, and end it when its time is over."""
    until = time.monotonic() + WALL_SECONDS
    while (left := until - time.monotonic()) > 0:
        done, status, usage = os.wait4(child, os.WNOHANG)
        if done:
            return _ended(status, usage)
        signal.sigtimedwait({signal.SIGCHLD}, left)
    os.kill(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    return _ended(status, usage)


def _ended(status: int, usage: resource.struct_rusage) -> tuple[int, int]:
    return os.waitstatus_to_exitcode(status), usage.ru_maxrss * 1024

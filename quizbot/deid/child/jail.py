"""Where the decoding child closes itself in, before it reads the first byte of a stranger's file."""

import ctypes
import os
import resource
import signal
import socket
from collections.abc import Mapping

from quizbot.deid.child import seccomp
from quizbot.deid.limits import CPU_SECONDS, MEMORY_BYTES

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4


def enter() -> None:
    """No network, no files, no new processes, bounded memory and time, from here to the end of this process.

    Raises:
        NoFilterError: this system cannot do it; then nothing may be decoded.
    """
    if not seccomp.supported():
        raise seccomp.NoFilterError("only Linux on x86-64 or ARM64 can close the decoder in")
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    bound(
        {
            resource.RLIMIT_AS: MEMORY_BYTES,
            resource.RLIMIT_CPU: CPU_SECONDS,
            resource.RLIMIT_CORE: 0,
            resource.RLIMIT_FSIZE: 0,
            resource.RLIMIT_NOFILE: 0,
        }
    )
    seccomp.load(seccomp.program(os.uname().machine))
    _prove()


def bound(limits: Mapping[int, int]) -> None:
    """Lower the process's limits (``resource.RLIMIT_…``), soft and hard; none is raised."""
    for which, most in limits.items():
        _, hard = resource.getrlimit(which)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (least, least))


def _prove() -> None:
    """What was forbidden is tried: a filter that the kernel took and does not keep would be found here."""
    for escape in (_connect, _fork, _open):
        try:
            escape()
        except PermissionError:
            continue
        raise seccomp.NoFilterError("the filter of system calls does not hold")


def _connect() -> None:
    socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def _open() -> None:
    os.close(os.open("/", os.O_RDONLY))

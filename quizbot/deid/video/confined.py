"""Runs ffmpeg closed in: without network, without writing files, with bounded memory and time.

``python -m quizbot.deid.video.confined PROGRAM …`` sets the limits and a filter of system calls, then becomes the
program. ffmpeg is a large program that reads strangers' bytes; the filter outlives its being broken into. Unlike the
child that decodes pictures it has to start threads, load libraries and read its input, so this filter names what is
forbidden: every way to a network, to other processes' memory, and to the kernel's newer doors (io_uring makes sockets,
too). What reads a stranger's file writes none: the limit for a file's size is 0, and frames leave by a pipe. The
encoder, which is given nothing but bare pixels, may write its result: an MP4's head can only be written at the end.
"""

import ctypes
import errno
import os
import resource
import shutil
import signal
import struct
import sys
from collections.abc import Sequence
from pathlib import Path

from quizbot.deid.child import seccomp
from quizbot.deid.facts import Refused
from quizbot.deid.video.limits import CPU_SECONDS, MEMORY_BYTES

_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_JMP|JGE|K, BPF_RET|K
_ALLOW, _DENY, _KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000
_X32 = 0x40000000  # numbers from here on are x86-64's second set of the same calls
_PR_SET_PDEATHSIG = 1
_UNCLOSED = 97  # exit code: could not be closed in, so nothing was run

# socket, connect, bind, listen, accept, socketpair, ptrace, process_vm_readv and _writev, open_by_handle_at, bpf,
# userfaultfd, io_uring_setup, mount: the kernel's tables, as in ``quizbot.deid.child.seccomp``.
_FORBIDDEN = {
    "x86_64": (0xC000003E, (41, 42, 49, 50, 43, 53, 101, 310, 311, 304, 321, 323, 425, 165)),
    "aarch64": (0xC00000B7, (198, 203, 200, 201, 202, 199, 117, 270, 271, 265, 280, 282, 425, 40)),
}


def command(program: str, arguments: Sequence[str], *, most_written: int = 0) -> list[str]:
    """The command line that runs one of ffmpeg's programs closed in; it may write files of ``most_written`` bytes.

    Raises:
        Refused: it is not installed, or cannot be closed in here.
    """
    path = shutil.which(program)
    if path is None:
        what = "is a clip, and ffmpeg, which rebuilds those, is not installed"
        raise Refused("", what, "install it (Debian: apt-get install ffmpeg), or use a still picture")
    if not seccomp.supported():
        raise Refused("", "is a clip, which cannot be decoded safely on this system", "use Linux on x86-64 or ARM64")
    return [sys.executable, "-m", "quizbot.deid.video.confined", str(most_written), path, *arguments]


def environment() -> dict[str, str]:
    """What the program sees of the environment: where things are, and no setting or secret."""
    return {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH") if name in os.environ}


def _filter(machine: str) -> bytes:
    audit, forbidden = _FORBIDDEN[machine]
    steps = [(_LOAD, 4, 0, 0), (_EQUAL, audit, 1, 0), (_RETURN, _KILL, 0, 0), (_LOAD, 0, 0, 0)]
    steps.append((_AT_LEAST, _X32, len(forbidden) + 1, 0))
    steps += [(_EQUAL, number, len(forbidden) - i, 0) for i, number in enumerate(forbidden)]
    steps += [(_RETURN, _ALLOW, 0, 0), (_RETURN, _DENY, 0, 0)]
    return b"".join(struct.pack("=HBBI", code, yes, no, value) for code, value, yes, no in steps)


def _limit(most_written: int) -> None:
    limits = {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: most_written,
    }
    for which, most in limits.items():
        _, hard = resource.getrlimit(which)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (bound, bound))


def main(words: Sequence[str]) -> int:
    """Close this process in and become the program."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        _limit(int(words[0]))
        seccomp.load(_filter(os.uname().machine))
    except (seccomp.NoFilterError, KeyError, OSError, ValueError):
        return _UNCLOSED
    return os.execv(words[1], [Path(words[1]).name, *words[2:]])  # noqa: S606  # no shell; this is what the module is for


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

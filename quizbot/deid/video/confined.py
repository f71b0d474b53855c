"""Runs ffmpeg closed in: without network, without changing files or other processes, with bounded memory and time.

``python -m quizbot.deid.video.confined FOLDER PROGRAM …`` sets the limits, enters a Landlock domain and loads a filter
of system calls, then becomes the program. ffmpeg is a large program that reads strangers' bytes; what closes it in
outlives its being broken into. Unlike the child that decodes pictures it has to start threads, load libraries and read
its input, so the filter names what is forbidden: every way to a network, to other processes' memory, and to the
kernel's newer doors (io_uring makes sockets, too). It can still read what this user can read; it has no way to tell it
but by the frames. What reads a stranger's file changes none: the domain has no folder to write in, and frames leave by
a pipe. The encoder, which is given nothing but bare pixels, may write its result, in its own folder: an MP4's head can
only be written at the end.
"""

import ctypes
import os
import resource
import shutil
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from quizbot.deid.child import landlock, seccomp
from quizbot.deid.child.jail import bound
from quizbot.deid.facts import Refused
from quizbot.deid.video.limits import CPU_SECONDS, MAX_POSTED_BYTES, MEMORY_BYTES

_PR_SET_PDEATHSIG = 1
_UNCLOSED = 97  # exit code: could not be closed in, so nothing was run

# socket, connect, bind, listen, accept, socketpair, ptrace, process_vm_readv and _writev, open_by_handle_at, bpf,
# userfaultfd, io_uring_setup, mount, pidfd_getfd: the kernel's tables, as in ``quizbot.deid.child.seccomp``.
_FORBIDDEN = {
    "x86_64": (41, 42, 49, 50, 43, 53, 101, 310, 311, 304, 321, 323, 425, 165, 438),
    "aarch64": (198, 203, 200, 201, 202, 199, 117, 270, 271, 265, 280, 282, 425, 40, 438),
}
_NOWHERE = "-"


def command(program: str, arguments: Sequence[str], *, into: Path | None = None) -> list[str]:
    """The command line that runs one of ffmpeg's programs closed in; it may write files into a folder, or none.

    Raises:
        Refused: it is not installed, or cannot be closed in here.
    """
    path = shutil.which(program)
    if path is None:
        what = "is a clip, and ffmpeg, which rebuilds those, is not installed"
        raise Refused("", what, "install it (Debian: apt-get install ffmpeg), or use a still picture")
    if not (seccomp.supported() and landlock.supported()):
        what = "is a clip, which cannot be decoded safely on this system"
        raise Refused("", what, "use Linux 5.13 or later, with Landlock, on x86-64 or ARM64")
    folder = str(into.resolve()) if into else _NOWHERE
    # -P: no module is taken from the folder that a clip lies in.
    return [sys.executable, "-P", "-m", "quizbot.deid.video.confined", folder, path, *arguments]


def environment() -> dict[str, str]:
    """What the program sees of the environment: where things are, and no setting or secret."""
    return {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH") if name in os.environ}


def main(words: Sequence[str]) -> int:
    """Close this process in and become the program."""
    machine, into = os.uname().machine, None if words[0] == _NOWHERE else Path(words[0])
    limits = {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: MAX_POSTED_BYTES if into else 0,
    }
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        bound(limits)
        landlock.enter(into)
        seccomp.load(seccomp.denying(machine, _FORBIDDEN[machine]))
    except (seccomp.NoFilterError, KeyError, OSError, ValueError):
        return _UNCLOSED
    return os.execv(words[1], [Path(words[1]).name, *words[2:]])  # noqa: S606  # no shell; this is what the module is for


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

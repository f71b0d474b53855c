"""A domain in which a process changes no file but those of one folder, and no other process.

Linux, Documentation/userspace-api/landlock.rst; the numbers and bits are those of include/uapi/linux/landlock.h, the
same on every machine. What is open already stays open. Reading and running are left as they are: a program has to load
its libraries. A process in a domain can neither trace one outside of it nor write into its memory through ``/proc``.
"""

import ctypes
import os
import struct
import sys
from pathlib import Path

from quizbot.deid.child.seccomp import NoFilterError

_CREATE, _ADD, _ENTER = 444, 445, 446  # landlock_create_ruleset, landlock_add_rule, landlock_restrict_self
_ASK_VERSION, _PATH_BENEATH = 1, 1
_PR_SET_NO_NEW_PRIVS = 38
_WRITE, _REMOVE_DIR, _REMOVE, _MAKE_CHAR, _MAKE_DIR, _MAKE_FILE = 1 << 1, 1 << 4, 1 << 5, 1 << 6, 1 << 7, 1 << 8
_MAKE_OTHERS = 0b1111 << 9  # sockets, pipes, block devices, links
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_CHANGES = _WRITE | _REMOVE_DIR | _REMOVE | _MAKE_CHAR | _MAKE_DIR | _MAKE_FILE | _MAKE_OTHERS
_SINCE = {2: _REFER, 3: _TRUNCATE}  # by the version of the interface that brought them
_SCOPES_SINCE, _SCOPES = 6, 0b11  # abstract sockets and signals stay inside, too


def supported() -> bool:
    """Whether this kernel has Landlock (Linux 5.13 and later, where it is not switched off)."""
    return sys.platform == "linux" and _version(ctypes.CDLL(None)) > 0


def _version(libc: ctypes.CDLL) -> int:
    return int(libc.syscall(_CREATE, None, ctypes.c_size_t(0), _ASK_VERSION))


def enter(writable: Path | None = None) -> None:
    """Enter a domain, for good; only files in ``writable`` may be made and written.

    Raises:
        NoFilterError: the kernel has none, or does not take it.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    version = _version(libc)
    if version < 1:
        raise NoFilterError("the kernel has no Landlock")
    handled = _CHANGES | sum(bit for since, bit in _SINCE.items() if version >= since)
    wanted = struct.pack("=QQQ", handled, 0, _SCOPES) if version >= _SCOPES_SINCE else struct.pack("=Q", handled)
    rules = _checked(libc.syscall(_CREATE, wanted, ctypes.c_size_t(len(wanted)), 0))
    try:
        if writable is not None:
            _allow(libc, rules, writable, handled & (_WRITE | _REMOVE | _MAKE_FILE | _TRUNCATE))
        _checked(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        _checked(libc.syscall(_ENTER, rules, 0))
    finally:
        os.close(rules)


def _allow(libc: ctypes.CDLL, rules: int, folder: Path, access: int) -> None:
    opened = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _checked(libc.syscall(_ADD, rules, _PATH_BENEATH, struct.pack("=Qi", access, opened), 0))
    finally:
        os.close(opened)


def _checked(result: int) -> int:
    if result < 0:
        raise NoFilterError(f"the kernel takes no Landlock domain ({os.strerror(ctypes.get_errno())})")
    return result

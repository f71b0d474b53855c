"""A filter of system calls that leaves a process nothing but to think, to read and write what is open, and to end.

Linux, Documentation/userspace-api/seccomp_filter; the numbers are those of the kernel's tables for x86-64
(arch/x86/entry/syscalls/syscall_64.tbl) and of include/uapi/asm-generic/unistd.h for ARM64. It needs no privileges,
no user namespaces and no capability, so it works as root, as anybody and inside containers.
"""

import ctypes
import errno
import os
import struct
import sys
from collections.abc import Sequence
from dataclasses import dataclass

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _MODE_FILTER = 38, 22, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_JMP|JGE|K, BPF_RET|K
_X32 = 0x40000000  # numbers from here on are x86-64's second set of the same calls
_ALLOW, _DENY, _KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000
_AT_NUMBER, _AT_ARCH = 0, 4  # offsets in struct seccomp_data


@dataclass(frozen=True, slots=True)
class _Machine:
    audit: int  # AUDIT_ARCH_…, include/uapi/linux/audit.h
    calls: dict[str, int]


_X86_64 = _Machine(
    0xC000003E,
    {
        "read": 0, "write": 1, "close": 3, "fstat": 5, "lseek": 8, "mmap": 9, "mprotect": 10, "munmap": 11, "brk": 12,
        "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15, "sched_yield": 24, "mremap": 25, "madvise": 28,
        "nanosleep": 35, "getpid": 39, "exit": 60, "gettimeofday": 96, "getrusage": 98, "sigaltstack": 131,
        "gettid": 186, "futex": 202, "sched_getaffinity": 204, "clock_gettime": 228, "clock_nanosleep": 230,
        "exit_group": 231, "tgkill": 234, "set_robust_list": 273, "getrandom": 318, "rseq": 334,
    },
)  # fmt: skip
_ARM64 = _Machine(
    0xC00000B7,
    {
        "close": 57, "lseek": 62, "read": 63, "write": 64, "fstat": 80, "exit": 93, "exit_group": 94, "futex": 98,
        "set_robust_list": 99, "nanosleep": 101, "clock_gettime": 113, "clock_nanosleep": 115,
        "sched_getaffinity": 123, "sched_yield": 124, "tgkill": 131, "sigaltstack": 132, "rt_sigaction": 134,
        "rt_sigprocmask": 135, "rt_sigreturn": 139, "getrusage": 165, "gettimeofday": 169, "getpid": 172,
        "gettid": 178, "brk": 214, "munmap": 215, "mremap": 216, "mmap": 222, "mprotect": 226, "madvise": 233,
        "getrandom": 278, "rseq": 293,
    },
)  # fmt: skip
_MACHINES = {"x86_64": _X86_64, "aarch64": _ARM64}


class NoFilterError(Exception):
    """This system cannot hold a process back."""


def program(machine: str) -> bytes:
    """The filter for a kind of machine, as ``os.uname().machine`` names it: an array of ``struct sock_filter``.

    Raises:
        NoFilterError: none is known.
    """
    numbers = sorted(_known(machine).calls.values())
    body = [
        *_of_this_machine(machine),
        *(_step(_EQUAL, number, len(numbers) - i, 0) for i, number in enumerate(numbers)),
        _step(_RETURN, _DENY),
        _step(_RETURN, _ALLOW),
    ]
    return b"".join(body)


def denying(machine: str, numbers: Sequence[int]) -> bytes:
    """The other kind of filter: everything but some calls, for programs that cannot do with a few.

    Raises:
        NoFilterError: none is known.
    """
    body = [
        *_of_this_machine(machine),
        _step(_AT_LEAST, _X32, len(numbers) + 1, 0),
        *(_step(_EQUAL, number, len(numbers) - i, 0) for i, number in enumerate(numbers)),
        _step(_RETURN, _ALLOW),
        _step(_RETURN, _DENY),
    ]
    return b"".join(body)


def _known(machine: str) -> _Machine:
    if machine not in _MACHINES:
        raise NoFilterError(f"no filter of system calls is known for {machine}")
    return _MACHINES[machine]


def _of_this_machine(machine: str) -> list[bytes]:
    """A call by another machine's numbers ends the process; then the number is at hand."""
    wanted = _known(machine)
    return [
        _step(_LOAD, _AT_ARCH),
        _step(_EQUAL, wanted.audit, 1, 0),
        _step(_RETURN, _KILL),
        _step(_LOAD, _AT_NUMBER),
    ]


def load(instructions: bytes) -> None:
    """Put this process, for good, behind a filter; privileges can no longer be gained either.

    Raises:
        NoFilterError: the kernel does not take it.
    """

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    libc = ctypes.CDLL(None, use_errno=True)
    room = ctypes.create_string_buffer(instructions, len(instructions))
    filled = Program(len(instructions) // 8, ctypes.addressof(room))
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(
        _PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(filled), 0, 0
    ):
        raise NoFilterError(f"the kernel takes no filter of system calls ({os.strerror(ctypes.get_errno())})")


def supported() -> bool:
    """Whether a filter is known for this system; the kernel may still refuse it."""
    return sys.platform == "linux" and os.uname().machine in _MACHINES and struct.calcsize("P") == 8  # noqa: PLR2004  # bytes: a 64-bit interpreter


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)

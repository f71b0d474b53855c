"""The filter of system calls, run here as the kernel runs it: what it lets through is a short list."""

import errno
import struct

import pytest

from quizbot.deid.child import seccomp

X86, ARM = 0xC000003E, 0xC00000B7
I386, ARM32 = 0x40000003, 0x40000028
KILL, DENY, ALLOW = 0x80000000, 0x00050000 | errno.EPERM, 0x7FFF0000
# Numbers of the kernel's tables: what would let the decoder out.
OUT_X86 = {
    "open": 2, "stat": 4, "poll": 7, "ioctl": 16, "pipe": 22, "socket": 41, "connect": 42, "sendto": 44, "sendmsg": 46,
    "bind": 49, "socketpair": 53, "clone": 56, "fork": 57, "vfork": 58, "execve": 59, "kill": 62, "unlink": 87,
    "ptrace": 101, "mount": 165, "openat": 257, "unshare": 272, "process_vm_writev": 311, "execveat": 322,
    "io_uring_setup": 425, "clone3": 435, "openat2": 437, "pidfd_open": 434,
}  # fmt: skip
OUT_ARM = {
    "openat": 56, "unlinkat": 35, "ioctl": 29, "pipe2": 59, "ptrace": 117, "kill": 129, "unshare": 97, "socket": 198,
    "connect": 203, "sendto": 206, "clone": 220, "execve": 221, "io_uring_setup": 425, "clone3": 435,
}  # fmt: skip


def run(program: bytes, number: int, machine: int) -> int:
    """The kernel's reading of a classic BPF program over struct seccomp_data, as far as these programs use it."""
    steps = [struct.unpack_from("=HBBI", program, at) for at in range(0, len(program), 8)]
    data = struct.pack("=iIQ6Q", number - (1 << 32) if number >> 31 else number, machine, 0, *[0] * 6)
    at, held = 0, 0
    while True:
        code, yes, no, value = steps[at]
        at += 1
        if code == 0x20:
            (held,) = struct.unpack_from("=I", data, value)
        elif code == 0x15:
            at += yes if held == value else no
        else:
            assert code == 0x06
            return value


@pytest.mark.parametrize(("machine", "audit", "out"), [("x86_64", X86, OUT_X86), ("aarch64", ARM, OUT_ARM)])
def test_nothing_that_leads_out_is_let_through(machine: str, audit: int, out: dict[str, int]) -> None:
    program = seccomp.program(machine)
    for name, number in out.items():
        assert run(program, number, audit) == DENY, name
    allowed = [number for number in range(600) if run(program, number, audit) == ALLOW]
    assert sorted(seccomp._MACHINES[machine].calls.values()) == allowed
    assert len(allowed) < 40
    for number in (2**30 + 41, 2**31 + 41, 2**32 - 1):  # x32's numbers, and nonsense
        assert run(program, number, audit) == DENY


@pytest.mark.parametrize(("machine", "others"), [("x86_64", [I386, ARM]), ("aarch64", [ARM32, X86])])
def test_calls_by_another_machines_numbers_end_the_process(machine: str, others: list[int]) -> None:
    for other in others:
        for number in range(0, 500, 7):
            assert run(seccomp.program(machine), number, other) == KILL


def test_a_machine_nobody_knows_the_numbers_of_has_no_filter() -> None:
    for machine in ("i686", "riscv64", "armv7l", ""):
        with pytest.raises(seccomp.NoFilterError):
            seccomp.program(machine)

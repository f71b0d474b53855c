"""Errors a person reads: where, what, and what to do next."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every command."""

    DONE = 0
    FINDING = 1  # the user's input, or something a check found
    USAGE = 2  # the command line itself
    OUTSIDE = 3  # X, its keys, the database or its lock, a port in use


class QuizbotError(Exception):
    """An error with an address.

    Its text is one line, ``where: what; todo``, fit to be printed as it is. It never holds a secret.

    Args:
        where: the file, setting, address or command concerned.
        what: what was found there.
        todo: what the reader does next, in the imperative; empty if the message already says it.
    """

    exit_code: Exit = Exit.FINDING

    def __init__(self, where: str, what: str, todo: str = "") -> None:
        self.where = where
        self.what = what
        self.todo = todo
        super().__init__(where, what, todo)

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        return one_line(f"{text}; {self.todo}" if self.todo else text)


class InputError(QuizbotError):
    """The user's input is at fault (exit 1)."""


class UsageError(QuizbotError):
    """The command line or the settings contradict themselves (exit 2)."""

    exit_code = Exit.USAGE


class OutsideError(QuizbotError):
    """The outside world is at fault: X, the database, a port (exit 3)."""

    exit_code = Exit.OUTSIDE


def one_line(text: str) -> str:
    """Fold a text into one printable line, so that hostile content can neither forge lines nor steer a terminal."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))

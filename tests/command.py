"""Commands as a person runs them, in this process."""

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from quizbot.cli import main


class Result(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


def runner(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path) -> Run:
    """Runs ``quizbot ARGUMENTS`` in a folder, without settings; ``typed`` is what the person enters."""
    for name in os.environ:
        if name.startswith("QUIZBOT_") and not name.startswith("QUIZBOT_TEST"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(folder)

    def run(*arguments: object, typed: str | None = None) -> Result:
        monkeypatch.setattr("sys.argv", ["quizbot", *map(str, arguments)])
        if typed is not None:
            monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Result(int(ended.value.code or 0), printed.out, printed.err)

    return run

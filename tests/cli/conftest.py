"""Commands as a person runs them, in this process."""

import os
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from quizbot.cli import main


@dataclass
class Result:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


@pytest.fixture
def quizbot(monkeypatch, capsys, tmp_path) -> Callable[..., Result]:
    """Run ``quizbot ARGUMENTS`` in an empty folder without settings."""
    for name in os.environ:
        if name.startswith("QUIZBOT_") and not name.startswith("QUIZBOT_TEST"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Result:
        monkeypatch.setattr("sys.argv", ["quizbot", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Result(int(ended.value.code or 0), printed.out, printed.err)

    return run

"""The demo's processes: the sandbox and the bot, each as a person would start it, in one process group."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from quizbot.core.errors import OutsideError, one_line
from quizbot.settings import PREFIX


def clean_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """This process's environment without any setting of the bot, and the demo's own instead."""
    inherited = {name: value for name, value in os.environ.items() if not name.upper().startswith(PREFIX)}
    return inherited | {"PYTHONUNBUFFERED": "1"} | dict(extra)


def start(arguments: list[str], folder: Path, extra: Mapping[str, str]) -> subprocess.Popen[str]:
    """Start ``quizbot`` with these arguments in a folder of its own, where no ``.env`` is.

    Standard output and error are joined into one pipe of lines.
    """
    return subprocess.Popen(  # noqa: S603  # our own program, with arguments of our own
        [sys.executable, "-m", "quizbot", *arguments],
        cwd=folder,
        env=clean_environment(extra),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        process_group=0,  # Ctrl-C reaches the demo alone, which then ends them in order
    )


def start_time(folder: Path) -> float:
    """How many seconds this machine takes now to start ``quizbot`` and end it again."""
    began = time.monotonic()
    process = start(["--version"], folder, {})
    process.wait()
    end(process)
    return time.monotonic() - began


def json_lines(process: subprocess.Popen[str]) -> Iterator[dict[str, object]]:
    """What a process says, a JSON object at a time; other lines come as ``{"text": …}``. Ends with the process."""
    for line in process.stdout or ():
        try:
            record = json.loads(line)
        except ValueError:
            record = None
        yield record if isinstance(record, dict) else {"text": one_line(line)}


def first_record(process: subprocess.Popen[str], name: str, key: str) -> dict[str, object]:
    """The first JSON object that has a key.

    Raises:
        OutsideError: the process ended before it said so; holds its last words.
    """
    last = "no reason given"
    for record in json_lines(process):
        if key in record:
            return record
        last = str(record.get("text", record))
    raise OutsideError(name, f"did not start: {last}")


def end(process: subprocess.Popen[str]) -> None:
    """Ask a process to end; make it, if it does not."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if process.stdout:
        process.stdout.close()

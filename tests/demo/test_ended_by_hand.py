"""A person who has seen enough ends the demo with Ctrl-C."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from quizbot.demo.processes import clean_environment


def test_ctrl_c_ends_everything_without_a_complaint(tmp_path: Path) -> None:
    told = []
    with subprocess.Popen(
        [sys.executable, "-m", "quizbot", "demo"],
        cwd=tmp_path,
        env=clean_environment({"TMPDIR": str(tmp_path)}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # a process group of its own, as a terminal gives it
    ) as demo:
        for line in demo.stdout or ():
            told.append(line)
            if "The bot's pages" in line:
                os.killpg(demo.pid, signal.SIGINT)
    assert demo.returncode == 0, told
    assert "The demo is over" in "".join(told)
    assert "Error" not in "".join(told)
    assert not list(tmp_path.iterdir())

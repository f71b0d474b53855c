"""Three real bots on one PostgreSQL database: cases to post, processes to start, kill and stop."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from quizbot.core.bundled import bundled
from quizbot.core.clock import ScaledClock
from quizbot.platforms.sandbox import SandboxServer

CASE = """kind: question
prompt: "Number {n}: 61-year-old, chest pain on the stairs that is gone now, biphasic T waves in V2 and V3. What is it?"
answer:
  diagnosis: Wellens syndrome
pearl: "Number {n}: a tight stenosis of the left anterior descending artery that has opened again."
references:
  - title: Characteristic electrocardiographic pattern
    url: https://doi.org/10.1000/{n}
author: "@someone"
consent: synthetic
certainty: certain
reviewed:
  by: "@another"
  on: 2026-01-01
"""


POSTING_FAULTS = [
    {"kind": "cut_after", "method": "POST", "path": "/2/tweets"},
    {"kind": "cut_before", "method": "POST", "path": "/2/tweets"},
    {"kind": "status", "status": 500, "effect": True, "method": "POST", "path": "/2/tweets"},
    {"kind": "status", "status": 503, "html": True, "method": "*", "path": "*"},
    {"kind": "rate_limit", "reset": 30, "method": "*", "path": "*"},
]
"""What X does to a bot that posts, one after the other."""


def write_cases(folder: Path, number: int) -> None:
    """So many cases, every fifth with a picture; no two have a post in common."""
    for n in range(number):
        case = folder / f"case-{n:03}"
        case.mkdir(parents=True)
        if n % 5:
            (case / "case.yaml").write_text(CASE.format(n=n))
            continue
        source = bundled("cases", "wellens-syndrome")
        text = (source / "case.yaml").read_text().replace("61-year-old woman", f"Number {n}: 61-year-old woman")
        (case / "case.yaml").write_text(text.replace("pearl: >-\n", f"pearl: >-\n  Number {n}.\n"))
        (case / "ecg.png").write_bytes((source / "ecg.png").read_bytes())


class Replica:
    """A ``quizbot run`` that is started again when it was killed."""

    def __init__(self, folder: Path, settings: dict[str, str], name: str) -> None:
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("QUIZBOT_")}
        self._environment = inherited | settings
        self._folder, self._log = folder, folder / f"{name}.log"
        self.start()

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._begun = log.tell()
            self.process = subprocess.Popen(  # our own program
                [sys.executable, "-m", "quizbot", "run"],
                cwd=self._folder,
                env=self._environment,
                stderr=log,
                stdout=log,
            )

    def kill_and_restart(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.start()

    def wait_until_running(self) -> None:
        """Until it works and hears signals, or has ended by itself; Python alone takes a while to begin."""
        while b'"running"' not in self._log.read_bytes()[self._begun :] and self.process.poll() is None:
            time.sleep(0.1)

    def stop(self) -> int:
        self.wait_until_running()
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    @property
    def log(self) -> str:
        return self._log.read_text()


def settings_for(sandbox: SandboxServer, database: str, clock: ScaledClock) -> dict[str, str]:
    """A quiz every half hour, answered after an hour."""
    every_half_hour = ",".join(f"{hour}:{minute:02}" for hour in range(24) for minute in (0, 30))
    return sandbox.keys.settings(sandbox.url) | {
        "QUIZBOT_DATABASE_URL": database,
        "QUIZBOT_POST_AT": f"daily {every_half_hour}",
        "QUIZBOT_PEARL_AT": "",
        "QUIZBOT_POST_EXAMPLES": "1",
        "QUIZBOT_POST_WITHIN": "24h",
        "QUIZBOT_REVEAL_AFTER": "1h",
        "QUIZBOT_CLOCK": str(clock),
        "QUIZBOT_LOG_FORMAT": "json",
    }

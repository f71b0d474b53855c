"""Put the peers into ``.bench/`` beside the code, which git ignores: ``python -m bench.grading --install-peers``."""

import shutil
import subprocess
import sys
import venv
from pathlib import Path

CACHE = Path(__file__).resolve().parents[2] / ".bench"
QUIZBOWL = CACHE / "node" / "node_modules" / "qb-answer-checker"
PEDANTS = CACHE / "pedants" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
NPM = "qb-answer-checker@1.1.9"
# qa-metrics 0.2.42 imports regex, nltk and tqdm without naming them among its requirements.
PIP = ("qa-metrics==0.2.42", "regex", "nltk", "tqdm")


def install_peers() -> int:
    """Install both; returns the exit code: 3 if one of them failed."""
    failed = [name for name, step in (("qb-answer-checker", _quizbowl), ("qa-metrics", _pedants)) if not step()]
    for name in failed:
        print(f"{name}: not installed; its row will say so", file=sys.stderr)
    return 3 if failed else 0


def _quizbowl() -> bool:
    npm = shutil.which("npm")
    if npm is None:
        print("npm is missing: install Node.js 20 or newer", file=sys.stderr)
        return False
    folder = CACHE / "node"
    folder.mkdir(parents=True, exist_ok=True)
    return _ran([npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts", NPM])


def _pedants() -> bool:
    venv.create(CACHE / "pedants", with_pip=True)
    return _ran([str(PEDANTS), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PIP])


def _ran(command: list[str]) -> bool:
    return subprocess.run(command, check=False).returncode == 0  # noqa: S603  # our own command

"""Check that the Dockerfile installs as the README says (hadolint looks after the rest)."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_ONLY_IN_DOCKER = ("--no-cache-dir", "-q")  # flags that may differ between the two places


def install_steps(text: str) -> list[str]:
    """What pip is told to install, in order, unless a build argument says otherwise."""
    for name, default in re.findall(r"^ARG (\w+)=(\S+)$", text, re.MULTILINE):
        text = text.replace(f'"${name}"', default)
    steps = re.findall(r"pip install ([^&\n]+)", text)
    return [" ".join(word for word in step.split() if word not in _ONLY_IN_DOCKER) for step in steps]


def main() -> int:
    """Print what differs; 0 if nothing does."""
    demo = re.search(r"<!-- demo -->\n```\n(.+)\n```", (ROOT / "README.md").read_text())
    told = install_steps(demo[1]) if demo else []
    done = install_steps((ROOT / "Dockerfile").read_text())
    if told and told == done:
        return 0
    print(f"Dockerfile installs {done}, the README's demo line {told}; make them the same")
    return 1


if __name__ == "__main__":
    sys.exit(main())

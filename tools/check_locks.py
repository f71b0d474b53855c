"""Check that requirements/*.txt lock what pyproject.toml asks for: same packages, versions inside the ranges."""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)


def locked(file: Path) -> dict[str, set[str]]:
    """The locked versions by canonical name; a package may have one for each Python."""
    pins: dict[str, set[str]] = {}
    for name, version in _PIN.findall(file.read_text()):
        pins.setdefault(canonicalize_name(name), set()).add(version)
    return pins


def problems(wanted: list[str], pins: dict[str, set[str]], where: str) -> list[str]:
    """What is asked for and not locked, or locked outside its range."""
    found = []
    for text in wanted:
        requirement = Requirement(text)
        versions = pins.get(canonicalize_name(requirement.name), set())
        if canonicalize_name(requirement.name) == "quizbot":
            continue
        if not versions:
            found.append(f"{where}: {requirement.name} is not locked; see CONTRIBUTING.md, Dependencies")
        found += [
            f"{where}: {requirement.name} {version} is outside {requirement.specifier}; lock again"
            for version in versions
            if not requirement.specifier.contains(version, prereleases=True)
        ]
    return found


def main() -> int:
    """Print what is wrong; 0 if nothing is."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    base, dev = locked(ROOT / "requirements/base.txt"), locked(ROOT / "requirements/dev.txt")
    extras = [text for group in project["optional-dependencies"].values() for text in group]
    found = problems(project["dependencies"], base, "requirements/base.txt")
    found += problems([*project["dependencies"], *extras], dev, "requirements/dev.txt")
    gate, asked = locked(ROOT / "requirements/deid.txt"), project["optional-dependencies"]
    found += problems([*project["dependencies"], *asked["deid"], *asked["postgres"]], gate, "requirements/deid.txt")
    found += [
        f"requirements: {name} is {fewer[name]} in {file} and {dev.get(name)} in dev.txt; lock again"
        for file, fewer in (("base.txt", base), ("deid.txt", gate))
        for name in fewer
        if fewer[name] != dev.get(name)
    ]
    print("\n".join(found) or "the locks fit")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

"""Which case folders a change touches, by git."""

import subprocess
from collections.abc import Iterable
from pathlib import Path, PurePosixPath


def changed_files(base: str, repository: Path) -> list[str]:
    """The files that differ from where the branch left ``base``, by path from the repository's root.

    Raises:
        subprocess.CalledProcessError: git does not know the base.
    """
    command = ["git", "diff", "--name-only", "-z", "--no-renames", f"{base}...HEAD", "--"]
    out = subprocess.run(command, cwd=repository, check=True, capture_output=True).stdout  # noqa: S603  # no shell
    return [name.decode("utf-8", "surrogateescape") for name in out.split(b"\0") if name]


def touched_cases(files: Iterable[str], cases: PurePosixPath, repository: Path) -> list[Path]:
    """The case folders that are touched and still there."""
    found: dict[str, None] = {}
    for name in files:
        parts = PurePosixPath(name).parts
        depth = len(cases.parts)
        if len(parts) > depth + 1 and parts[:depth] == cases.parts and not parts[depth].startswith((".", "_")):
            found[str(cases / parts[depth])] = None
    return [Path(folder) for folder in found if (repository / folder).is_dir()]

"""Whether the answers can be read where the case folders are published."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from quizbot.casebook import Finding, Level, LoadedCase
from quizbot.casebook.finding import place_text, shown

_CONFIG_BYTES = 256 * 1024
_PARENTS = 32  # folders above that are searched for a repository
_REMOTE = re.compile(
    r"^\s*url\s*=\s*(?:\w[\w+.-]*://(?:[^/\s@]*@)?([^/\s:]+)|(?:[\w.-]+@)?([\w.-]+\.[\w-]+):)", re.MULTILINE
)


def published_findings(cases: Iterable[LoadedCase]) -> Iterator[Finding]:
    """A warning for each repository with a remote that holds cases which are to be posted, the examples aside."""
    folders = {loaded.path.parent: None for loaded in cases if loaded.case is not None and not loaded.case.is_example}
    told: set[Path] = set()
    for folder in folders:
        repository = _repository(folder)
        if repository is None or repository in told:
            continue
        told.add(repository)
        host = remote_host(_config(repository))
        if host is not None:
            message = f"is in a git repository with a remote at {shown(host)}; if that is public, so are the answers"
            yield Finding(place_text(folder), 1, "", Level.WARNING, message)


def remote_host(config: str) -> str | None:
    """The host of the first remote in a git configuration that is not a folder; never its user or password."""
    found = _REMOTE.search(config)
    host = (found[1] or found[2]) if found else None
    return host or None


def _repository(folder: Path) -> Path | None:
    above = (folder.absolute(), *folder.absolute().parents)
    return next((one for one in islice(above, _PARENTS) if (one / ".git").is_dir()), None)


def _config(repository: Path) -> str:
    try:
        with (repository / ".git" / "config").open("rb") as file:
            return file.read(_CONFIG_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""

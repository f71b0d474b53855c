"""Where a case lies that was named on the command line: by its path, or by its name in the folder of cases."""

from collections.abc import Iterable
from pathlib import Path

from quizbot.core.errors import QuizbotError


def case_path(named: Path) -> Path:
    """The path as it was given, or, if nothing is there, in the folder of cases (``QUIZBOT_CASES_DIR``)."""
    if named.is_absolute() or named.exists():
        return named
    there = _cases_dir() / named
    return there if there.is_dir() else named


def case_paths(named: Iterable[Path] | None) -> list[Path]:
    """Several of them; none if none was given."""
    return [case_path(one) for one in named or ()]


def _cases_dir() -> Path:
    from quizbot.settings import Settings, load_settings  # noqa: PLC0415  # a path that is there needs no settings

    try:
        return load_settings().cases_dir
    except QuizbotError:
        return Settings.model_construct().cases_dir

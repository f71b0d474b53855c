"""Where the files that travel with the package are: beside it in a checkout, inside it in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def bundled(*parts: str) -> Path:
    """Path of a shipped file or folder, such as ``bundled("cases")`` or ``bundled("db", "migrations")``."""
    inside = _PACKAGE / "_bundled"
    base = inside if inside.is_dir() else _PACKAGE.parent
    return base.joinpath(*parts)

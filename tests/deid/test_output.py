"""Outputs appear whole, under names that say nothing, and never in place of another."""

import os
import re
from pathlib import Path

import pytest

from quizbot.core.errors import OutsideError
from quizbot.deid.output import write


def test_names_are_random_and_end_as_their_kind_does(tmp_path: Path) -> None:
    paths = [write(tmp_path / "new" / "folder", b"x", mime) for mime in ("image/png", "image/jpeg")] + [
        write(tmp_path / "new" / "folder", b"x", "image/png")
    ]
    assert len({path.stem for path in paths}) == 3
    assert all(re.fullmatch(r"[0-9a-f]{16}\.(png|jpg)", path.name) for path in paths)
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == sorted(path.name for path in paths)


@pytest.mark.parametrize("step", ["fsync", "fdopen"])
def test_a_failure_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OutsideError, match="No space left"):
        write(tmp_path, b"x" * 1000, "image/png")
    assert not list(tmp_path.iterdir())


def test_until_it_is_whole_it_has_not_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a crash would leave just before the last step: a hidden file, which no case can name."""
    seen: list[str] = []
    monkeypatch.setattr(Path, "rename", lambda path, _: seen.extend(one.name for one in tmp_path.iterdir()))
    write(tmp_path, b"x", "image/png")
    assert len(seen) == 1
    assert seen[0].startswith(".")
    assert seen[0].endswith(".part")


def test_a_folder_that_cannot_be_made_is_an_error_of_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutsideError, match="cannot be written to"):
        write(tmp_path / "file", b"x", "image/png")

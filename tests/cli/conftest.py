"""Commands as a person runs them, in this process."""

import pytest

from tests.command import Run, runner


@pytest.fixture
def quizbot(monkeypatch, capsys, tmp_path) -> Run:
    """Run ``quizbot ARGUMENTS`` in an empty folder without settings."""
    return runner(monkeypatch, capsys, tmp_path)

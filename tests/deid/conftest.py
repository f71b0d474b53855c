"""What the gate's tests share."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quizbot.deid import known
from quizbot.deid.gate import open_picture


@pytest.fixture
def drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Path]:
    """Enters a file in a list of drawn pictures of the test's own, and gives it back."""
    ledger = tmp_path / "drawn.json"
    monkeypatch.setattr(known, "DRAWN", ledger)
    digests: dict[str, object] = {}

    def enter(path: Path) -> Path:
        digests[known.pixel_digest(open_picture(path))] = {}
        ledger.write_text(json.dumps({"pictures": digests}))
        return path

    return enter

"""How quickly the demo's days pass."""

import pytest

from quizbot.demo import Options


@pytest.mark.parametrize(
    ("fast", "asked", "start", "day"),
    [
        (True, 0.0, 0.5, 8.0),
        (True, 0.0, 4.0, 24.0),
        (True, 0.0, 60.0, 40.0),
        (False, 0.0, 60.0, 180.0),
        (True, 3.0, 60.0, 3.0),
    ],
    ids=["a quick machine", "a slow one", "a very slow one", "slow anyway", "as asked for"],
)
def test_a_slow_machine_has_longer_days_within_reason(fast: bool, asked: float, start: float, day: float) -> None:
    assert Options(fast, stay=False, day_seconds=asked).factor(start) == pytest.approx(86400 / day)

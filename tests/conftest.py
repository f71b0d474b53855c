"""What all tests share."""

import os
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings

from quizbot.store import engine

# A busy machine is no failed property: no limit on the time of an example.
settings.register_profile("quizbot", deadline=None)
settings.load_profile("quizbot")

SHARED = Path(__file__).resolve().parents[2] / "shared"
"""A folder beside the checkout with third-party files that are not ours to ship; may be missing."""


@pytest.fixture
def shared() -> Path:
    """The folder beside the checkout; skips the test where there is none, for a clone has none."""
    if not SHARED.is_dir():
        pytest.skip("the folder `shared` is not beside this checkout (it holds files that are not ours to ship)")
    return SHARED


def missing_program(name: str) -> NoReturn:
    """Skip a test for want of a program such as Chromium; with ``QUIZBOT_TEST_STRICT=1``, as in CI, fail it."""
    reason = f"{name} is not installed here"
    if os.environ.get("QUIZBOT_TEST_STRICT") == "1":
        pytest.fail(f"{reason}, and QUIZBOT_TEST_STRICT=1 allows no test to be skipped for it")
    pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def nothing_waits_for_the_disk():
    """SQLite writes without waiting: no test pulls the plug, and a process that is killed loses nothing by it."""
    prepare = engine._prepare_sqlite

    def prepare_for_a_test(connection, record):
        prepare(connection, record)
        connection.execute("PRAGMA synchronous=OFF")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_prepare_sqlite", prepare_for_a_test)
        yield

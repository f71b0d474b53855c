"""What the tests of the rounds share: see ``tests/rounds/world.py``."""

from tests.rounds.world import database, options, world  # noqa: F401  # pytest finds fixtures by their names here
from tests.web.test_pages import site  # noqa: F401  # likewise

"""The demo: the sandbox X, the bot and a dozen followers on this machine, with nothing configured."""

from quizbot.demo.checks import Summary
from quizbot.demo.show import Options, run_demo

__all__ = ["Options", "Summary", "run_demo"]

"""Saying stop to the bot."""

import re

_MENTIONS = re.compile(r"@\w+")
_WORDS = frozenset({"stop", "unsubscribe", "opt out", "optout", "opt-out"})


def is_opt_out(text: str) -> bool:
    """Whether a reply's whole text, mentions and punctuation aside, is "stop", "unsubscribe" or "opt out"."""
    words = " ".join(_MENTIONS.sub(" ", text[:1000]).casefold().split())
    return words.strip(" .!") in _WORDS

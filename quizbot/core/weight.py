"""X's way of counting a post's length and of seeing links in it.

Source of the rules: X's "Counting characters" page and twitter-text's version 3 configuration: 280 weighted
characters after NFC, most of Latin 1 and punctuation weigh 1, everything else 2, an emoji sequence 2, any URL 23.
"""

import unicodedata

from twitter_text import extract_urls, parse_tweet

POST_LIMIT = 280
URL_WEIGHT = 23
ALT_LIMIT = 1000  # characters of alt text X takes


def weighted_length(text: str) -> int:
    """Length of a post by X's rules; at most ``POST_LIMIT`` may be sent."""
    return int(parse_tweet(unicodedata.normalize("NFC", text)).weightedLength)


def links_in(text: str) -> list[str]:
    """What X would turn into links, in order, whether meant as one or not (``see aVR.In II`` holds one)."""
    return list(extract_urls(unicodedata.normalize("NFC", text)))

"""Which word of some a misspelt one most likely means."""

from collections.abc import Iterable

_READ = 100  # characters; no name is longer, and a hostile one costs no more


def nearest(word: str, words: Iterable[str], least: float) -> str:
    """The word most like another; empty if none is like it.

    Args:
        word: as it was typed.
        words: those it may mean.
        least: the similarity from which on two words are alike, 0 to 1 (one minus the edits by the longer length).
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415  # only a slip needs it
    from rapidfuzz.process import extractOne  # noqa: PLC0415  # likewise

    best = extractOne(word[:_READ], list(words), scorer=OSA.normalized_similarity, score_cutoff=least)
    return str(best[0]) if best else ""

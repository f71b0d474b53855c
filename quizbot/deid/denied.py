"""Which words of a DICOM header are looked for in the picture and in the text of its case, and which are not."""

from collections.abc import Callable, Mapping

_NAME_LETTERS, _NAME_DIGITS = 2, 3
_WORD_LETTERS, _WORD_DIGITS = 4, 5
_TITLES = frozenset({"dr", "md", "mr", "mrs", "ms", "miss", "prof", "phd", "jr", "sr", "ii", "iii"})


def deny_list(
    words: Mapping[str, list[str]], clinical: Callable[[str], bool]
) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words to look for, and how many were left out for which reason.

    A person's name or number is looked for even if it is a word of medicine (Stokes, Brown, Block). Of everything else
    such a word is left out, as are words too short to say anything and the standard's own terms and measures: they
    would refuse every picture. What is left out still meets the allow-list of the text layer.

    Args:
        words: folded, as ``quizbot.deid.dicom.words`` sorts them.
        clinical: whether a folded word is one of medicine.
    """
    reasons = {"short": 0, "clinical": 0, "coded": 0}
    kept = set()
    for kind, found in words.items():
        for word in found:
            reason = _left_out(kind, word, clinical)
            if reason:
                reasons[reason] += 1
            else:
                kept.add(word)
    return frozenset(kept), _told(reasons, len(kept))


def _left_out(kind: str, word: str, clinical: Callable[[str], bool]) -> str | None:
    if kind == "coded":
        return "coded"
    if kind == "names":
        short = len(word) < (_NAME_DIGITS if word.isdigit() else _NAME_LETTERS)
        return "short" if short or word in _TITLES else None
    if len(word) < (_WORD_DIGITS if word.isdigit() else _WORD_LETTERS):
        return "short"
    return "clinical" if clinical(word) else None


def _told(reasons: Mapping[str, int], kept: int) -> tuple[str, ...]:
    if not kept and not any(reasons.values()):
        return ()
    why = {
        "short": "too short to tell anything",
        "clinical": "words of medicine",
        "coded": "terms and measures of the DICOM standard",
    }
    left = ", ".join(f"{count} {why[reason]}" for reason, count in reasons.items() if count)
    return (f"{kept} words of the header are looked for in the picture" + (f"; left out: {left}" if left else ""),)

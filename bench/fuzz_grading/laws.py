"""What has to hold of every verdict, whatever the text."""

from collections.abc import Iterator, Sequence

from quizbot.core.verdict import Verdict, VerdictKind
from quizbot.grading import Key, grade, grade_many, phrase_of

_UNSETTLED = (VerdictKind.REVIEW, VerdictKind.NO_GUESS)
LONGEST_REASONS = 20_000  # characters that a verdict's reasons may take in the database, whatever the reply


def examined(key: Key, texts: Sequence[str]) -> Iterator[tuple[str, Verdict | str]]:
    """Each text with its verdict, or with the first law that it breaks, in words."""
    found = [_verdict(key, text) for text in texts]
    many = grade_many(key, ["" if isinstance(one, str) else text for one, text in zip(found, texts, strict=True)])
    for text, one, among in zip(texts, found, many, strict=True):
        if isinstance(one, str):
            yield text, one
        else:
            yield text, _inconsistent(one) or (one if one == among else "is graded otherwise among many")


def broken_law(key: Key, text: str) -> str | None:
    """The first law that a text breaks; None if all hold. Looks at the review queue's phrase too."""
    result = next(examined(key, [text]))[1]
    if isinstance(result, str):
        return result
    if result.kind is VerdictKind.REVIEW and phrase_of(key, text) != result.phrase:
        return "has two phrases for the review queue"
    return None


def _verdict(key: Key, text: str) -> Verdict | str:
    try:
        return grade(key, text)
    except Exception as error:  # noqa: BLE001  # whatever it raises is the finding
        return f"raises {type(error).__name__}: {str(error)[:200]}"


def _inconsistent(verdict: Verdict) -> str | None:
    if not verdict.reasons or not all(reason.strip() for reason in verdict.reasons):
        return "gives no reason"
    if (verdict.credit is None) != (verdict.kind in _UNSETTLED):
        return f"says {verdict.kind} with credit {verdict.credit}"
    if verdict.credit is not None and not 0 <= verdict.credit <= 1:
        return f"gives credit {verdict.credit}"
    if (verdict.phrase is None) != (verdict.kind is not VerdictKind.REVIEW):
        return f"says {verdict.kind} with phrase {verdict.phrase!r}"
    if sum(map(len, verdict.reasons)) > LONGEST_REASONS:
        return f"gives {sum(map(len, verdict.reasons))} characters of reasons"
    return None

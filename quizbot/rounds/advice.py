"""What to do about an effect that failed, in words. Pure."""

from quizbot.platforms.protocol import Failure
from quizbot.store import OutboxRow

_TODO = {
    Failure.RATE_LIMITED: "Nothing: X asked to wait, and it is tried again when X said.",
    Failure.UNAVAILABLE: "Nothing: X was not well. The own timeline is read to see whether it went out.",
    Failure.NETWORK: "See that this machine reaches X. The own timeline is read to see whether it went out.",
    Failure.NOT_SENT: "See that this machine reaches X; it is tried again.",
    Failure.UNAUTHORIZED: "Make new keys in X's developer portal, put them into .env, restart, then resume posting.",
    Failure.FORBIDDEN: "See on X whether the account is locked and the app may write; then resume posting.",
    Failure.DUPLICATE: "Nothing: the same text stands already, and the own timeline is read to find it.",
    Failure.REPLY_REFUSED: "Nothing: it is posted on its own, with a link to the quiz.",
    Failure.NO_CREDIT: "Add credit, or raise the spending cap, in X's developer portal; then resume posting.",
    Failure.NOT_FOUND: "See on X whether the post it belongs to still stands; if not, retract the round.",
    Failure.MEDIA: "X does not take the picture or clip: make another from the original, and sign it off anew.",
    Failure.PROCESSING: "X could not process it: make another from the original, and sign it off anew.",
    Failure.REFUSED: "Read what X says; mend the case, or retract the round.",
}


def advice(row: OutboxRow) -> str:
    """What a person can do about an effect that has not been made; empty if nothing is wrong with it."""
    if row.state == "sent" or (row.failure is None and row.error is None):
        return ""
    if row.state == "refused" and row.failure is None:
        return "Nothing: it is not made any more."
    return _TODO[Failure(row.failure)] if row.failure in set(Failure) else "See the bot's log."

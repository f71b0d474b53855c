"""When X refuses the answer as a reply to the bot's own post: plain posts, the first with a link to the quiz."""

from collections.abc import Sequence

from quizbot.core.weight import POST_LIMIT, weighted_length
from quizbot.rounds.bot import Bot
from quizbot.rounds.plan import Action
from quizbot.store import OutboxRow
from quizbot.store.rounds import outbox_of, round_of

PLAIN = "plain"


def plain_texts(texts: Sequence[str], quiz_url: str) -> list[str]:
    """The same texts as posts of their own; the first names the quiz, split where that makes it too long."""
    first, *others = texts
    joined = f"{first}\n\n{quiz_url}"
    if weighted_length(joined) <= POST_LIMIT:
        return [joined, *others]
    head, _, rest = first.partition("\n\n")
    return [f"{head}\n\n{quiz_url}", *([rest] if rest else []), *others]


def replan_as_plain_posts(bot: Bot, round_id: str) -> None:
    """Give up the refused replies of a round and write plain posts in their place."""
    with bot.store.write() as session:
        row = round_of(session, bot.account, round_id)
        rows = outbox_of(session, round_id)
        refused = [r for r in rows if r.action == Action.POST and r.state not in ("sent", "refused")]
        if row is None or not row.quiz_post_id or not refused:
            return
        for stale in refused:
            stale.state = "refused"
        texts = plain_texts([r.text for r in refused], f"https://x.com/i/status/{row.quiz_post_id}")
        first = rows[-1].seq + 1
        session.add_all(
            OutboxRow(
                account=bot.account, round_id=round_id, seq=first + n, role=PLAIN, part=n, action=Action.POST, text=text
            )
            for n, text in enumerate(texts)
        )
    bot.log.warning("reply refused, posting plainly", round=round_id)

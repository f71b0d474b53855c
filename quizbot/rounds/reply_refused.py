"""When X refuses the answer as a reply to the bot's own post: plain posts, the first with a link to the quiz."""

from collections.abc import Sequence

from quizbot.core.weight import POST_LIMIT, links_in, weighted_length
from quizbot.rounds.bot import Bot
from quizbot.rounds.plan import Action
from quizbot.store import OutboxRow, Round
from quizbot.store.rounds import outbox_of, round_of

PLAIN = "plain"


def plain_texts(texts: Sequence[str], named: str) -> list[str]:
    """The same texts as posts of their own; the first names the quiz, split where that makes it too long. Pure."""
    first, *others = texts
    head, _, rest = first.partition("\n\n")
    wholes = [f"{first}\n\n{named}"], [f"{head}\n\n{named}", *([rest] if rest else [])]
    fitting = (posts for posts in wholes if weighted_length(posts[0]) <= POST_LIMIT)
    return [*next(fitting, [f"On our case: {named}", first]), *others]


def name_of(row: Round, text: str) -> str:
    """How a plain post names the quiz that it is about: by its link; a correction with a link of its own, by its time.

    An answer has a reference's link beside it: a second one costs nothing, and without it nobody finds the question.
    """
    at = row.opened_at or row.created_at
    if row.retraction and links_in(text):
        return f"(case of {at.day} {at:%B %Y, %H:%M} UTC)"
    return f"https://x.com/i/status/{row.quiz_post_id}"


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
        texts = plain_texts([r.text for r in refused], name_of(row, refused[0].text))
        first = rows[-1].seq + 1
        session.add_all(
            OutboxRow(
                account=bot.account, round_id=round_id, seq=first + n, role=PLAIN, part=n, action=Action.POST, text=text
            )
            for n, text in enumerate(texts)
        )
    bot.log.warning("reply refused, posting plainly", round=round_id)

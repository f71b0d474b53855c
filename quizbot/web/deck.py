"""A deck of cards as a text file that Anki imports (its manual: "Importing", "Text files"). Pure.

A card's front is the case as it was asked, its back the answer with pearl and references. The images stay on these
pages: a text file can hold none, so Anki loads them from here when a card is shown.
"""

import re
from collections.abc import Iterable
from html import escape

from quizbot.web.public import PublicRound, Revealed

_HEAD = ("#separator:tab", "#html:true", "#notetype:Basic", "#deck:quizbot", "#guid column:1", "#tags column:4")


def deck(rounds: Iterable[PublicRound], base: str) -> str:
    """The file; importing a newer one changes the cards that are there already.

    Args:
        rounds: those that were revealed; others are left out.
        base: the pages' address, without a slash at its end.
    """
    rows = [_row(one, one.revealed, base) for one in rounds if one.revealed is not None]
    return "".join(f"{line}\n" for line in [*_HEAD, *rows])


def _row(one: PublicRound, revealed: Revealed, base: str) -> str:
    images = [f'<img src="{escape(base)}/rounds/{one.id}/image/{picture.number}">' for picture in one.pictures]
    front = "<br>".join([*images, _html(one.prompt)])
    named = [f"<b>{_html(revealed.answer.diagnosis)}</b>", _html(revealed.pearl or "")]
    links = [f'<a href="{escape(ref.url)}">{_html(ref.title)}</a>' for ref in revealed.references]
    back = "<br><br>".join(part for part in [*named, "<br>".join(links)] if part)
    tags = " ".join(["quizbot", *(re.sub(r"\s+", "-", tag) for tag in revealed.tags)])
    return "\t".join(['"' + field.replace('"', '""') + '"' for field in (f"quizbot-{one.id}", front, back, tags)])


def _html(text: str) -> str:
    """A text as HTML on one line: tabs and line ends would begin another field or card."""
    return "<br>".join(" ".join(line.split()) for line in escape(text).splitlines())

"""The preview as a page: the posts as X would show them, in one file that loads nothing and runs nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from quizbot.casebook import Finding, LoadedCase
from quizbot.core.case import Case
from quizbot.core.entities import Segment, segments
from quizbot.core.weight import POST_LIMIT
from quizbot.desk.preview import PostView, Preview
from quizbot.desk.shown import Shown, shown
from quizbot.desk.shown_clip import ShownClip, shown_clip


@dataclass(frozen=True, slots=True)
class Card:
    """A post on the page."""

    post: PostView
    segments: tuple[Segment, ...]
    pictures: tuple[Shown, ...]
    clip: ShownClip | None


@dataclass(frozen=True, slots=True)
class Thread:
    """A case on the page: its posts in the order they are sent, and what ``check`` says."""

    slug: str
    case: Case | None
    question: tuple[Card, ...]
    answer: tuple[Card, ...]
    cost: str
    findings: tuple[Finding, ...]


def as_page(previews: Sequence[tuple[LoadedCase, Preview]]) -> str:
    """One self-contained HTML page of previews. Everything in a case is text to it, whatever it holds."""
    threads = [_thread(loaded, made) for loaded, made in previews]
    return _templates().get_template("preview.html").render(threads=threads, limit=POST_LIMIT)


def _thread(loaded: LoadedCase, made: Preview) -> Thread:
    cards = [_card(loaded, post) for post in made.posts]
    question, answer = tuple(cards[:1]), tuple(cards[1:])
    return Thread(loaded.slug, loaded.case, question, answer, str(made.cost), made.findings)


def _card(loaded: LoadedCase, post: PostView) -> Card:
    pictures = tuple(shown(loaded.path, image) for image in post.images)
    clip = shown_clip(loaded.path, post.video) if post.video else None
    return Card(post, tuple(segments(post.text)), pictures, clip)


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

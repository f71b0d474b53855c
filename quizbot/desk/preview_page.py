"""The preview as a page: the posts as X would show them, in one file that loads nothing and runs nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from quizbot.casebook import Finding, LoadedCase
from quizbot.core.case import Case
from quizbot.core.weight import POST_LIMIT, links_in
from quizbot.desk.preview import PostView, Preview
from quizbot.desk.shown import Shown, shown
from quizbot.desk.shown_clip import ShownClip, shown_clip

_SHOWN_LINK = 34  # characters of an address without its scheme that X shows before it cuts
_WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a post's text: plain, or what X makes a link or a hashtag of. ``href`` is a web address or empty."""

    kind: str
    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A post on the page."""

    post: PostView
    pieces: tuple[Piece, ...]
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
    return Card(post, tuple(pieces(post.text)), pictures, clip)


def pieces(text: str) -> Iterator[Piece]:
    """A post's text cut where X finds links and hashtags; joined again, the pieces' texts are what X shows."""
    for link in links_in(text):
        before, _, text = text.partition(link)
        yield from _words(before)
        yield Piece("link", _cut(link), link if link.lower().startswith(_WEB) else "")
    yield from _words(text)


def _words(text: str) -> Iterator[Piece]:
    plain = ""
    for n, part in enumerate(text.split(" ")):
        blank = " " if n else ""
        for m, line in enumerate(part.split("\n")):
            gap = "\n" if m else blank
            if line.startswith("#") and line[1:].isidentifier():
                yield Piece("text", plain + gap)
                yield Piece("tag", line)
                plain = ""
            else:
                plain += gap + line
    if plain:
        yield Piece("text", plain)


def _cut(link: str) -> str:
    bare = link.partition("://")[2] if link.lower().startswith(_WEB) else link
    return bare if len(bare) <= _SHOWN_LINK else f"{bare[:_SHOWN_LINK]}…"


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

"""What the posts of a case will look like, as text: each as it is sent, with its weight, its links and its price."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from quizbot.casebook import Finding, LoadedCase
from quizbot.core import prices
from quizbot.core.case import Case, Image, Video
from quizbot.core.compose import Planned, answer_posts, described, quiz_posts
from quizbot.core.weight import ALT_LIMIT, POST_LIMIT, links_in, weighted_length
from quizbot.desk.check import check_case

_BAR = "│ "


@dataclass(frozen=True, slots=True)
class PostView:
    """A post as it will be sent.

    Attributes:
        role: what it is for, as ``Planned.role``.
        part: counted from 1 for each role.
        text: the exact text.
        weight: its length by X's rules, of ``POST_LIMIT``.
        links: what X makes links of.
        images: the images that go with it, in order.
        video: the clip that goes with it.
        cost: what X bills for it and its images' alt text, US$.
    """

    role: str
    part: int
    text: str
    weight: int
    links: tuple[str, ...]
    images: tuple[Image, ...]
    video: Video | None
    cost: Decimal


@dataclass(frozen=True, slots=True)
class Preview:
    """All posts of a case; none if the case could not be understood.

    Attributes:
        slug: the case's id.
        posts: in the order they are sent.
        findings: what a check of the case by itself says.
    """

    slug: str
    posts: tuple[PostView, ...]
    findings: tuple[Finding, ...]

    @property
    def cost(self) -> Decimal:
        """What X bills for all of it, replies aside, US$."""
        return sum((post.cost for post in self.posts), Decimal(0))


def preview(loaded: LoadedCase, references: int = 1, findings: tuple[Finding, ...] | None = None) -> Preview:
    """The posts of a loaded case.

    Args:
        loaded: the case.
        references: how many of them are posted.
        findings: what a check of it has said; None to check it.
    """
    case = loaded.case
    planned = (*quiz_posts(case), *answer_posts(case, references)) if case is not None else ()
    posts = tuple(_view(post, case) for post in planned if case is not None)
    return Preview(loaded.slug, posts, check_case(loaded) if findings is None else findings)


def _view(post: Planned, case: Case) -> PostView:
    links = tuple(links_in(post.text))
    images, video = case.images if post.images else (), case.video if post.video else None
    calls = described(case) if post.images or post.video else 0
    cost = (prices.POST_WITH_LINK if links else prices.POST) + prices.MEDIA_METADATA * calls
    return PostView(post.role, post.part, post.text, weighted_length(post.text), links, images, video, cost)


def as_text(shown: Preview) -> Iterator[str]:
    """The preview in lines for a terminal; nothing in a case can steer it."""
    yield f"{shown.slug}: {len(shown.posts)} posts, US$ {shown.cost} without the replies" if shown.posts else shown.slug
    for post in shown.posts:
        yield ""
        yield _headline(post)
        yield from (_BAR + _printable(line) for line in post.text.split("\n"))
        for image in post.images:
            yield f"{_BAR}[{image.file}, {image.origin}] alt text, {len(image.alt)} of {ALT_LIMIT} characters:"
            yield f"{_BAR}    {_printable(image.alt)}"
        if post.video is not None:
            yield f"{_BAR}[{post.video.file}, {post.video.origin}] video, captions: {post.video.captions or 'none'}"
            yield f"{_BAR}    {_printable(post.video.alt)}"
    if shown.findings:
        yield ""
        yield from map(str, shown.findings)


def _headline(post: PostView) -> str:
    links = f"{len(post.links)} link{'' if len(post.links) == 1 else 's'}"
    over = " TOO LONG" if post.weight > POST_LIMIT else ""
    part = f" {post.part}" if post.part > 1 else ""
    return f"{post.role}{part}: {post.weight} of {POST_LIMIT}{over}, {links}, US$ {post.cost}"


def _printable(line: str) -> str:
    """A line without control characters; the joiners inside emojis stay."""
    return "".join(c if c.isprintable() or c == "\u200d" else " " for c in line)


def as_record(shown: Preview) -> dict[str, object]:
    """The preview as ``preview --json`` prints it."""
    return {
        "case": shown.slug,
        "cost_usd": float(shown.cost),
        "posts": [_post_record(post) for post in shown.posts],
        "findings": [finding.record() for finding in shown.findings],
    }


def _post_record(post: PostView) -> dict[str, object]:
    return {
        "role": str(post.role),
        "part": post.part,
        "text": post.text,
        "weight": post.weight,
        "limit": POST_LIMIT,
        "links": list(post.links),
        "cost_usd": float(post.cost),
        "images": [{"file": image.file, "alt": image.alt, "origin": image.origin} for image in post.images],
        "video": _video_record(post.video) if post.video else None,
    }


def _video_record(video: Video) -> dict[str, object]:
    return {"file": video.file, "captions": video.captions, "alt": video.alt, "origin": video.origin}

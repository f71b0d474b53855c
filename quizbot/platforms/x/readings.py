"""Reading posts page by page, in whichever dialect the server turns out to speak."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from quizbot.platforms.protocol import Failure, Page, PlatformError, Post
from quizbot.platforms.x.answers import RawPage, read_page, understood
from quizbot.platforms.x.client import XClient
from quizbot.platforms.x.dialect import Dialect
from quizbot.platforms.x.posts import MissingFieldError, read_post

PAGE_SIZE = 100  # X's largest
_BARREN_LIMIT = 3


class Billable(StrEnum):
    """What X bills, each at its own price."""

    OWNED_READ = "owned_read"  # a post of the own timeline or mentions
    POST_READ = "post_read"  # a post found by search
    USER_READ = "user_read"
    POST_CREATE = "post_create"
    POST_CREATE_LINK = "post_create_link"  # a post created that holds a link
    MEDIA_METADATA = "media_metadata"
    POST_DELETE = "post_delete"


@dataclass(frozen=True, slots=True)
class Reading:
    """A request for posts, page by page.

    Attributes:
        route: the endpoint.
        params: its own parameters, without size, fields and page token.
        kind: what each post returned is billed as.
        page_parameter: the parameter that takes the next page's token.
    """

    route: str
    params: Mapping[str, str]
    kind: Billable
    page_parameter: str = "pagination_token"


class PostReader:
    """Fetches pages, and settles the dialect on the way.

    Args:
        client: the way to X.
        dialect: the one to begin with.
        on_dialect: told when the other was found to be the right one.
        on_read: told a ``Billable`` and how many, for each page that holds posts.
    """

    def __init__(
        self,
        client: XClient,
        dialect: Dialect,
        on_dialect: Callable[[Dialect], None],
        on_read: Callable[[str, int], None],
    ) -> None:
        self._client = client
        self._on_dialect = on_dialect
        self._on_read = on_read
        self.dialect = dialect

    def pages(self, reading: Reading) -> Iterator[Page]:
        """Fetch page after page, each only when it is asked for.

        Page tokens of X were seen to go on for ever with nothing new behind them: three such pages are the end.
        """
        seen: set[str] = set()
        token: str | None = None
        barren = 0
        while True:
            raw, posts = self._page(reading, token)
            yield Page(posts)
            ids = {post.id for post in posts}
            barren = 0 if ids - seen else barren + 1
            seen |= ids
            token = raw.next_token
            if token is None or barren == _BARREN_LIMIT:
                return

    def _page(self, reading: Reading, token: str | None) -> tuple[RawPage, tuple[Post, ...]]:
        """One page, in the dialect in use or, if that is not understood, in the other, which is used from then on."""
        try:
            return self._fetch(reading, token, self.dialect)
        except MissingFieldError:
            other = self.dialect.other
        try:
            page = self._fetch(reading, token, other)
        except MissingFieldError as error:
            what = f"posts came without a field that was asked for, in both dialects ({error})"
            todo = "X's API has changed: no reply can be read until quizbot is updated"
            raise PlatformError(Failure.REFUSED, self._client.where("GET", reading.route), what, todo) from None
        self.dialect = other
        self._on_dialect(other)
        return page

    def _fetch(self, reading: Reading, token: str | None, dialect: Dialect) -> tuple[RawPage, tuple[Post, ...]]:
        params = {**reading.params, "max_results": str(PAGE_SIZE), **dialect.fields}
        if token is not None:
            params[reading.page_parameter] = token
        where = self._client.where("GET", reading.route)
        raw = understood(where, read_page, self._client.call("GET", reading.route, params))
        if raw.posts:
            self._on_read(reading.kind, len(raw.posts))
        return raw, understood(where, _read_posts, raw)


def _read_posts(page: RawPage) -> tuple[Post, ...]:
    return tuple(read_post(raw) for raw in page.posts)

"""The two vocabularies in which X's API names the fields of a post."""

from enum import StrEnum

_SHARED = ("author_id", "conversation_id", "created_at", "entities")


class Dialect(StrEnum):
    """Which of them a request is written in; a server answers in the one it was asked in.

    X's OpenAPI file documents ``tweet.fields`` until version 2.165 and ``post.fields`` since. A server ignores a
    name that it does not know, and bills the posts all the same.
    """

    POST = "post"
    TWEET = "tweet"

    @property
    def other(self) -> "Dialect":
        """The one to try when this one is not understood."""
        return Dialect.TWEET if self is Dialect.POST else Dialect.POST

    @property
    def fields(self) -> dict[str, str]:
        """The request parameter that asks for all that ``read_post`` needs.

        The published list of ``post.fields`` leaves out the author, the references and the edit history, though the
        post it describes has them; servers were seen to accept these names and to ignore them. Asking costs nothing,
        their absence is noticed, and the alternative, ``expansions``, is billed.
        """
        own = (f"edit_history_{self}_ids", f"note_{self}", f"referenced_{self}s")
        return {f"{self}.fields": ",".join(_SHARED + own)}


def in_any_dialect(prefix: str, suffix: str = "") -> tuple[str, ...]:
    """A key's names in all dialects: ``in_any_dialect("note_")`` is ``("note_post", "note_tweet")``."""
    return tuple(f"{prefix}{dialect}{suffix}" for dialect in Dialect)

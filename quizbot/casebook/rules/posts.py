"""What X would make of the posts: their length, and every link, mention and cashtag in them."""

from collections.abc import Iterator

from quizbot.casebook.finding import Key, Problem, error, shown, warning
from quizbot.core.case import Case
from quizbot.core.compose import Planned, Role, answer_posts, quiz_posts
from quizbot.core.weight import POST_LIMIT, cashtags_in, links_in, mentions_in, weighted_length


def texts_without_links(case: Case) -> Iterator[Problem]:
    """Only the reference is a link, and nobody is mentioned."""
    for key, text in _posted_texts(case):
        for link in links_in(text):
            yield error(_link_message(link), *key)
        for name in mentions_in(text):
            yield error(f'"@{name}" would be a mention on X, and the bot mentions nobody; reword it', *key)


def _link_message(link: str) -> str:
    if link.lower().startswith(("http://", "https://", "www.")):
        return f'holds the link "{shown(link)}"; put it under references, the bot posts the first of them'
    return f'"{shown(link)}" would be a link on X, which costs 13 times as much; put a blank behind the full stop'


def _posted_texts(case: Case) -> Iterator[tuple[Key, str]]:
    yield ("prompt",), case.prompt
    if case.kind.is_quiz and case.answer is not None:
        yield ("answer", "diagnosis"), case.answer.diagnosis
        if case.pearl is not None:
            yield ("pearl",), case.pearl


def posts_fit(case: Case) -> Iterator[Problem]:
    """Every post weighs at most what X allows, and holds at most one cashtag."""
    for post in (*quiz_posts(case), *answer_posts(case)):
        weight = weighted_length(post.text)
        if weight > POST_LIMIT:
            over = weight - POST_LIMIT
            message = f"the {post.role} post weighs {weight} of {POST_LIMIT}; shorten it by {over}"
            yield error(message, *_main_text(case, post))
        if len(cashtags_in(post.text)) > 1:
            yield error(f"the {post.role} post has more than one cashtag, which X refuses", *_main_text(case, post))


def _main_text(case: Case, post: Planned) -> Key:
    if post.role is not Role.ANSWER:
        return ("prompt",)
    return ("pearl",) if case.pearl is not None else ("answer", "diagnosis")


def addresses_work(case: Case) -> Iterator[Problem]:
    """X makes a link of each reference's whole address, and no reference is there twice."""
    seen: dict[str, int] = {}
    for n, reference in enumerate(case.references):
        key: Key = ("references", n, "url")
        links = links_in(reference.url)
        if links and links != [reference.url]:
            yield error(f'X would end the link after "{shown(links[0], 80)}"; percent-encode what follows', *key)
        elif not links:
            yield warning("X may not make a link of this address; check it", *key)
        if reference.url in seen:
            yield error(f"is the same as references[{seen[reference.url]}].url; take one of them out", *key)
        seen.setdefault(reference.url, n)
        if reference.unconfirmed:
            message = "nobody has confirmed this reference's title, year and address yet; look it up"
            yield warning(message, "references", n, "unconfirmed")


def hashtags_once(case: Case) -> Iterator[Problem]:
    """No hashtag is posted twice."""
    seen: set[str] = set()
    for n, tag in enumerate(case.hashtags):
        if tag.casefold() in seen:
            yield warning("is there already; take it out", "hashtags", n)
        seen.add(tag.casefold())


RULES = (
    (frozenset({"kind", "prompt", "answer", "pearl"}), texts_without_links),
    (frozenset({"kind", "prompt", "hashtags", "answer", "pearl"}), posts_fit),
    (frozenset({"references"}), addresses_work),
    (frozenset({"hashtags"}), hashtags_once),
)

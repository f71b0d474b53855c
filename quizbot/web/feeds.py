"""What can be subscribed to: an Atom feed, a calendar of the schedule, a deck of cards for Anki; and sharing cards."""

from datetime import datetime
from itertools import islice

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from quizbot.web.archive_pages import archived
from quizbot.web.calendar_file import Event, calendar_file
from quizbot.web.cards import ASKED, case_card
from quizbot.web.deck import deck
from quizbot.web.public import PublicRound, Rounds
from quizbot.web.site import Site

_IN_FEED = 20
_IN_CALENDAR = 26  # a quarter of a year at two cases a week
_AT_MOST = 500  # cards of the deck
_A_DAY = "public, max-age=86400"


def router(site: Site) -> APIRouter:
    """The feeds and the cards."""
    routes = APIRouter()
    _add_feeds(routes, site)
    _add_cards(routes, site)
    return routes


def _add_feeds(routes: APIRouter, site: Site) -> None:
    @routes.get("/feed.atom")
    def atom(request: Request) -> Response:
        base = site.address(request, "")
        shown = _newest(site, _IN_FEED)
        updated = max((_updated(one) for one in shown), default=None)
        answer = site.page(request, "feed.xml", base=base, rounds=shown, updated=updated, updated_of=_updated)
        answer.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
        return answer

    @routes.get("/schedule.ics")
    def schedule(request: Request) -> Response:
        events = _events(site, site.address(request, ""))
        return Response(calendar_file(events, site.clock.now()), media_type="text/calendar; charset=utf-8")

    @routes.get("/anki.txt")
    def anki(request: Request) -> Response:
        asked = [one.id for one in archived(site) if one.can_be_asked][:_AT_MOST]
        rounds = site.rounds()
        cards = [one for one in (rounds.one(i) for i in asked) if one] if rounds else []
        headers = {"Content-Disposition": 'attachment; filename="quizbot-anki.txt"'}
        return Response(deck(cards, site.address(request, "")), media_type="text/plain; charset=utf-8", headers=headers)


def _newest(site: Site, most: int) -> list[PublicRound]:
    """The open quiz and the newest of the archive."""
    rounds = site.rounds()
    if rounds is None:
        return []
    ids = [one.id for one in archived(site)][:most]
    current = rounds.current()
    shown = [one for one in (rounds.one(i) for i in ids) if one]
    return [current, *shown][:most] if current and current.id not in ids else shown


def _updated(one: PublicRound) -> datetime:
    """When a round last changed for its readers: it opened, or it was revealed after its close."""
    opened = one.opened_at or datetime.fromtimestamp(0).astimezone()
    return one.closes_at if one.revealed and one.closes_at else opened


def _events(site: Site, base: str) -> list[Event]:
    rounds, times = site.rounds(), site.facts.times
    current = rounds.current() if rounds else None
    events = []
    if current and not current.closed and current.opened_at and current.closes_at:
        events.append(Event(f"{current.id}-answer", current.closes_at, "quizbot: the answer", f"{base}/"))
    coming = islice(times.after(site.clock.now()) if times else (), _IN_CALENDAR)
    return events + [Event(f"case-{at:%Y%m%dT%H%M}", at, "quizbot: a new case", f"{base}/") for at in coming]


def _add_cards(routes: APIRouter, site: Site) -> None:
    @routes.get("/card.png")
    def plain() -> Response:
        return _card(site.memo.get("plain card", None, lambda: case_card(None, ASKED)))

    @routes.get("/rounds/{round_id}/card.png")
    def card(round_id: str) -> Response:
        rounds = site.rounds()
        one = rounds.one(round_id) if rounds else None
        if rounds is None or one is None:
            raise HTTPException(404)
        picture = _first_picture(rounds, one)
        title = ASKED if one.is_quiz else "Worth knowing"
        stamp = (picture[2] if picture else None, title)
        data = picture[0] if picture else None
        return _card(site.memo.get(("card", round_id), stamp, lambda: case_card(data, title)))


def _first_picture(rounds: Rounds, one: PublicRound) -> tuple[bytes, str, str] | None:
    """What a card shows of a round: its first image or its clip's poster, unless it is graphic."""
    if one.clip is not None:
        return None if one.clip.graphic else rounds.beside_clip(one.id, "poster")
    hidden = not one.pictures or one.pictures[0].graphic
    return None if hidden else rounds.picture(one.id, 1)


def _card(data: bytes) -> Response:
    return Response(data, media_type="image/png", headers={"Cache-Control": _A_DAY})

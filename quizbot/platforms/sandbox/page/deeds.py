"""What a person can do on the page. Each deed takes a visit whose form was verified, and leads back to a page."""

from dataclasses import replace

from starlette.responses import Response

from quizbot.core.errors import InputError
from quizbot.platforms.sandbox import control, people, posts
from quizbot.platforms.sandbox.database import Tx
from quizbot.platforms.sandbox.ids import parse_id
from quizbot.platforms.sandbox.page import views
from quizbot.platforms.sandbox.page.session import Session
from quizbot.platforms.sandbox.page.visit import Visit, back
from quizbot.platforms.sandbox.people import Person
from quizbot.platforms.sandbox.posts import StoredPost


def join(visit: Visit) -> Response:
    """Choose a handle: a new one, or one that was chosen on this page before."""
    handle = visit.form.get("handle", "").strip().removeprefix("@")
    try:
        with visit.world.db.transaction() as tx:
            person = _own_handle(tx, handle) or people.create(tx, handle, handle, "page", visit.world.now_ms())
    except InputError as error:
        return views.home(replace(visit, error=_sentence(error)))
    response = back(visit.form.get("back", "/"))
    visit.remember(response, Session(visit.session.key, person.id))
    return response


def leave(visit: Visit) -> Response:
    """Be nobody again."""
    response = back(visit.form.get("back", "/"))
    visit.remember(response, Session(visit.session.key))
    return response


def post(visit: Visit) -> Response:
    """Post, or answer a post."""
    answered = visit.form.get("reply_to", "")
    record = {"text": visit.form.get("text", ""), "reply_to": answered or None}
    try:
        with visit.world.db.transaction() as tx:
            number = control.post_as(tx, visit.world, _viewer(visit, tx), record)
    except InputError as error:
        failed = replace(visit, error=_sentence(error), path={"id": answered})
        return views.status(failed) if answered else views.home(failed)
    return back(f"/status/{answered}#p{number}" if parse_id(answered) else f"/status/{number}")


def edit(visit: Visit) -> Response:
    """Put a new version in the place of an own post."""
    number = parse_id(visit.form.get("id", "")) or 0
    try:
        with visit.world.db.transaction() as tx:
            mine = _mine(visit, tx, number)
            number = posts.edit(tx, mine, control.post_text(visit.form), visit.world.dials.delays, visit.world.now_ms())
    except InputError as error:
        return views.status(replace(visit, error=_sentence(error), path={"id": str(number)}, form={}))
    return back(f"/status/{number}")


def delete(visit: Visit) -> Response:
    """Take an own post back."""
    number = parse_id(visit.form.get("id", "")) or 0
    try:
        with visit.world.db.transaction() as tx:
            mine = _mine(visit, tx, number)
            posts.delete(tx, mine, visit.world.now_ms())
    except InputError as error:
        return views.home(replace(visit, error=_sentence(error)))
    return back(f"/status/{mine.parent_id}" if mine.parent_id else "/latest")


def follow(visit: Visit) -> Response:
    """Begin or end to follow somebody."""
    with visit.world.db.transaction() as tx:
        viewer, other = visit.viewer(tx), people.by_handle(tx, visit.form.get("handle", ""))
        if viewer and other and viewer.id != other.id:
            people.follow(tx, viewer.id, other.id, on=visit.form.get("on") == "1")
    return back(visit.form.get("back", "/"))


def _own_handle(tx: Tx, handle: str) -> Person | None:
    """An account that this page made; whoever says its name is let in, there is nothing here to protect."""
    known = people.by_handle(tx, handle)
    if known is not None and (known.origin != "page" or known.suspended):
        raise InputError("This handle", "is taken", "choose another")
    return known


def _viewer(visit: Visit, tx: Tx) -> Person:
    viewer = visit.viewer(tx)
    if viewer is None:
        raise InputError("To post", "you need a handle", "choose one first")
    return viewer


def _mine(visit: Visit, tx: Tx, number: int) -> StoredPost:
    found, viewer = posts.by_id(tx, number), _viewer(visit, tx)
    if found is None or found.author_id != viewer.id or found.deleted_ms is not None or found.replaced_by is not None:
        raise InputError("This post", "is not yours, or is gone", "reload the page")
    return found


def _sentence(error: InputError) -> str:
    """An error as a line on a page."""
    where = error.where[:1].upper() + error.where[1:]
    return f"{where} {error.what}; {error.todo}."

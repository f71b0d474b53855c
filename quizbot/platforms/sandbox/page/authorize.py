"""The page on which a person lets an app see who they are: ``/i/oauth2/authorize``."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from starlette.responses import RedirectResponse, Response

from quizbot.core.errors import InputError
from quizbot.platforms.sandbox import people
from quizbot.platforms.sandbox.database import Tx
from quizbot.platforms.sandbox.oauth2 import DeclinedError, UnusableError, Wish, check_wish, issue_code, read_wish
from quizbot.platforms.sandbox.page import present
from quizbot.platforms.sandbox.page.visit import Visit
from quizbot.platforms.sandbox.people import Person

_OFFERED = 12  # accounts to choose from; any other by its handle
_PASSED_ON = ("response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method")


def ask(visit: Visit) -> Response:
    """Ask who it is, or say why the app's wish is none."""
    return _with_wish(visit, visit.query, lambda wish: _page(visit, visit.query, wish))


def decide(visit: Visit) -> Response:
    """Send the browser back to the app, with a code or with the person's no."""

    def granted(wish: Wish) -> Response:
        if visit.form.get("decision") == "cancel":
            raise DeclinedError("access_denied", "the person said no")
        try:
            with visit.world.db.transaction() as tx:
                person = _chosen(visit, tx)
                code = issue_code(tx, wish, person.id, visit.world.machine_now())
        except InputError as error:
            return _page(replace(visit, error=f"{error.where} {error.what}; {error.todo}."), visit.form, wish)
        return _away(wish.back(code=code))

    return _with_wish(visit, visit.form, granted)


def _with_wish(visit: Visit, given: Mapping[str, str], then: Callable[[Wish], Response]) -> Response:
    try:
        wish = read_wish(visit.world.app, given)
    except UnusableError as error:
        with visit.world.db.transaction() as tx:
            frame = visit.frame(tx, "authorize") | {"reason": str(error)}
        return visit.page("unusable.html", frame, 400)
    try:
        check_wish(wish, given)
        answer = then(wish)
    except DeclinedError as declined:
        return _away(wish.back(error=declined.error, error_description=str(declined)))
    return answer


def _page(visit: Visit, given: Mapping[str, str], wish: Wish) -> Response:
    with visit.world.db.transaction() as tx:
        frame = visit.frame(tx, "authorize") | {
            "app": urlsplit(wish.redirect_uri).netloc,
            "hidden": {name: given.get(name, "") for name in _PASSED_ON},
            "faces": [present.face(one.handle, one.name, is_bot=False) for one in _offered(visit, tx)],
        }
    # The form leads back to the app: a browser asks for its address here, too.
    parts = urlsplit(wish.redirect_uri)
    return visit.page("authorize.html", frame, 422 if visit.error else 200, form_to=f"{parts.scheme}://{parts.netloc}")


def _offered(visit: Visit, tx: Tx) -> list[Person]:
    """The accounts to choose from: the browser's own first, then the newest."""
    viewer = visit.viewer(tx)
    newest = [one for one in people.newest(tx, _OFFERED) if viewer is None or one.id != viewer.id]
    return ([viewer] if viewer else []) + newest


def _chosen(visit: Visit, tx: Tx) -> Person:
    """The account with the handle given; a handle that nobody has becomes one, as on the first page.

    Raises:
        InputError: it cannot be one, or its account is suspended.
    """
    handle = (visit.form.get("account") or visit.form.get("handle", "")).strip().removeprefix("@")
    known = people.by_handle(tx, handle)
    if known is not None and known.suspended:
        raise InputError("This account", "is suspended", "choose another")
    return known or people.create(tx, handle, handle, "page", visit.world.now_ms())


def _away(address: str) -> Response:
    return RedirectResponse(address, 303, headers={"cache-control": "no-store", "referrer-policy": "no-referrer"})

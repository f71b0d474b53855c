"""The page's routes: reads a request within bounds, finds out who looks, and hands a visit on."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl

from jinja2 import Environment
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from quizbot.platforms.sandbox.asgi import BodyTooLargeError, read_body
from quizbot.platforms.sandbox.oauth2 import AUTHORIZE
from quizbot.platforms.sandbox.page import authorize, deeds, session, views
from quizbot.platforms.sandbox.page.session import COOKIE
from quizbot.platforms.sandbox.page.visit import Visit, make_templates
from quizbot.platforms.sandbox.world import World

_FORM_LIMIT = 64 * 1024  # bytes; 4,000 characters, each written as %XX%XX%XX%XX, are 48,000
_STALE = "This form is too old or not ours. Go back, reload the page, and send it again."

Handler = Callable[[Visit], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


def page_routes(world: World) -> list[BaseRoute]:
    """Everything a browser may ask for."""
    templates = make_templates()
    looks: dict[str, Handler] = {
        "/": views.home,
        "/latest": views.latest,
        "/status/{id}": views.status,
        "/u/{handle}": views.profile,
        "/poll": views.poll,
        "/media/{id}": views.media,
        AUTHORIZE: authorize.ask,
    }
    acts: dict[str, Handler] = {
        "/join": deeds.join,
        "/leave": deeds.leave,
        "/post": deeds.post,
        "/edit": deeds.edit,
        "/delete": deeds.delete,
        "/follow": deeds.follow,
        AUTHORIZE: authorize.decide,
    }
    routes: list[BaseRoute] = [
        Route(path, _look(world, templates, handler), methods=["GET"]) for path, handler in looks.items()
    ]
    routes += [Route(path, _act(world, templates, handler), methods=["POST"]) for path, handler in acts.items()]
    return [*routes, Mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))]


def _visit(world: World, templates: Environment, request: Request) -> Visit:
    known = session.from_cookie(world.secret, request.cookies.get(COOKIE, ""))
    return Visit(
        world=world,
        templates=templates,
        session=known or session.new_session(),
        is_new=known is None,
        query=dict(request.query_params),
        path=dict(request.path_params),
    )


def _look(world: World, templates: Environment, handler: Handler) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(handler, _visit(world, templates, request))

    return endpoint


def _act(world: World, templates: Environment, handler: Handler) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        try:
            body = await read_body(request.receive, _FORM_LIMIT)
            form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20))
        except (BodyTooLargeError, ValueError):
            return PlainTextResponse("This form is too large.", 413)
        visit = replace(_visit(world, templates, request), form=form)
        if visit.is_new or not session.is_form_token(world.secret, visit.session, form.get("token", "")):
            return PlainTextResponse(_STALE, 403)
        return await run_in_threadpool(handler, visit)

    return endpoint

"""The two calls of OAuth 2.0 under ``/2/``: a token for a code, and a token's end."""

from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import parse_qsl

from quizbot.platforms.sandbox import oauth2
from quizbot.platforms.sandbox.database import Tx
from quizbot.platforms.sandbox.oauth2 import TokenRefusedError
from quizbot.platforms.sandbox.wire import Answer, Call
from quizbot.platforms.sandbox.world import World

Form = Mapping[str, str]
_ROUTES: dict[str, Callable[[Tx, Form, datetime], dict[str, object]]] = {
    "POST /2/oauth2/token": oauth2.redeem,
    "POST /2/oauth2/revoke": lambda tx, form, _now: oauth2.revoke(tx, form),
}
_FIELDS = 20


def is_token_route(call: Call) -> bool:
    """Whether a call is one of the two."""
    return f"{call.method} {call.path}" in _ROUTES


def answer(world: World, call: Call) -> Answer:
    """Answer one of the two; free of charge and of rate limits."""
    try:
        form = _form(call)
        oauth2.check_client(world.app, call.headers.get("authorization", ""))
        # A refusal has effects too: the code is used up. So the transaction ends well before it is raised on.
        with world.db.transaction() as tx:
            body, refused = _tried(tx, call, form, world.machine_now())
        if refused:
            raise refused
    except TokenRefusedError as no:
        return Answer(no.status, {"error": no.error, "error_description": str(no)})
    return Answer(200, body)


def _tried(tx: Tx, call: Call, form: Form, now: datetime) -> tuple[dict[str, object], TokenRefusedError | None]:
    try:
        return _ROUTES[f"{call.method} {call.path}"](tx, form, now), None
    except TokenRefusedError as refused:
        return {}, refused


def _form(call: Call) -> Form:
    if call.content_type != "application/x-www-form-urlencoded":
        raise TokenRefusedError(400, "invalid_request", "the body is not application/x-www-form-urlencoded")
    try:
        return dict(parse_qsl(call.body.decode("ascii"), keep_blank_values=True, max_num_fields=_FIELDS))
    except ValueError:
        raise TokenRefusedError(400, "invalid_request", "the body cannot be read") from None

"""One request to the page: who looks, and how an answer is put together."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

from quizbot.platforms.sandbox import people
from quizbot.platforms.sandbox.database import Tx
from quizbot.platforms.sandbox.page import present, session
from quizbot.platforms.sandbox.page.session import COOKIE, Session
from quizbot.platforms.sandbox.people import Person
from quizbot.platforms.sandbox.world import World

_HERE = Path(__file__).parent
_OURS = re.compile(r"/(latest|status/[0-9]{1,19}|u/[A-Za-z0-9_]{1,15})?(#p[0-9]{1,19})?")
_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; script-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
}


def make_templates() -> Environment:
    """The page's templates; a name that is not there is an error, and every text is escaped."""
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: the browser's session, what the URL asks for, and the form's fields if one was sent."""

    world: World
    templates: Environment
    session: Session
    is_new: bool
    query: Mapping[str, str]
    path: Mapping[str, str]
    form: Mapping[str, str] = field(default_factory=dict)
    error: str = ""

    def viewer(self, tx: Tx) -> Person | None:
        """The person who looks, once a handle is chosen; a suspended one cannot do anything."""
        person = people.by_id(tx, self.session.user_id) if self.session.user_id else None
        return None if person is None or person.suspended else person

    def page(self, template: str, frame: Mapping[str, object], status: int = 200, form_to: str = "") -> Response:
        """Render a template with what every page needs and what this one adds.

        ``form_to``: where, besides here, the answer to a form of this page may lead.
        """
        html = self.templates.get_template(template).render(
            token=session.form_token(self.world.secret, self.session), **frame
        )
        policy = _HEADERS["content-security-policy"].replace(
            "form-action 'self'", f"form-action 'self' {form_to}".strip()
        )
        response = HTMLResponse(html, status, headers=_HEADERS | {"content-security-policy": policy})
        if self.is_new:
            self.remember(response, self.session)
        return response

    def remember(self, response: Response, kept: Session) -> None:
        """Put a session's cookie on an answer."""
        value = session.to_cookie(self.world.secret, kept)
        response.set_cookie(COOKIE, value, max_age=30 * 86_400, httponly=True, samesite="lax")

    def frame(self, tx: Tx, tab: str) -> dict[str, object]:
        """What every page shows: who looks, the bot, and what was wrong with the form that was sent."""
        viewer = self.viewer(tx)
        bot = people.by_ids(tx, [self.world.bot_id])[self.world.bot_id]
        me = present.face(viewer.handle, viewer.name, is_bot=False) if viewer else None
        return {
            "tab": tab,
            "me": me,
            "bot": present.profile(tx, bot, viewer, bot.id),
            "error": self.error,
            "draft": self.form.get("text", "") if self.error else "",
            "suggestion": f"guest_{self.session.key[:5]}",
        }


def back(where: str) -> Response:
    """Send the browser to one of our own pages; to the first one if it is none of ours."""
    return RedirectResponse(where if _OURS.fullmatch(where) else "/", 303, headers={"cache-control": "no-store"})

"""Who is looking at the page: a signed cookie, and the token that its forms carry."""

import hmac
import secrets
from dataclasses import dataclass

COOKIE = "sandbox_session"
_DIGITS = 32  # hexadecimal, of each signature


@dataclass(frozen=True, slots=True)
class Session:
    """A browser. ``user_id`` is None until it has chosen a handle."""

    key: str
    user_id: int | None = None


def sign(secret: str, text: str) -> str:
    """A signature that only this sandbox can make."""
    return hmac.new(secret.encode(), text.encode(), "sha256").hexdigest()[:_DIGITS]


def to_cookie(secret: str, session: Session) -> str:
    """The cookie's value."""
    plain = f"{session.key}.{session.user_id or 0}"
    return f"{plain}.{sign(secret, plain)}"


def from_cookie(secret: str, value: str) -> Session | None:
    """The session of a cookie, or None if this sandbox did not sign it."""
    plain, _, signature = value.rpartition(".")
    if not hmac.compare_digest(sign(secret, plain).encode(), signature.encode("utf-8", "replace")):
        return None
    key, _, user = plain.partition(".")
    return Session(key, int(user) or None)


def new_session() -> Session:
    """A browser that was not here before."""
    return Session(secrets.token_hex(12))


def form_token(secret: str, session: Session) -> str:
    """What each form of this session carries, so that no other site can send one."""
    return sign(secret, f"form:{session.key}")


def is_form_token(secret: str, session: Session, given: str) -> bool:
    """Whether a form came from this session's own page."""
    return hmac.compare_digest(form_token(secret, session).encode(), given.encode("utf-8", "replace"))

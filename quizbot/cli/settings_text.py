"""The settings as text: the list that `config` prints and the file that `init` writes."""

import textwrap
from collections.abc import Iterator
from datetime import timedelta

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from quizbot.settings import PREFIX, Settings


def settings_in_force(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """Name, value and description of every setting; a secret's value is only whether it is set."""
    for name, field in Settings.model_fields.items():
        yield env_name(name), shown(name, getattr(settings, name)), field.description or ""


def env_name(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def shown(name: str, value: object) -> str:
    """A value fit to be shown."""
    if isinstance(value, SecretStr):
        return "(set, hidden)"
    if value is None:
        return "(not set)"
    if isinstance(value, timedelta):
        return f"{value.total_seconds() / 3600:g}h"
    if isinstance(value, bool):
        return str(int(value))
    if name == "database_url":
        return _without_password(str(value))
    return str(value)


def _without_password(url: str) -> str:
    head, at, tail = url.rpartition("@")
    if not at:
        return url
    scheme, slashes, credentials = head.partition("://")
    user, colon, _ = credentials.partition(":")
    return f"{scheme}{slashes}{user}{':***' if colon else ''}@{tail}"


def commented_env() -> str:
    """A .env with every setting as a comment, its default and what it means; the four keys stand open."""
    lines = ["# Settings of quizbot. Uncomment what you change; `quizbot config` shows what is in force.", ""]
    for name, field in Settings.model_fields.items():
        lines += textwrap.wrap(field.description or "", 110, initial_indent="# ", subsequent_indent="# ")
        lines += [_env_line(name, field), ""]
    return "\n".join(lines)


def _env_line(name: str, field: FieldInfo) -> str:
    if name.startswith("x_") and field.default is None:
        return f"{env_name(name)}="
    return f"#{env_name(name)}={shown(name, field.default) if field.default is not None else ''}"

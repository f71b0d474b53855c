"""What is wrong with a command line, said as the rest of the program speaks; the libraries' own words stay inside."""

import re

from quizbot.core.errors import one_line

_CHOICE = re.compile("'([^']*)'")


def usage_line(error: Exception) -> str:
    """The one line for a command line that could not be read."""
    what = _value(error)
    context = getattr(error, "ctx", None)
    command = getattr(context, "command_path", "quizbot")
    if what is not None:
        return one_line(f"{_where(error, context)}: {what}; see `{command} --help`")
    message = one_line(getattr(error, "format_message", error.__str__)()).rstrip(".")
    see = "see `quizbot --help`, or `quizbot COMMAND --help`" if command == "quizbot" else f"see `{command} --help`"
    return f"{message} {see}" if message.endswith("?") else f"{message}; {see}"


def _value(error: Exception) -> str | None:
    """What is wrong with an option's value; None if the error is about something else."""
    from pydantic import ValidationError  # noqa: PLC0415  # a mistake alone needs them

    from quizbot.casebook.messages import choice_message, explained  # noqa: PLC0415  # likewise

    if not isinstance(error.__cause__, ValidationError):
        return None
    detail = error.__cause__.errors(include_url=False)[0]
    if detail["type"] == "value_error" and "is not one of" in detail["msg"]:
        _, *choices = _CHOICE.findall(detail["msg"])
        return choice_message(detail["input"], choices)
    return explained(detail)


def _where(error: Exception, context: object) -> str:
    """The option or argument concerned, without quotation marks."""
    param = getattr(error, "param", None)
    hint = param.get_error_hint() if param is not None else getattr(context, "info_name", "")
    return str(hint).replace("'", "")

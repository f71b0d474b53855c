"""`quizbot sandbox`."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from quizbot.cli.frame import app, print_json, progress, say
from quizbot.core.clock import parse_clock


class Spoken(StrEnum):
    """The dialects to choose from; the sandbox's own type would bring its web server along with every command."""

    POST = "post"
    TWEET = "tweet"


Port = Annotated[int, typer.Option(min=0, max=65535, help="Port on 127.0.0.1; 0 takes a free one.")]
State = Annotated[Path | None, typer.Option(help="File that keeps everything; without it all is gone at the end.")]
Names = Annotated[Spoken, typer.Option(help="Names of fields: post (OpenAPI 2.167) or tweet (2.165).")]
Time = Annotated[str, typer.Option(help="Compressed time, as QUIZBOT_CLOCK has it.")]
Lag = Annotated[float, typer.Option(min=0.0, help="Seconds of its clock before a post shows in mentions and searches.")]
Credit = Annotated[float | None, typer.Option("--credits", min=0.0, help="US$ of a new state file; else any amount.")]
Json = Annotated[bool, typer.Option("--json", help="Print address and keys as one JSON object.")]


@app.command(epilog="Example: quizbot sandbox --port 8090 --state sandbox.db")
def sandbox(
    *,
    port: Port = 8090,
    state: State = None,
    dialect: Names = Spoken.POST,
    clock: Time = "",
    lag: Lag = 0.0,
    credit: Credit = None,
    as_json: Json = False,
) -> None:
    """A local X with X's rules: an API for the bot, a page for people, and faults on request."""
    from quizbot.platforms.sandbox import Dialect, Running, SandboxOptions, serve  # noqa: PLC0415  # a web server

    def announce(running: Running) -> None:
        settings = running.settings() | ({"QUIZBOT_CLOCK": clock} if clock else {})
        if as_json:
            print_json({"url": running.url, "handle": running.handle, "bot_id": running.bot_id, "settings": settings})
        else:
            _say_settings(running.url, running.handle, settings)
        sys.stdout.flush()

    options = SandboxOptions(dialect=Dialect(dialect.value), lag=lag, credit=credit)
    serve(options, parse_clock(clock), state, port, announce)


def _say_settings(url: str, handle: str, settings: dict[str, str]) -> None:
    say(f"# Sandbox X at {url}/ with the bot @{handle}. Paste this into the bot's shell or .env:")
    for name, value in settings.items():
        say(f"export {name}={value}")
    progress.print("end with Ctrl-C")

"""`quizbot demo`."""

import sys
from typing import Annotated

import typer
from rich.console import Console

from quizbot.cli.frame import app, print_json
from quizbot.core.errors import Exit, QuizbotError

Fast = Annotated[bool, typer.Option("--fast", help="Days pass in seconds; ends by itself.")]
Json = Annotated[bool, typer.Option("--json", help="Print a summary as one JSON object.")]
DaySeconds = Annotated[float, typer.Option(min=0.0, help="Real seconds that a day takes; 0: 8 if fast, else 180.")]


@app.command(epilog="Example: quizbot demo --fast --json")
def demo(
    *,
    fast: Fast = False,
    as_json: Json = False,
    day_seconds: DaySeconds = 0.0,
) -> None:
    """A whole quiz on this machine, nothing configured: a local X, the bot, followers who reply, and you.

    Started at a terminal without --fast it goes on until Ctrl-C; else it ends after the last answer.
    """
    from quizbot.demo import Options, run_demo  # noqa: PLC0415  # it brings the web server and the database with it
    from quizbot.demo.telling import Teller  # noqa: PLC0415

    stay = sys.stdin.isatty() and not fast
    teller = Teller(Console(stderr=as_json, highlight=False))
    summary = run_demo(Options(fast, stay, day_seconds), teller)
    teller.finished(summary)
    if as_json:
        print_json(summary.as_json())
    if summary.missed:
        raise QuizbotError("demo", f"not reached: {'; '.join(summary.missed)}", "see what was printed above")
    raise SystemExit(int(Exit.DONE))

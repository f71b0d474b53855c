"""What all commands share: the app, the way errors leave, JSON lines and progress."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, NoReturn

import typer
import typer.exceptions
from rich.console import Console

from quizbot import __version__
from quizbot.cli.usage import usage_line
from quizbot.core.errors import Exit, InputError, QuizbotError, one_line

app = typer.Typer(
    name="quizbot",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Posts a clinical image on X, gathers the guesses, reveals the answer, keeps score.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
JsonLines = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
_debug = {"on": False}
progress = Console(stderr=True, highlight=False)


def _version(wanted: bool) -> None:  # noqa: FBT001  # typer's way of calling it
    if wanted:
        say(f"quizbot {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    *,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show it.")] = False,  # noqa: ARG001  # the callback acts
    debug: bool = typer.Option(default=False, help="Show the traceback of an error."),
) -> None:
    _debug["on"] = debug


def print_json(record: Mapping[str, object]) -> None:
    """Print one JSON object as a line on standard output."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


def say(text: str = "") -> None:
    """Print a line of a command's result on standard output."""
    sys.stdout.write(text + "\n")


def write_output(file: Path, text: str | bytes) -> None:
    """Write a command's result to the file that it was asked to write to.

    Raises:
        InputError: it cannot be written.
    """
    try:
        file.write_bytes(text.encode() if isinstance(text, str) else text)  # as it is: a CSV has line ends of its own
    except OSError as problem:
        raise InputError(str(file), f"cannot be written ({problem.strerror})", "choose another file") from None


def fail(error: QuizbotError) -> NoReturn:
    """Leave with an error's one line and its exit code."""
    sys.stderr.write(f"quizbot: {error}\n")
    raise SystemExit(int(error.exit_code))


def main() -> None:
    """Run the command line; every known error ends in one line and the right exit code."""
    try:
        code = app(standalone_mode=False)
    except QuizbotError as error:
        if _debug["on"]:
            raise
        fail(error)
    except (typer.Abort, KeyboardInterrupt):
        raise SystemExit(130) from None
    except typer.Exit as left:
        raise SystemExit(left.exit_code) from None
    except typer.exceptions.TyperException as error:
        sys.stderr.write(f"quizbot: {usage_line(error)}\n")
        raise SystemExit(int(Exit.USAGE)) from None
    except BrokenPipeError:
        # The reader went away (``quizbot check | head``): nothing is wrong.
        sys.stderr.close()
        raise SystemExit(int(Exit.DONE)) from None
    except Exception as error:  # the last resort: one line for a person, the traceback on request
        if _debug["on"]:
            raise
        sys.stderr.write(f"quizbot: unexpected {type(error).__name__}: {one_line(str(error))}; see it with --debug\n")
        raise SystemExit(int(Exit.OUTSIDE)) from None
    raise SystemExit(code if isinstance(code, int) else int(Exit.DONE))

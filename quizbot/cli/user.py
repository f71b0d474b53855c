"""The people who write, release and run: user add, list, disable, passphrase."""

import getpass
import sys
from typing import Annotated

import typer

from quizbot.cli.frame import JsonLines, app, print_json, say
from quizbot.cli.wiring import local, opened_store
from quizbot.core.errors import InputError
from quizbot.core.passphrase import LONGEST
from quizbot.core.person import Role
from quizbot.settings import load_settings
from quizbot.store.people import add_person, authenticate, people, set_disabled, set_passphrase

users = typer.Typer(no_args_is_help=True, help="The people who write cases, release them and run the bot.")
app.add_typer(users, name="user")
Name = Annotated[str, typer.Argument(help="What they sign in with.")]
FromInput = Annotated[
    bool, typer.Option("--passphrase-stdin", help="Read the passphrase from standard input, one line, unasked.")
]


@users.command("add", epilog="Example: quizbot user add ann --role reviewer --handle @ann_reads_ecgs")
def add(
    name: Name,
    *,
    role: Annotated[list[Role], typer.Option(help="What they may do; may be given several times.")],
    handle: Annotated[str | None, typer.Option(help="Their handle on X: nobody releases a case of their own.")] = None,
    passphrase_stdin: FromInput = False,
) -> None:
    """Make an account; its passphrase is asked for twice."""
    settings = load_settings()
    with opened_store(settings, upgrading=True) as store:
        passphrase = _new_passphrase(from_input=passphrase_stdin)
        person = add_person(store, name, handle, role, passphrase, settings.make_clock().now())
    say(f"{person.name} may now sign in as {', '.join(sorted(person.roles))}")
    if Role.REVIEWER in person.roles and person.handle is None:
        say("without --handle nobody can tell whether a case is this person's own; add it if they write cases")


@users.command("list", epilog="Example: quizbot user list --json")
def show(*, as_json: JsonLines = False) -> None:
    """Every account, its roles, and whether it is shut."""
    settings = load_settings()
    with opened_store(settings) as store, store.read() as session:
        rows = people(session)
    for row in rows:
        shut = row.disabled_at
        if as_json:
            record = {"name": row.shown_name, "handle": row.handle, "roles": row.roles}
            print_json(record | {"added_at": row.added_at.isoformat(), "disabled_at": shut and shut.isoformat()})
        else:
            state = f"disabled {local(shut, settings)}" if shut else "active"
            say(f"{row.shown_name}  {row.handle or '(no handle)'}  {', '.join(row.roles)}  {state}")
    if not rows and not as_json:
        say("nobody yet; `quizbot user add NAME --role reviewer` makes an account")


@users.command("disable", epilog="Example: quizbot user disable ann")
def disable(
    name: Name, *, undo: Annotated[bool, typer.Option("--undo", help="Open the account again.")] = False
) -> None:
    """Shut an account; what it has signed no longer counts for posts to come."""
    settings = load_settings()
    with opened_store(settings) as store:
        person = set_disabled(store, name, None if undo else settings.make_clock().now())
    say(f"{person.name} may sign in again" if undo else f"{person.name} is shut; cases signed by it ask for another")


@users.command("passphrase", epilog="Example: quizbot user passphrase ann")
def passphrase(
    name: Name,
    *,
    passphrase_stdin: FromInput = False,
    reset: Annotated[bool, typer.Option("--reset", help="Do not ask for the old one (it was forgotten).")] = False,
) -> None:
    """Change a passphrase: the old one, then the new one twice; from standard input each once, a line each."""
    settings = load_settings()
    now = settings.make_clock().now()
    with opened_store(settings) as store:
        if not reset:
            old = _line("the old passphrase") if passphrase_stdin else _asked("Old passphrase: ")
            authenticate(store, name, old, now)
        set_passphrase(store, name, _new_passphrase(from_input=passphrase_stdin), now)
    say(f"{name} has a new passphrase")


def _new_passphrase(*, from_input: bool) -> str:
    if from_input:
        return _line("the passphrase")
    first = _asked("New passphrase: ")
    if _asked("Once more: ") != first:
        raise InputError("passphrase", "the two are not the same", "type it again")
    return first


def _asked(prompt: str) -> str:
    """A secret typed at the terminal, not shown; never taken from a pipe by accident."""
    if not sys.stdin.isatty():
        raise InputError("passphrase", "there is no terminal to ask at", "pipe it in with --passphrase-stdin")
    return getpass.getpass(prompt)


def _line(what: str) -> str:
    line = sys.stdin.readline(4 * LONGEST)
    if not line.strip():
        raise InputError("--passphrase-stdin", f"{what} is not on standard input", "pipe it in, one line")
    return line.rstrip("\r\n")

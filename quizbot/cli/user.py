"""The people who write, release and run: user add, list, disable, passphrase, link."""

import getpass
import sys
from typing import Annotated

import typer

from quizbot.cli.frame import JsonLines, app, print_json, say
from quizbot.cli.wiring import local, opened_store
from quizbot.core.errors import InputError, UsageError
from quizbot.core.passphrase import LONGEST
from quizbot.core.person import Role
from quizbot.settings import Settings, load_settings
from quizbot.store import XLinkRow
from quizbot.store.people import add_person, authenticate, people, set_disabled, set_passphrase
from quizbot.store.x_links import add_linked_person, holds_until, link, links, unlink

users = typer.Typer(no_args_is_help=True, help="The people who write cases, release them and run the bot.")
app.add_typer(users, name="user")
Name = Annotated[str, typer.Argument(metavar="NAME", help="What they sign in with.")]
FromInput = Annotated[
    bool, typer.Option("--passphrase-stdin", help="Read the passphrase from standard input, one line, unasked.")
]


@users.command("add", epilog="Example: quizbot user add ann --role reviewer --handle @ann_reads_ecgs")
def add(
    name: Name,
    *,
    role: Annotated[list[Role], typer.Option(help="What they may do; may be given several times.")],
    handle: Annotated[str | None, typer.Option(help="Their handle on X: nobody releases a case of their own.")] = None,
    x: Annotated[str | None, typer.Option("--x", help="@handle or user id of X that may sign in as them.")] = None,
    passphrase_stdin: FromInput = False,
) -> None:
    """Make an account; its passphrase is asked for twice."""
    settings = load_settings()
    with opened_store(settings, upgrading=True) as store:
        passphrase = _new_passphrase(from_input=passphrase_stdin)
        given = (store, name, handle, role, passphrase, settings.make_clock().now())
        person, linked = add_linked_person(*given, x) if x else (add_person(*given), None)
    say(f"{person.name} may now sign in as {', '.join(sorted(person.roles))}")
    if linked:
        _say_linked(person.name, linked, settings)
    if Role.REVIEWER in person.roles and person.handle is None:
        say("without --handle nobody can tell whether a case is this person's own; add it if they write cases")


@users.command("list", epilog="Example: quizbot user list --json")
def show(*, as_json: JsonLines = False) -> None:
    """Every account, its roles, and whether it is shut."""
    settings = load_settings()
    with opened_store(settings) as store, store.read() as session:
        rows, linked = people(session), links(session)
    for row in rows:
        shut, x = row.disabled_at, linked.get(row.name)
        if as_json:
            record = {"name": row.shown_name, "handle": row.handle, "roles": row.roles, "x": x and _account_of_x(x)}
            print_json(record | {"added_at": row.added_at.isoformat(), "disabled_at": shut and shut.isoformat()})
        else:
            state = f"disabled {local(shut, settings)}" if shut else "active"
            with_x = f"  signs in with X as {_account_of_x(x)}" if x else ""
            say(f"{row.shown_name}  {row.handle or '(no handle)'}  {', '.join(row.roles)}  {state}{with_x}")
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


@users.command("link", epilog="Example: quizbot user link ann @ann_reads_ecgs")
def link_to_x(
    name: Name,
    x: Annotated[str | None, typer.Argument(metavar="X", help="@handle or user id of X; the id is safer.")] = None,
    *,
    undo: Annotated[bool, typer.Option("--undo", help="Let nobody sign in as them with X any more.")] = False,
) -> None:
    """Let an account of X sign in to the console as somebody who has an account here; the passphrase stays."""
    if undo == (x is not None):
        raise UsageError("user link", "give either an account of X or --undo", "such as `quizbot user link ann @ann`")
    settings = load_settings()
    now = settings.make_clock().now()
    with opened_store(settings, upgrading=True) as store:
        if x is None:
            say(f"{unlink(store, name, now).name} signs in with the passphrase alone")
            return
        _say_linked(name, link(store, name, x, now), settings)


def _say_linked(name: str, row: XLinkRow, settings: Settings) -> None:
    until = holds_until(row)
    wait = f"; sign in once before {local(until, settings)}, after that the id of X counts" if until else ""
    say(f"{_account_of_x(row)} may sign in with X as {name}{wait}")


def _account_of_x(row: XLinkRow) -> str:
    named = f"@{row.handle}" if row.handle else ""
    return " ".join(filter(None, (named, row.user_id)))


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

"""What is kept and what is erased: forget, db backup, db restore."""

import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from quizbot.cli.frame import app, say
from quizbot.cli.setup import database
from quizbot.cli.wiring import account_of, local, make_memory, opened_store
from quizbot.core.errors import OutsideError, UsageError
from quizbot.rounds.forget import find_user, what_is_held
from quizbot.rounds.forget import forget as forget_user
from quizbot.rounds.names import clear_pseudonym, find_named
from quizbot.rounds.restoring import restore
from quizbot.settings import Settings, load_settings
from quizbot.store import Store
from quizbot.store.backup import back_up, backups_since, note_backup
from quizbot.store.engine import unopened_store
from quizbot.store.forgotten import Held

User = Annotated[str, typer.Argument(metavar="USER", help="A user id, a handle, or the address of one of the replies.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup, one file.")]


def sure(question: str, *, yes: bool) -> bool:
    """Whether the operator wants what cannot be undone.

    Raises:
        UsageError: nobody is there to be asked, and ``--yes`` was not given.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError("--yes", f"is needed where nobody can be asked: {question}", "add it if you are sure")
    return typer.confirm(question)


@app.command(epilog="Example: quizbot forget @ann --yes")
def forget(user: User, *, yes: Yes = False) -> None:
    """Erase a respondent: replies, verdicts, points, name. Whatever that person posts later is dropped unread."""
    settings = load_settings()
    with opened_store(settings) as store:
        account = account_of(settings, store)
        memory = make_memory(settings)
        user_id = find_user(store, account, user)
        found = what_is_held(store, account, user_id)
        if not sure(f"erase user {user_id}: {_counted(found)}?", yes=yes):
            say("nothing was erased")
            return
        erased = forget_user(store, account, user_id, memory, settings.make_clock().now())
        say(f"user {user_id} is forgotten; erased: {_counted(erased)}; kept: a keyed hash of the id")
        if erased:
            tell_backups(store, erased.since, settings, "A restore erases the person from them again.")


@app.command(epilog='Example: quizbot clear-name "An offensive name" --why "reported"')
def clear_name(
    user: Annotated[
        str, typer.Argument(metavar="USER", help="The pseudonym, @handle, user id, or the address of a reply.")
    ],
    *,
    bar: Annotated[bool, typer.Option("--bar", help="Let the person choose no other.")] = False,
    why: Annotated[str, typer.Option(help="A line for the record; neither the name nor the person.")] = "",
) -> None:
    """Take a pseudonym off the boards: they show the handle again. The console's record says that it was done."""
    settings = load_settings()
    with opened_store(settings) as store:
        account = account_of(settings, store)
        user_id = find_named(store, account, user)
        taken = clear_pseudonym(store, account, user_id, "operator", settings.make_clock().now(), bar=bar, why=why)
    say(f"user {user_id} is shown by the handle again" if taken else f"user {user_id} had no pseudonym")
    if bar:
        say("no pseudonym can be chosen any more")


def _counted(found: Held) -> str:
    name = "name and handle, if looked up" if found.respondent else "no name"
    return f"{found.replies} replies, {found.verdicts} verdicts, points in {found.attempts} rounds, {name}"


def tell_backups(store: Store, since: datetime | None, settings: Settings, then: str) -> None:
    """Say which backups still hold what was just erased."""
    with store.read() as session:
        rows = backups_since(session, since)
    for line in _backup_lines(((row.path, row.host, local(row.made_at, settings)) for row in rows), then):
        say(line)


def _backup_lines(backups: Iterable[tuple[str, str, str]], then: str) -> Iterable[str]:
    lines = [f"    {path} (on {host}, {made})" for path, host, made in backups]
    if not lines:
        yield "no backup made by `quizbot db backup` holds it; other copies of yours are unknown here"
        return
    yield f"these backups still hold it; delete them when you can. {then}"
    yield from lines


@database.command("backup", epilog="Example: quizbot db backup /backups/quizbot-$(date +%F).db")
def db_backup(file: File) -> None:
    """Copy the database into one file, while the bot runs."""
    settings = load_settings()
    with opened_store(settings) as store:
        now = settings.make_clock().now()
        back_up(store, file)
        say(f"backup made and checked: {file}, {file.stat().st_size:,} bytes; it holds replies, so keep it safe")
        say(f"not in it: the installation's key; keep {settings.secret_file} and {_list(settings)} apart from it")
        try:
            with store.write() as session:
                note_backup(session, file, now)
        except OutsideError as error:
            say(f"it could not be noted in the database, so `forget` and `retract` will not name it: {error}")


def _list(settings: Settings) -> Path:
    return settings.secret_file.with_name("forgotten")


@database.command("restore", epilog="Example: quizbot db restore /backups/quizbot-2026-11-25.db --yes")
def db_restore(file: File, *, yes: Yes = False) -> None:
    """Put a backup in the place of the database. The bot has to be stopped, and is paused afterwards."""
    settings = load_settings()
    store = unopened_store(settings.database_url)
    try:
        erased = restore(store, file, make_memory(settings), settings.make_clock().now(), overwrite=yes)
    finally:
        store.close()
    say(f"restored from {file}" + (f"; {erased} people who asked to be forgotten were erased again" if erased else ""))
    say("the bot is paused: look at `quizbot status`, then `quizbot resume`. Posts that were made since the backup are")
    say("found on the timeline before anything is posted; replies that X still shows are read again")

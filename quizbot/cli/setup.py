"""Setting up: init, config, doctor, db."""

from pathlib import Path

import typer

from quizbot.cli.checkup import Check, checkup
from quizbot.cli.frame import JsonLines, app, print_json, say
from quizbot.cli.logs import set_up_logs
from quizbot.cli.settings_text import commented_env, settings_in_force
from quizbot.cli.wiring import bring_up
from quizbot.core.errors import Exit, InputError
from quizbot.settings import load_settings
from quizbot.store import open_store

database = typer.Typer(no_args_is_help=True, help="The database: migrations, backups.")
app.add_typer(database, name="db")


@app.command(epilog="Example: quizbot init && $EDITOR .env")
def init() -> None:
    """Write a commented .env and make the folders for cases and data here; changes nothing that exists."""
    file = Path(".env")
    try:
        file.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise InputError(str(file), "exists already", "edit it, or move it away first") from None
    except OSError as error:
        raise InputError(str(file), f"cannot be written ({error.strerror})", "choose another folder") from None
    file.write_text(commented_env(), encoding="utf-8")
    for folder in ("cases", "db"):
        Path(folder).mkdir(exist_ok=True)
    say("wrote .env (only you can read it), cases/ and db/")
    say("next: put the four X keys into .env, then `quizbot doctor`")


@app.command(epilog="Example: quizbot config --json")
def config(*, as_json: JsonLines = False) -> None:
    """The settings in force, secrets masked."""
    for name, value, description in settings_in_force(load_settings()):
        if as_json:
            print_json({"setting": name, "value": value, "description": description})
        else:
            say(f"{name}={value}")
            say(f"    {description}")


@app.command(epilog="Example: quizbot doctor")
def doctor(*, as_json: JsonLines = False) -> None:
    """Keys, permissions, clock, database, disk, cases: what is wrong, and what to do about it."""
    settings = load_settings()
    set_up_logs(settings)
    checks = checkup(settings)
    for check in checks:
        _print_check(check, as_json=as_json)
    failed = [check for check in checks if check.ok is False]
    if not as_json:
        say()
        say(f"{len(failed)} to mend" if failed else "all is well: `quizbot run` needs nothing else")
    raise SystemExit(int(Exit.OUTSIDE if failed else Exit.DONE))


def _print_check(check: Check, *, as_json: bool) -> None:
    if as_json:
        print_json({"check": check.name, "ok": check.ok, "message": check.message})
        return
    mark = {True: "ok  ", False: "BAD ", None: "note"}[check.ok]
    say(f"{mark}  {check.name}: {check.message}")


@database.command("upgrade", epilog="Example: quizbot db upgrade")
def db_upgrade() -> None:
    """Bring the database to this version (`quizbot run` does so by itself)."""
    settings = load_settings()
    store = open_store(settings.database_url)
    try:
        changed = bring_up(store)
    finally:
        store.close()
    say("the database is now of this version" if changed else "the database was of this version already")

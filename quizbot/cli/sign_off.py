"""`quizbot sign-off`: the human decision on a case, on a page of this machine's own."""

import os
import sys
import webbrowser
from pathlib import Path
from threading import Event
from typing import Annotated

import typer

from quizbot.casebook import CASE_FILE, load_case
from quizbot.cli.frame import JsonLines, app, print_json, progress, say
from quizbot.cli.places import case_path
from quizbot.cli.stopping import stop_event
from quizbot.cli.wiring import opened_store, sealer
from quizbot.core.clock import Clock
from quizbot.core.errors import InputError
from quizbot.desk.signoff.ledger import Ledger
from quizbot.desk.signoff.review import standing_in
from quizbot.settings import load_settings
from quizbot.store import Store
from quizbot.store.people import known_people

CaseArgument = Annotated[str, typer.Argument(metavar="CASE", help="A case folder, or its name.")]
List = Annotated[bool, typer.Option("--list", help="Say how far the case has come, and open no page.")]
Quiet = Annotated[bool, typer.Option("--no-browser", help="Print the page's address and do not open it.")]


@app.command("sign-off", epilog="Example: quizbot sign-off my-case")
def sign_off(case: CaseArgument, *, only_list: List = False, quiet: Quiet = False, as_json: JsonLines = False) -> None:
    """Release a case or decline it: opens a page on this machine that shows what the gate saw."""
    stop = stop_event()
    settings = load_settings()
    folder = _folder(case)
    with opened_store(settings, upgrading=True) as store:
        ledger = Ledger(store, sealer(settings), settings.require_consent)
        if only_list or as_json:
            _print_standing(folder, ledger, as_json=as_json)
            return
        if standing_in(folder, ledger).needed:  # what is wrong with the case is said here, not on the page
            _say_if_nobody_can(store)
            _serve(folder, ledger, settings.make_clock(), stop, quiet=quiet)
        _print_standing(folder, ledger, as_json=False)


def _say_if_nobody_can(store: Store) -> None:
    with store.read() as session:
        if not known_people(session):
            progress.print("nobody has an account to sign with; make one first: quizbot user add NAME --role reviewer")


def _serve(folder: Path, ledger: Ledger, clock: Clock, stop: Event, *, quiet: bool) -> None:
    from quizbot.web.signoff.desk import SignOffDesk  # noqa: PLC0415  # a web server
    from quizbot.web.signoff.local import serve  # noqa: PLC0415  # likewise

    serve(SignOffDesk(folder, ledger, clock), clock, stop, lambda address: _open(address, quiet=quiet))


def _folder(case: str) -> Path:
    folder = case_path(Path(case))
    if not (folder / CASE_FILE).is_file():
        raise InputError(case, load_case(folder).findings[0].message)
    return folder


def _print_standing(folder: Path, ledger: Ledger, *, as_json: bool) -> None:
    found = standing_in(folder, ledger)
    released = found.grant is not None
    if as_json:
        record = {"case": folder.name, "released": released, "needed": found.needed, "signed": list(found.signed)}
        print_json(record | {"missing": list(found.problems)})
        return
    if released:
        by = f"signed by {', '.join(found.signed)}" if found.signed else "nobody has to sign it"
        say(f"{folder.name}: released ({by})")
    for problem in found.problems:
        say(f"{folder.name}: {problem}")


def _open(address: str, *, quiet: bool) -> None:
    say(f"sign off at {address}")
    sys.stdout.flush()
    progress.print("only this machine can open it; it ends with its last button, with Ctrl-C, or after half an hour")
    has_screen = sys.platform in ("darwin", "win32") or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    if not quiet and has_screen and sys.stdout.isatty():
        webbrowser.open(address)

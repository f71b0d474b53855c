"""Cohorts: cohort add, list, report."""

from pathlib import Path
from typing import Annotated

import typer

from quizbot.cli.frame import JsonLines, app, print_json, say, write_output
from quizbot.cli.wiring import account_of, opened_store
from quizbot.rounds.cohorts import CRITERIA, add_cohort, all_cohorts, as_csv, named, report, shown_code
from quizbot.rounds.participation import as_pdf
from quizbot.settings import load_settings

groups = typer.Typer(no_args_is_help=True, help="Residencies and classes whose members learn together.")
app.add_typer(groups, name="cohort")
Name = Annotated[str, typer.Argument(metavar="NAME", help="What the cohort is called.")]


@groups.command("add", epilog='Example: quizbot cohort add "Emergency medicine 2026" --supervisor "Dr A. Example"')
def add(
    name: Name,
    *,
    supervisor: Annotated[str | None, typer.Option(help="Who oversees it; the report names them.")] = None,
) -> None:
    """Make a cohort; prints the code by which its members join on their own page."""
    settings = load_settings()
    with opened_store(settings, upgrading=True) as store:
        now = settings.make_clock().now()
        made = add_cohort(store, account_of(settings, store), name, supervisor, "operator", now)
    say(f"{made.name}: members join with the code {shown_code(made.code)} on their own page")


@groups.command("list", epilog="Example: quizbot cohort list --json")
def show(*, as_json: JsonLines = False) -> None:
    """Every cohort with its code and its number of members."""
    settings = load_settings()
    with opened_store(settings) as store:
        rows = all_cohorts(store, account_of(settings, store))
    for row, count in rows:
        if as_json:
            print_json({"name": row.name, "code": row.code, "members": count, "supervisor": row.supervisor})
        else:
            say(f"{row.name}  {shown_code(row.code)}  {count} member{'' if count == 1 else 's'}")
    if not rows and not as_json:
        say("none yet; `quizbot cohort add NAME` makes one")


@groups.command("report", epilog='Example: quizbot cohort report "Emergency medicine 2026" -o participation.pdf')
def participation(
    name: Name,
    *,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write a file instead: CSV, or a PDF if its name ends so.")
    ] = None,
) -> None:
    """What a residency needs to credit the time: who took part, with what result, who oversees it."""
    settings = load_settings()
    with opened_store(settings) as store:
        found = named(store, account_of(settings, store), name)
        made = report(store, found, settings.make_clock().now())
    if output is not None:
        write_output(output, as_pdf(made) if output.suffix.lower() == ".pdf" else as_csv(made))
        return
    say(f"{found.name}, overseen by {found.supervisor or '(nobody named)'}: {made.rounds} rounds held")
    for line in made.lines:
        say(f"@{line.handle}  {line.attempts} answered  {line.points} points  joined {line.joined_at:%Y-%m-%d}")
    for criterion, how in CRITERIA:
        say(f"{criterion}: {how}")

"""Who leads a season: leaderboard."""

import csv
import sys
from typing import Annotated

import typer

from quizbot.cli.frame import JsonLines, app, print_json, say
from quizbot.cli.tables import print_table
from quizbot.cli.wiring import account_of, opened_store
from quizbot.core.errors import InputError
from quizbot.rounds.board import season_of
from quizbot.rounds.boards import BoardLine, board
from quizbot.rounds.counting import rebuild
from quizbot.settings import load_settings

Season = Annotated[str, typer.Option(help="Such as 2026Q4, or all; the running one if left out.")]
Csv = Annotated[bool, typer.Option("--csv", help="As CSV.")]


@app.command(epilog="Example: quizbot leaderboard --season 2026Q4 --csv")
def leaderboard(
    *,
    season: Season = "",
    as_csv: Csv = False,
    as_json: JsonLines = False,
    recount: Annotated[bool, typer.Option("--recount", help="Count every board anew from all attempts first.")] = False,
) -> None:
    """The table of a season: the best k of its n rounds, ties by median time."""
    settings = load_settings()
    with opened_store(settings) as store:
        if recount:
            rebuild(store, account_of(settings, store))
        name = season or season_of(settings.make_clock().now(), settings.season)
        account = account_of(settings, store)
        try:
            shown = board(store, account, name, joined_only=settings.joined_only)
        except ValueError:
            raise InputError("--season", f"{season!r} is no season", "write 2026Q4, 2026, or all") from None
    _print_board(name, shown.rounds, shown.lines, as_csv=as_csv, as_json=as_json)


_COLUMNS = ("rank", "handle", "points", "rounds", "median_minutes")


def _print_board(name: str, rounds: int, lines: list[BoardLine], *, as_csv: bool, as_json: bool) -> None:
    records = [
        (
            line.standing.rank,
            line.handle or "(account gone)",
            line.standing.points,
            line.standing.rounds,
            round(line.standing.median_seconds / 60, 1),
        )
        for line in lines
    ]
    if as_json:
        for record in records:
            print_json(dict(zip(_COLUMNS, record, strict=True)))
    elif as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(_COLUMNS)
        writer.writerows(records)
    else:
        say(f"season {name}: {rounds} revealed round{'' if rounds == 1 else 's'}")
        print_table(_COLUMNS, ([str(value) for value in record] for record in records))

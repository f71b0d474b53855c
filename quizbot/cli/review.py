"""The review queue in the terminal, and grading anew: review, regrade."""

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.progress import MofNCompleteColumn, Progress

from quizbot.casebook.writeback import write_back
from quizbot.cli.frame import JsonLines, app, print_json, progress, say
from quizbot.cli.wiring import account_of, opened_store
from quizbot.core.errors import InputError, QuizbotError, UsageError, one_line
from quizbot.core.ruling import Decision, Ruling
from quizbot.rounds.grade import regrade as regrade_round
from quizbot.rounds.rulings import Item, decided, phrase_of_reply, rule, undo, waiting
from quizbot.settings import Settings, load_settings
from quizbot.store import Round, Store
from quizbot.store.replies import count_replies
from quizbot.store.rounds import all_rounds

_KEYS = {"a": Decision.ACCEPT, "p": Decision.PARTIAL, "r": Decision.REJECT, "n": Decision.NO_GUESS}
_HELP = "a accept, p partial, r reject, n not a guess, s skip, u undo the last, q quit"
As = Annotated[Decision | None, typer.Option("--as", help="The decision.")]
CaseId = Annotated[str, typer.Option("--case", help="The case folder's name.")]
Phrase = Annotated[str, typer.Option(help="The phrase to rule on, as the queue shows it.")]
Reply = Annotated[
    str, typer.Option(help="An appeal: the post id of a reply; rules on its phrase, whatever its verdict.")
]
Credit = Annotated[float | None, typer.Option(help="For a partial answer: between 0 and 1.")]
Because = Annotated[str, typer.Option(help="The reason, shown to respondents.")]
By = Annotated[str, typer.Option(help="Who decides; else the user of this machine.")]
Decided = Annotated[bool, typer.Option("--decided", help="List the rulings made.")]
Since = Annotated[
    str, typer.Option(help="Go on after an interruption: leave out what was graded from this instant on (ISO 8601).")
]
Write = Annotated[bool, typer.Option("--write", help="Write the ruling into case.yaml, too.")]


@dataclass(frozen=True, slots=True)
class Desk:
    """Who rules, on what, and when."""

    store: Store
    account: str
    by: str
    now: datetime
    settings: Settings
    write: bool


@contextmanager
def _desk(by: str, *, write: bool) -> Iterator[Desk]:
    settings = load_settings()
    with opened_store(settings) as store:
        account = account_of(settings, store)
        yield Desk(store, account, by or getpass.getuser(), settings.make_clock().now(), settings, write)


@app.command(epilog='Example: quizbot review --case gout --phrase "crystal toe" --as accept --write')
def review(  # noqa: PLR0913  # one option for each part of a ruling
    *,
    case: CaseId = "",
    phrase: Phrase = "",
    reply: Reply = "",
    decision: As = None,
    credit: Credit = None,
    because: Because = "",
    by: By = "",
    undo_ruling: Annotated[int, typer.Option("--undo", min=0, help="Take back the ruling of this number.")] = 0,
    rulings: Decided = False,
    write: Write = False,
    as_json: JsonLines = False,
) -> None:
    """The replies that the grader could not place, each phrase once: list them, rule on them, undo."""
    with _desk(by, write=write) as desk:
        if undo_ruling:
            row = undo(desk.store, desk.account, undo_ruling, desk.by, desk.now)
            say(f'ruling {undo_ruling} on "{one_line(row.phrase)}" is undone; its replies are graded anew')
        elif rulings:
            _print_rulings(desk, as_json=as_json)
        elif decision is not None:
            case, phrase = phrase_of_reply(desk.store, desk.account, reply) if reply else (case, phrase)
            _decide(desk, case, _ruling(phrase, decision, credit, because))
        elif sys.stdin.isatty() and not as_json:
            _converse(desk)
        else:
            _print_queue(waiting(desk.store, desk.account), as_json=as_json)


def _ruling(phrase: str, decision: Decision, credit: float | None, because: str) -> Ruling:
    if not phrase:
        raise UsageError("quizbot review", "--as needs --case and --phrase, or --reply", "see `quizbot review --help`")
    if (decision is Decision.PARTIAL) != (credit is not None) or (credit is not None and not 0 < credit < 1):
        raise UsageError("--credit", "goes with --as partial, between 0 and 1", "such as --credit 0.5")
    return Ruling(phrase, decision, credit, because or None)


def _decide(desk: Desk, case_id: str, ruling: Ruling) -> int:
    number = rule(desk.store, desk.account, case_id, ruling, desk.by, desk.now)
    say(f'ruling {number}: "{one_line(ruling.phrase)}" is {ruling.decision}; take it back with --undo {number}')
    if desk.write and ruling.decision is not Decision.NO_GUESS:
        say(f"written into {write_back(desk.settings.cases_dir / case_id, ruling)}")
    return number


def _print_queue(items: list[Item], *, as_json: bool) -> None:
    for item in items:
        if as_json:
            record = {"case": item.case_id, "phrase": item.phrase, "count": item.count, "since": item.since.isoformat()}
            print_json(record | {"texts": list(item.texts), "reasons": list(item.reasons)})
        else:
            _show(item)
    if not items and not as_json:
        say("nothing waits for a ruling")


def _show(item: Item) -> None:
    say(f'{item.case_id}: "{one_line(item.phrase)}", {item.count} repl{"y" if item.count == 1 else "ies"}')
    for text in item.texts:
        say(f"    > {one_line(text)[:200]}")
    for reason in item.reasons:
        say(f"    {one_line(reason)}")


def _print_rulings(desk: Desk, *, as_json: bool) -> None:
    for row in decided(desk.store, desk.account):
        if as_json:
            print_json(row.model_dump(mode="json"))
            continue
        undone = f", undone by {row.undone_by}" if row.undone_at else ""
        say(f'{row.id}: {row.case_id}: "{one_line(row.phrase)}" {row.decision} by {row.ruled_by}{undone}')


def _converse(desk: Desk) -> None:
    """One key for each item; what was skipped waits for the next time."""
    last, skipped = 0, set[tuple[str, str]]()
    say(_HELP)
    while items := [i for i in waiting(desk.store, desk.account) if (i.case_id, i.phrase) not in skipped]:
        item = items[0]
        _show(item)
        answer = typer.prompt("a/p/r/n/s/u/q", default="s").strip().lower()[:1]
        if answer == "q":
            return
        if answer == "u" and last:
            undo(desk.store, desk.account, last, desk.by, desk.now)
            last = 0
        elif answer in _KEYS:
            credit = typer.prompt("credit", type=float, default=0.5) if answer == "p" else None
            last = _decide(desk, item.case_id, _ruling(item.phrase, _KEYS[answer], credit, ""))
        else:
            skipped.add((item.case_id, item.phrase))
    say("nothing else waits for a ruling")


@app.command(epilog="Example: quizbot regrade --case wellens-syndrome")
def regrade(*, case: CaseId = "", since: Since = "") -> None:
    """Grade all stored replies anew, and score them: after a better grader, or to be sure."""
    with _desk("", write=False) as desk:
        with desk.store.read() as session:
            rounds = [r for r in all_rounds(session, desk.account) if r.opened_at and case in ("", r.case_id)]
            total = count_replies(session, [row.id for row in rounds])
        if not rounds:
            raise InputError(case or desk.account, "no round to grade", "see `quizbot status`")
        gone = _regrade(desk, rounds, total, _instant(since))
    say(f"{total} replies of {len(rounds)} rounds graded anew")
    if gone:
        say(f"{gone} of them without their text, which was removed: these keep their verdict but for rulings")


def _regrade(desk: Desk, rounds: list[Round], total: int, since: datetime | None) -> int:
    """Grade round after round under a bar; interrupted, it says how to go on."""
    gone = 0
    with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=progress) as bar:
        task = bar.add_task("replies", total=total)
        try:
            for row in rounds:
                gone += regrade_round(desk.store, row, desk.now, lambda count: bar.advance(task, count), since)
        except (KeyboardInterrupt, QuizbotError):
            start = min(desk.now, since or desk.now)
            progress.print(f"what is done stays done; go on with: quizbot regrade --since {start.isoformat()}")
            raise
    return gone


def _instant(text: str) -> datetime | None:
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError("--since", f"{text!r} is no instant", "write 2026-11-25T18:00:00+00:00") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)

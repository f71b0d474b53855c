"""Telling what happens as it happens."""

from datetime import datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from quizbot.core.case import Case
from quizbot.core.errors import one_line
from quizbot.demo.checks import Summary
from quizbot.demo.followers import Line
from quizbot.rounds.views import RoundView, people_with_points
from quizbot.store import Store

_WORTH_TELLING = {
    "round closed": "The round is closed; the last replies are read.",
    "not sent": "X did not take the {role} post ({failure}); it is tried again.",
    "stopped posting": "Posting stopped: {reason}",
    "round halted": "The round waits for its operator: {reason}",
    "case not ready": "Not ready: {case}: {reason}",
    "could not go on": "The bot could not go on: {error}",
}


class Teller:
    """Prints the story of the demo to a console."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.last_words = ""
        self._stays = False

    def started(self, pages: list[str], fast: bool) -> None:  # noqa: FBT001  # one fact
        """Everything runs."""
        sandbox, *own = pages
        self.console.rule("quizbot demo")
        self.console.print(f"The sandbox X: [link={sandbox}]{sandbox}[/link]")
        self.console.print(f"The bot's pages: {own[0]}")
        if not fast:
            self.console.print(
                "[bold]Open the sandbox X in a browser, choose a handle, and reply before the reveal.[/]"
            )
        self.console.print()

    def bot_said(self, record: dict[str, object], now: datetime) -> None:
        """An event of the bot's log."""
        event = str(record.get("event", ""))
        self.last_words = one_line(str(record.get("text") or record.get("error") or event))
        if event in _WORTH_TELLING:
            known = {key: one_line(str(value)) for key, value in record.items()}
            self._at(now, "[dim]bot[/]", escape(_WORTH_TELLING[event].format_map(known)))

    def posted(self, case: Case) -> None:
        """A quiz was posted."""
        self.console.print(f"\n[bold cyan]The bot posts a case[/] with {len(case.images)} image")
        self.console.print(f"  [cyan]{escape(case.prompt)}[/]")
        for image in case.images:
            self.console.print(f"  [dim]alt text: {escape(image.alt)}[/]")

    def replied(self, line: Line, now: datetime) -> None:
        """A follower replied."""
        self._at(now, f"[green]@{line.handle}[/]", escape(line.text))

    def joined_in(self, handle: str, text: str, now: datetime) -> None:
        """A person replied on the page."""
        self._at(now, f"[bold yellow]@{escape(one_line(handle))}[/] (you?)", escape(one_line(text)[:280]))

    def finished(self, summary: Summary) -> None:
        """The demo is over."""
        counts = ", ".join(f"{count} {kind}" for kind, count in sorted(summary.verdicts.items()))
        self.console.print(
            f"\n[bold]The demo is over:[/] {summary.cases_posted} cases posted, {summary.images_uploaded} images,"
            f" {summary.alt_texts} alt texts, {summary.replies_seen} replies read ({counts}),"
            f" {summary.answers_posted} answers with {summary.reference_links} reference links."
        )

    def revealed(self, view: RoundView, store: Store, account: str) -> None:
        """An answer was posted and the points given."""
        answer = view.case.answer.diagnosis if view.case.answer else ""
        self.console.print(f"\n[bold magenta]The bot answers under its own post: {escape(answer)}[/]")
        self.console.print(f"  [dim]{view.case.references[0].url}[/]")
        counts = ", ".join(f"{count} {kind}" for kind, count in sorted(view.verdicts.items()))
        self.console.print(f"  verdicts: {counts}")
        table = Table(box=None, pad_edge=False)
        for column in ("", "respondent", "points", "after"):
            table.add_column(column)
        for name, points, after in people_with_points(store, view.round.id, account, joined_only=False):
            table.add_row(" ", name, str(points), str(after).partition(".")[0])
        self.console.print(table)

    def staying(self) -> None:
        """The last answer is out; the pages stay."""
        if not self._stays:
            self.console.print("\nAll cases are revealed. The pages stay up; end with Ctrl-C.")
            self._stays = True

    def _at(self, now: datetime, who: str, what: str) -> None:
        self.console.print(f"  [dim]{now:%a %H:%M}[/] {who}: {what}")

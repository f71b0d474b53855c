"""Working on cases: check, preview, schema."""

from collections.abc import Iterable
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from quizbot.casebook import Finding, Level, LoadedCase
from quizbot.casebook.schema import schema_text
from quizbot.cli.frame import JsonLines, app, print_json, progress, say, write_output
from quizbot.cli.places import case_paths
from quizbot.cli.signed import settings_if_any, sign_offs
from quizbot.core.errors import Exit
from quizbot.desk.check import BookCheck, Report, check_case, check_paths, gather
from quizbot.desk.dates import date_findings
from quizbot.desk.due import count_due, due_findings
from quizbot.desk.preview import Preview, as_record, as_text, preview
from quizbot.settings import Settings, load_settings


@app.command(epilog="Example: quizbot check cases/wellens-syndrome --json")
def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH", help="Case folders, or folders of them; else all cases.")
    ] = None,
    *,
    replies: Annotated[
        bool, typer.Option("--replies", help="Hold replies.jsonl beside a case against the grader.")
    ] = False,
    links: Annotated[
        bool, typer.Option("--links", help="Try every reference: dead ones are errors, doubtful ones warnings.")
    ] = False,
    due: Annotated[bool, typer.Option("--due", help="Name only the cases that have to be read again, by day.")] = False,
    as_json: JsonLines = False,
) -> None:
    """Check cases: every error and warning with its file, line and key. Exit 1 only on errors."""
    settings = load_settings() if not paths else settings_if_any()
    with sign_offs(settings) as ask:
        places = case_paths(paths) or [settings.cases_dir]
        more = _asked_for(settings, links=links, due=due)
        report = check_paths(
            places, replies=replies, require_consent=settings.require_consent, ask=ask, more=more, only=due
        )
    if as_json:
        for finding in report.findings:
            print_json(finding.record())
    elif due:
        _print_due(report)
    else:
        _print_report(report)
    _leave(report.findings)


def _asked_for(settings: Settings, *, links: bool, due: bool) -> list[BookCheck]:
    now = settings.make_clock().now()
    more: list[BookCheck] = [partial(date_findings, now=now, within=settings.post_within)]
    if due:
        more = [partial(due_findings, today=now.astimezone(settings.zone).date())]
    if links:
        from quizbot.desk.links.references import link_findings  # noqa: PLC0415  # urllib3 loads slowly

        more.append(link_findings)
    return more


def _print_due(report: Report) -> None:
    for finding in report.findings:
        say(str(finding))
    due = count_due(report.findings)
    say(f"{due} of {report.cases} case{'' if report.cases == 1 else 's'} to be read again")


def _print_report(report: Report) -> None:
    for _, findings in groupby(report.findings, key=lambda finding: finding.file):
        for finding in findings:
            say(str(finding))
        say()
    counts = ((report.cases, "case"), (report.count(Level.ERROR), "error"), (report.count(Level.WARNING), "warning"))
    say(", ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in counts))


@app.command("preview", epilog="Example: quizbot preview cases/wellens-syndrome")
def show(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Case folders, or folders of them.")],
    *,
    references: Annotated[int, typer.Option(min=1, max=5, help="How many references are posted.")] = 1,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write them as a page: the posts as X shows them.")
    ] = None,
    as_json: JsonLines = False,
) -> None:
    """What the posts of cases will look like: each as it is sent, with its length by X's rules and its price."""
    cases, _ = gather(case_paths(paths))
    consent = settings_if_any().require_consent
    previews = [preview(loaded, references, check_case(loaded, consent)) for loaded in cases]
    if html is not None:
        _write_page(html, list(zip(cases, previews, strict=True)))
    for n, one in enumerate(previews):
        if as_json:
            print_json(as_record(one))
            continue
        lines = map(str, one.findings) if html is not None else as_text(one)
        for line in (*([""] if n and html is None else []), *lines):
            say(line)
    _leave(finding for one in previews for finding in one.findings)


def _write_page(file: Path, previews: list[tuple[LoadedCase, Preview]]) -> None:
    from quizbot.desk.preview_page import as_page  # noqa: PLC0415  # jinja2 is slow to load

    write_output(file, as_page(previews))
    progress.print(f"wrote {file}; open it in a browser", markup=False, soft_wrap=True)


@app.command(epilog="Example: quizbot schema -o cases/case.schema.json")
def schema(
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write it to a file.")] = None,
) -> None:
    """The JSON Schema of case.yaml, for editors' completion."""
    if output is None:
        say(schema_text().removesuffix("\n"))
        return
    write_output(output, schema_text())
    say(f"wrote {output}")


def _leave(findings: Iterable[Finding]) -> None:
    """Exit 1 if there is an error among the findings."""
    if any(finding.level is Level.ERROR for finding in findings):
        raise SystemExit(int(Exit.FINDING))

"""`quizbot import` and `quizbot export`: cases from a spreadsheet, and into one."""

from pathlib import Path
from typing import Annotated

import typer

from quizbot.casebook import Level, LoadedCase
from quizbot.cli.frame import JsonLines, app, print_json, progress, say, write_output
from quizbot.cli.places import case_paths
from quizbot.core.errors import Exit, InputError
from quizbot.desk.check import gather
from quizbot.settings import load_settings


@app.command("import", epilog="Example: quizbot import cases.csv --dir cases")
def import_(
    sheet: Annotated[
        Path, typer.Argument(metavar="FILE", help="A CSV file, one row a case; `quizbot export` shows how.")
    ],
    *,
    images: Annotated[Path | None, typer.Option(help="The folder that pictures are named in; else the file's.")] = None,
    folder: Annotated[Path | None, typer.Option("--dir", help="The folder of cases; else QUIZBOT_CASES_DIR.")] = None,
    as_json: JsonLines = False,
) -> None:
    """Make a case folder of each row of a CSV file: of all of them, or, if one has an error, of none."""
    from quizbot.desk.sheets.importing import import_cases  # noqa: PLC0415  # only these commands need it

    done = import_cases(sheet, folder or load_settings().cases_dir, images)
    for finding in done.findings:
        if as_json:
            print_json(finding.record())
        else:
            say(str(finding))
    if any(finding.level is Level.ERROR for finding in done.findings):
        progress.print("nothing was imported; mend these lines first", markup=False)
        raise SystemExit(int(Exit.FINDING))
    for made in done.folders if not as_json else ():
        say(f"made {made}")


@app.command(epilog="Example: quizbot export cases -o cases.csv")
def export(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH", help="Case folders, or folders of them; else all cases.")
    ] = None,
    *,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The file; else standard output.")] = None,
) -> None:
    """Cases as CSV, one row each, for a spreadsheet; `quizbot import --images CASES` makes the same cases of it."""
    from quizbot.desk.sheets.exporting import export_cases  # noqa: PLC0415  # as above

    cases, _ = gather(case_paths(paths) or [load_settings().cases_dir])
    made = export_cases(cases)
    for loaded in made.left_out:
        _tell_left_out(loaded)
    if not made.rows:
        raise InputError("export", "no case can be written, so nothing was", "mend what is named above")
    if output is None:
        say(made.text.removesuffix("\r\n"))
    else:
        write_output(output, made.text)
        say(f"wrote {made.rows} case{'' if made.rows == 1 else 's'} to {output}")
    if made.left_out:
        raise SystemExit(int(Exit.FINDING))


def _tell_left_out(loaded: LoadedCase) -> None:
    progress.print(f"{loaded.slug} is left out; first mend", markup=False, soft_wrap=True)
    for finding in loaded.findings:
        if finding.level is Level.ERROR:
            progress.print(f"  {finding}", markup=False, soft_wrap=True)

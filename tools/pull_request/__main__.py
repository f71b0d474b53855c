"""Checks the cases that a pull request touches: ``python -m tools.pull_request --base origin/main --previews DIR``."""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath

from quizbot.casebook import Finding, LoadedCase
from quizbot.core.errors import Exit, QuizbotError
from quizbot.deid import is_known
from quizbot.desk.check import check_paths, gather
from quizbot.desk.dates import date_findings
from quizbot.desk.links.references import link_findings
from quizbot.desk.preview import preview
from quizbot.desk.preview_page import as_page
from quizbot.settings import Settings
from tools.pull_request.changed import changed_files, touched_cases
from tools.pull_request.telling import annotations, summary


def main(arguments: Sequence[str] | None = None) -> int:
    """Check, annotate, preview; exit 1 if a case has an error, 3 if nothing could be checked."""
    asked = _asked(arguments)
    repository = Path.cwd()
    try:
        cases = touched_cases(changed_files(asked.base, repository), PurePosixPath(asked.cases), repository)
    except subprocess.CalledProcessError:
        print(f"::error::git does not know {asked.base}; give actions/checkout fetch-depth: 0")
        return int(Exit.OUTSIDE)
    loaded, _ = gather(cases)
    records = [finding.record() for finding in _findings(cases, links=asked.links)]
    for line in annotations(records):
        print(line)
    shown = _previews([one for one in loaded if _all_drawn(one)], Path(asked.previews))
    _summarise(summary(len(cases), records, shown))
    print(f"{len(cases)} cases checked, {sum(r['level'] == 'error' for r in records)} errors, {shown} previews")
    return int(Exit.FINDING) if any(record["level"] == "error" for record in records) else 0


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.pull_request", description=__doc__)
    parser.add_argument("--base", required=True, help="what the branch is compared with, such as origin/main")
    parser.add_argument("--cases", default="cases", help="the folder of cases, from the repository's root")
    parser.add_argument("--previews", default="case-previews", help="where the previews are written")
    parser.add_argument("--links", action="store_true", help="try the references, too")
    return parser.parse_args(arguments)


def _findings(cases: Sequence[Path], *, links: bool) -> tuple[Finding, ...]:
    """What ``check`` finds. No settings are read: a ``.env`` of the branch is a stranger's."""
    within = Settings.model_fields["post_within"].default
    dates = partial(date_findings, now=datetime.now(UTC), within=within)
    return check_paths(cases, more=[dates, link_findings] if links else [dates]).findings


def _all_drawn(loaded: LoadedCase) -> bool:
    """Whether the case could be read and each picture in it is one that the project drew: told by its pixels.

    What a case.yaml says of its pictures' origin is a stranger's word.
    """
    case = loaded.case
    return case is not None and case.video is None and all(_is_drawn(loaded.path / one.file) for one in case.images)


def _is_drawn(picture: Path) -> bool:
    try:
        return is_known(picture)
    except QuizbotError:
        return False


def _previews(cases: Sequence[LoadedCase], into: Path) -> int:
    into.mkdir(parents=True, exist_ok=True)
    for number, loaded in enumerate(cases, start=1):
        page = as_page([(loaded, preview(loaded))])
        (into / f"{number:02}.html").write_text(page, encoding="utf-8")
    return len(cases)


def _summarise(text: str) -> None:
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if page:
        with Path(page).open("a", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    sys.exit(main())

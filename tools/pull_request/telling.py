"""Findings as GitHub shows them: level, file, line and key, and how to read the rest. Pure.

The commands' form: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from collections.abc import Mapping, Sequence

Record = Mapping[str, object]
_MOST = 50  # annotations; GitHub shows ten of a step and keeps fifty of a job


def annotation(record: Record) -> str:
    """A finding as a workflow command; nothing in a file's name can end the command or begin another."""
    level = "error" if record["level"] == "error" else "warning"
    place = f"file={_property(record['file'])},line={_property(record['line'])},title={_property(_about(record))}"
    message = _data(f"{_about(record)}. What is wrong: quizbot check {_folder(record)}, on your own machine.")
    return f"::{level} {place}::{message}"


def annotations(records: Sequence[Record]) -> list[str]:
    """Errors first, and no more than GitHub keeps."""
    ordered = sorted(records, key=lambda record: record["level"] != "error")
    return [annotation(record) for record in ordered[:_MOST]]


def summary(cases: int, records: Sequence[Record], shown: int) -> str:
    """The run's summary, in Markdown: numbers only."""
    errors = sum(record["level"] == "error" for record in records)
    lines = [
        "### Cases",
        "",
        f"{cases} checked, {errors} errors, {len(records) - errors} warnings.",
        f"Previews of {shown} of them are in this run's artifact: only cases whose every picture was drawn.",
        "",
        "What is wrong stays out of this page, since it quotes the cases: run `quizbot check` where you write.",
        "",
    ]
    return "\n".join(lines)


def _about(record: Record) -> str:
    key = str(record["key"])
    return f"{record['level']} at {key}" if key else f"{record['level']} in this file"


def _folder(record: Record) -> str:
    return str(record["file"]).rpartition("/")[0] or "."


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: object) -> str:
    return _data(str(value)).replace(":", "%3A").replace(",", "%2C")

"""Writing a ruling back into ``case.yaml``, so that the next round needs no ruling; comments and order stay."""

import os
import tempfile
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from quizbot.casebook.folder import CASE_FILE
from quizbot.casebook.loader import load_case
from quizbot.core.errors import InputError
from quizbot.core.ruling import Decision, Ruling

_LISTS = {Decision.ACCEPT: "accept", Decision.PARTIAL: "partial", Decision.REJECT: "reject"}
_WIDTH = 1_000_000  # no line is broken anew


def write_back(folder: Path, ruling: Ruling) -> Path:
    """Add a ruling's phrase to the case's accepted, partial or rejected answers; returns the file.

    The file is replaced at once, and only if the case still loads with the new answer.

    Raises:
        InputError: the ruling is none that a case can hold, the case has it already, or the file cannot be changed.
    """
    file = folder / CASE_FILE
    name = _LISTS.get(ruling.decision)
    if name is None:
        raise InputError(str(file), "holds no list of what is no guess", "such a ruling stays in the database")
    yaml = YAML()
    yaml.width, yaml.preserve_quotes = _WIDTH, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    document = _load(yaml, file)
    answers = document["answer"].setdefault(name, [])
    if _has(document["answer"], ruling.phrase):
        raise InputError(str(file), f'"{ruling.phrase}" is listed already', "edit it there")
    answers.append(_entry(ruling))
    _replace(yaml, document, file)
    return file


def _load(yaml: YAML, file: Path) -> Any:  # noqa: ANN401  # ruamel's own mapping
    if load_case(file.parent).case is None:
        raise InputError(str(file), "cannot be read as a case", f"run `quizbot check {file.parent}`")
    try:
        return yaml.load(file.read_text(encoding="utf-8"))
    except (OSError, YAMLError) as error:
        raise InputError(str(file), f"cannot be read ({type(error).__name__})", "mend it first") from None


def _has(answer: Any, phrase: str) -> bool:  # noqa: ANN401  # as above
    listed = [
        *answer.get("accept", []),
        *(one["answer"] for name in ("partial", "reject") for one in answer.get(name, [])),
    ]
    return phrase.casefold() in (str(one).casefold() for one in listed)


def _entry(ruling: Ruling) -> Any:  # noqa: ANN401  # a text or a mapping
    if ruling.decision is Decision.ACCEPT:
        return ruling.phrase
    entry: dict[str, object] = {"answer": ruling.phrase}
    if ruling.decision is Decision.PARTIAL:
        entry["credit"] = ruling.credit
    if ruling.because:
        entry["because"] = ruling.because
    return entry


def _replace(yaml: YAML, document: Any, file: Path) -> None:  # noqa: ANN401  # as above
    """Write beside the file, see that it loads, then rename: a crash leaves the old file or the new one, whole."""
    text = StringIO()
    yaml.dump(document, text)
    with tempfile.TemporaryDirectory(prefix=".quizbot-", dir=file.parent.parent) as name:
        trial = Path(name) / file.parent.name
        trial.mkdir()
        fresh = trial / CASE_FILE
        fresh.write_text(text.getvalue(), encoding="utf-8")
        if load_case(trial).case is None:
            raise InputError(str(file), "would be no case any more with this answer", "add it by hand")
        fresh.chmod(file.stat().st_mode)
        os.replace(fresh, file)  # noqa: PTH105  # Path.replace is the same; the name says that it is atomic

"""Whether the clip of a case can be posted: an output of the gate that people signed, with harmless captions."""

from collections.abc import Iterator
from pathlib import Path

from quizbot.casebook import Finding, Level, LoadedCase, Problem, error
from quizbot.casebook.finding import Key
from quizbot.core.case import Video
from quizbot.core.errors import QuizbotError
from quizbot.deid.video.confined import command
from quizbot.deid.words import read_words
from quizbot.desk.captions import caption_cues
from quizbot.desk.clip_outputs import CAPTIONS_KEY, CLIP_KEY
from quizbot.desk.pictures import Ask, unsigned_findings
from quizbot.desk.shown_clip import passed
from quizbot.desk.words import level_of, mark_message


def clip_findings(loaded: LoadedCase, ask: Ask | None) -> Iterator[Finding]:
    """What is wrong with the clip of a case and its captions; what is not there, the loader has reported."""
    if loaded.case is None or loaded.case.video is None:
        return
    video, reported = loaded.case.video, {finding.key for finding in loaded.findings}
    problems = list(_clip(loaded.path, video)) if CLIP_KEY not in reported else []
    if video.captions and CAPTIONS_KEY not in reported:
        problems += _captions(loaded.path, video.captions)
    yield from map(loaded.locate, problems)
    stands = not reported & {CLIP_KEY, CAPTIONS_KEY} and not any(one.level is Level.ERROR for one in problems)
    if ask is not None and stands:
        yield from unsigned_findings(loaded, loaded.case, ask, "video")


def _clip(folder: Path, video: Video) -> Iterator[Problem]:
    key: Key = ("video", "file")
    try:
        command("ffmpeg", ())  # whoever signs it or posts it needs it, too
        passed(folder, video)
    except QuizbotError as refused:
        yield error(f'"{video.file}" {refused.what}; {refused.todo}', *key)


def _captions(folder: Path, name: str) -> Iterator[Problem]:
    key: Key = ("video", "captions")
    try:
        cues = caption_cues(folder, name)
    except QuizbotError as refused:
        yield error(f'"{name}" {refused.what}; {refused.todo}', *key)
        return
    for number, cue in enumerate(cues, start=1):
        for mark in read_words(cue.text):
            yield Problem(key, level_of(mark), f"caption {number} {mark_message(mark)}")

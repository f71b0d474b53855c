"""Imported by the server that lives are forked from: what a life would load, compile or decode anew is ready there."""

import tempfile
from pathlib import Path

from quizbot import grading
from quizbot.casebook import load_case
from quizbot.core.bundled import bundled
from quizbot.deid import decode, known
from quizbot.deid.reading import picture_file, subject_in, subject_of
from quizbot.deid.warm import warm
from tests.crash.decoded import decoded_before
from tests.small import SLUG, drawn_list, small_case

_case = load_case(bundled("cases", SLUG)).case
assert _case is not None
grading.grade_many(grading.prepare(_case, []), ["Wellens", "NSTEMI", "the widowmaker waves of doom", "great case"])

_real = known.DRAWN, decode.warm
with tempfile.TemporaryDirectory() as _folder:
    small_case(Path(_folder, "cases"))
    known.DRAWN, decode.warm = drawn_list(Path(_folder)), decoded_before
    subject_in(SLUG, _case, Path(_folder, "cases", SLUG))
    subject_of(SLUG, _case, [picture_file(Path(_folder, "cases", SLUG, "ecg.png"))])
known.DRAWN, decode.warm = _real  # each life says which it wants
warm("raster").end()

"""A part of stored media is read without the rest of it, on either database."""

import pytest

from quizbot.store import Media
from quizbot.store.pages import media_length, media_part

DATA = bytes(range(256)) * 20


PARTS = [(0, 1), (0, len(DATA)), (4, 8), (255, 257), (len(DATA) - 1, len(DATA)), (9, 9)]


def test_it_is_the_part_that_was_asked_for(kept):
    with kept.read() as session:
        for start, end in PARTS:
            assert media_part(session, "1", "d", start, end) == DATA[start:end]
        assert media_length(session, "1", "d") == len(DATA)


def test_what_is_not_there_has_no_parts(kept):
    with kept.read() as session:
        assert media_length(session, "2", "d") is None
        assert media_part(session, "1", "e", 0, 9) == b""


@pytest.fixture
def kept(store):
    with store.write() as session:
        size = {"width": 1, "height": 1}
        session.add(Media(account="1", digest="d", mime="video/mp4", **size, source_digest="", data=DATA))
    return store

"""Stored bytes leave only as exactly those that were granted."""

import pytest
from PIL import Image

from quizbot.deid import Grant, Refused, release
from quizbot.deid.bare import digest_of
from quizbot.deid.known import pixel_digest
from tests.deid.pictures import encoded, gradient

DATA = encoded(gradient(), "PNG")
GRANT = Grant({(digest_of(DATA), pixel_digest(gradient())): "source"})


def test_what_is_granted_leaves_and_says_where_it_came_from():
    media = release(DATA, "image/png", (60, 40), GRANT)
    assert (media.data, media.digest, media.source_digest) == (DATA, digest_of(DATA), "source")


@pytest.mark.parametrize(
    ("data", "mime", "size", "grant"),
    [
        (DATA, "image/png", (60, 40), None),
        (DATA, "image/png", (60, 40), Grant()),
        (DATA, "image/png", (60, 40), Grant({(digest_of(DATA), "other"): ""})),
        (DATA, "image/png", (60, 40), Grant({("other", pixel_digest(gradient())): ""})),
        (encoded(gradient(), "PNG", compress_level=0), "image/png", (60, 40), GRANT),
        (encoded(Image.new("RGB", (60, 40)), "PNG"), "image/png", (60, 40), GRANT),
        (DATA, "image/jpeg", (60, 40), GRANT),
        (DATA, "image/png", (40, 60), GRANT),
        (DATA + b"x", "image/png", (60, 40), GRANT),
    ],
)
def test_anything_else_does_not(data, mime, size, grant):
    with pytest.raises(Refused):
        release(data, mime, size, grant)


def test_even_a_granted_file_has_to_be_bare():
    marked = encoded(gradient(), "PNG", dpi=(72, 72))
    with pytest.raises(Refused, match="more than pixels"):
        release(marked, "image/png", (60, 40), Grant({(digest_of(marked), pixel_digest(gradient())): ""}))

"""At which frames of a clip somebody looks."""

import random

from PIL import Image, ImageDraw

from quizbot.deid.video.limits import FRAMES_A_SECOND
from quizbot.deid.video.moments import LOOK_SIZE, MOST, moments


def flat(grey: int) -> Image.Image:
    return Image.new("L", LOOK_SIZE, grey)


def test_a_still_picture_is_looked_at_every_second_and_at_the_end():
    chosen = moments([flat(90)] * 100)
    assert chosen.frames == (0, 30, 60, 90, 99)
    assert chosen.every_change


def test_a_cut_is_looked_at():
    assert 17 in moments([flat(90)] * 17 + [flat(150)] * 30).frames


def test_a_slow_change_is_looked_at_before_a_second_is_over():
    chosen = moments([flat(min(255, 2 * n)) for n in range(30)])
    assert len([frame for frame in chosen.frames if 0 < frame < 29]) >= 2


def test_a_line_of_text_that_appears_is_looked_at():
    """Letters two pixels high in a corner: a clip of 1280 x 720 has them 16 pixels high."""
    marked = flat(60)
    draw = ImageDraw.Draw(marked)
    for x in range(10, 40, 2):
        draw.line((x, 5, x, 8), fill=200)
    assert 20 in moments([flat(60)] * 20 + [marked] * 3 + [flat(60)] * 20).frames


def test_an_encoder_s_noise_is_no_change():
    noise = random.Random(1)
    frames = [
        Image.frombytes("L", LOOK_SIZE, bytes(90 + noise.randint(-6, 6) for _ in range(160 * 90))) for _ in range(5)
    ]
    assert len(moments(frames).frames) == 2


def test_a_clip_that_never_rests_is_said_to_be_one():
    chosen = moments(flat(255 * (n % 2)) for n in range(140 * FRAMES_A_SECOND))
    assert not chosen.every_change
    assert len(chosen.frames) <= MOST + 1
    gaps = [after - before for before, after in zip(chosen.frames, chosen.frames[1:], strict=False)]
    assert max(gaps) <= FRAMES_A_SECOND


def test_no_frames_no_moments():
    assert moments([]).frames == ()

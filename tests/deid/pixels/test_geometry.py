"""Tiles, merging and curves: what has to hold whatever the network says."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.deid.pixels import tiles

cv2 = pytest.importorskip("cv2", reason="the extra [deid] is not installed here")
np = pytest.importorskip("numpy", reason="the extra [deid] is not installed here")

from quizbot.deid.pixels import colours, follow, merge, reading, regions, second, traces, views  # noqa: E402  # after it is known to be there
from quizbot.deid.pixels.hits import Reading, Region  # noqa: E402
from quizbot.deid.pixels.legible import is_half_read, is_text, is_unread_line  # noqa: E402


def region(x0: float, y0: float, x1: float, y1: float, score: float = 0.9, votes: int = 3) -> Region:
    return Region(np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32), score, votes)


@given(st.integers(1, 9000), st.integers(1, 9000), st.integers(250_000, 2_000_000))
def test_tiles_cover_the_picture_and_stay_inside_it(width: int, height: int, most: int) -> None:
    pieces = tiles.cut(width, height, most)
    for start, end, length in ((0, 2, width), (1, 3, height)):
        spans = sorted({(piece[start], piece[end]) for piece in pieces})
        assert spans[0][0] == 0
        assert spans[-1][1] == length
        assert all(b[0] <= a[1] - min(100, length) for a, b in itertools.pairwise(spans))
    assert all((x1 - x0) * (y1 - y0) <= most for x0, y0, x1, y1 in pieces)


def test_one_place_in_three_views_is_one_region() -> None:
    assert (
        len(merge.distinct([region(10, 10, 200, 30), region(12, 9, 198, 31, 0.8), region(11, 11, 201, 30, 0.7)])) == 1
    )


def test_a_higher_box_around_the_same_place_is_the_same_place() -> None:
    assert len(merge.distinct([region(10, 10, 200, 30), region(10, 2, 200, 37, 0.8)])) == 1


def test_what_one_map_hardly_shows_has_to_be_read_surely() -> None:
    hardly, once = region(0, 0, 100, 40, 0.5, votes=1), region(0, 0, 100, 40, 0.8, votes=1)
    assert not is_text(Reading(hardly, "19549", 0.8))
    assert is_text(Reading(hardly, "19549", 0.9))
    assert is_text(Reading(once, "19549", 0.8))


def test_a_line_with_more_room_around_it_is_that_line_and_two_lines_are_not_one() -> None:
    line, roomy = region(10, 12, 200, 29), region(6, 4, 206, 41, votes=2)
    for both in ([line, roomy], [roomy, line]):
        assert [id(each) for each in merge.distinct(both)] == [id(line)]
    assert len(merge.distinct([line, region(6, 4, 206, 60, 0.8)])) == 2  # as high as two lines and more


def test_a_piece_of_a_row_goes_and_a_row_inside_a_larger_blob_stays() -> None:
    row, piece, blob = region(10, 100, 300, 120), region(100, 101, 160, 119, votes=1), region(0, 0, 400, 300, votes=1)
    assert {id(each) for each in merge.distinct([row, piece, blob])} == {id(row), id(blob)}


def test_what_smaller_places_cover_together_is_no_news() -> None:
    label, value, far = region(10, 10, 60, 30), region(70, 10, 100, 30), region(10, 100, 100, 120)
    row, around = region(8, 9, 102, 31, votes=0), region(0, 0, 400, 300)
    assert merge.news([row, far], [label, value]) == [far]
    assert merge.news([row], [around]) == [row]


@pytest.mark.parametrize(
    ("text", "sure", "width", "passes"),
    [
        ("Smith", 0.7, 100, True),
        ("MRN 447", 0.65, 140, True),
        ("92Y", 0.77, 50, True),
        ("xk", 0.8, 40, False),  # two letters by accident
        ("wmmw", 0.8, 120, False),  # a wave
        ("dede", 0.8, 400, False),  # far too wide for four letters
        ("", 0.0, 100, False),
        ("--", 0.99, 60, False),
        ("Smith", 0.4, 100, False),
    ],
)
def test_what_is_believed_to_be_text(text: str, sure: float, width: int, passes: bool) -> None:
    assert is_text(Reading(region(0, 0, width, 40), text, sure)) is passes


def test_what_only_bold_letters_show_has_to_be_read_surely() -> None:
    bold, plain = region(0, 0, 100, 40, votes=0), region(0, 0, 100, 40)
    assert is_text(Reading(plain, "Smith", 0.8))
    assert not is_text(Reading(bold, "Smith", 0.8))
    assert is_text(Reading(bold, "Smith", 0.9))
    assert not is_text(Reading(bold, "ZH1", 0.96))


@pytest.mark.parametrize(
    ("text", "score", "votes", "size", "holds"),
    [
        ("LGG-37-3663-", 0.86, 2, (120, 20), True),
        ("LGG-37-3663-", 0.70, 3, (120, 20), False),  # texture
        ("mwnwv", 0.90, 2, (120, 20), False),  # a wave
        ("LGG", 0.86, 3, (40, 30), False),  # as high as long: a shape
        ("LGG-37", 0.94, 3, (1300, 95), False),  # a whole trace
        ("LGG-37", 0.94, 3, (300, 95), True),  # large handwriting
        ("", 0.86, 3, (120, 20), False),
        ("", 0.90, 3, (120, 20), True),  # low and long, and text in every view: handwriting, say
        ("", 0.90, 2, (120, 20), False),
        ("mwnwv", 0.90, 3, (120, 40), False),
        ("LGG-37-3663-", 0.95, 0, (120, 20), False),  # what only bold letters show, texture as often as text
    ],
)
def test_a_line_that_cannot_be_read_is_a_matter_for_a_person(
    text: str, score: float, votes: int, size: tuple[int, int], *, holds: bool
) -> None:
    assert is_unread_line(Reading(region(0, 0, *size, score, votes), text, 0.4)) is holds


def test_a_guess_that_makes_a_permitted_word_tells_nothing() -> None:
    line = region(0, 0, 120, 20)
    assert is_half_read(Reading(line, "pppr", 0.65))
    assert not is_half_read(Reading(line, "aVR", 0.97))
    assert not is_half_read(Reading(region(0, 0, 120, 20, votes=1), "pppr", 0.65))  # texture


def seen(picture: np.ndarray) -> views.Views:
    return views.Views(picture, picture, picture, picture, (picture, picture), picture)


def look_again(monkeypatch: pytest.MonkeyPatch, first: Reading, *again: Reading) -> list[Reading]:
    """What stands after a second look that finds these."""
    monkeypatch.setattr(regions, "nearer", lambda *_: [each.region for each in again])
    monkeypatch.setattr(reading, "read", lambda *_: list(again))
    return second.look(seen(np.zeros((400, 700, 3), np.uint8)), [first])


def test_what_a_second_look_reads_surely_and_in_full_takes_the_first_readings_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = Reading(region(50, 50, 450, 150), "ECLAN LD", 0.6)
    read = Reading(region(60, 85, 400, 115), "DECLAN WHITFIELD", 0.97)
    part, guess = Reading(region(60, 85, 160, 115), "DECLAN", 0.97), Reading(read.region, "DEGLAM VHTF", 0.7)
    assert [each.text for each in look_again(monkeypatch, first, read)] == [read.text]
    assert [each.text for each in look_again(monkeypatch, first, part)] == [first.text, part.text]
    assert [each.text for each in look_again(monkeypatch, first, guess)] == [first.text, guess.text]
    assert look_again(monkeypatch, first) == [first]


def test_only_doubtful_lines_are_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    better = Reading(region(50, 50, 250, 80), "other", 0.99)
    for kept in (
        Reading(region(50, 50, 250, 80), "read", 0.95),
        Reading(region(50, 50, 250, 80, 0.5), "texture", 0.3),
        Reading(region(50, 50, 650, 380), "a trace", 0.3),
    ):
        assert [each.text for each in look_again(monkeypatch, kept, better)] == [kept.text]


def test_a_second_look_costs_no_more_than_its_limit() -> None:
    many = [Reading(region(0, y, 690, y + 60), "", 0.1) for y in range(0, 330, 30)]
    looked = list(second._affordable(many, (700, 400)))
    assert 0 < len(looked) < len(many)


def test_letters_of_any_colour_stand_out_of_a_dark_picture() -> None:
    for channel in range(3):
        dark = np.full((120, 300, 3), 6, np.uint8)
        dark[50:70, 40:240:8, channel] = 60
        assert int(views.evened(dark)[50:70].max()) - int(views.evened(dark)[20:30].max()) > 60


def test_thin_letters_stand_out_of_a_grid() -> None:
    page = np.full((160, 400, 3), 250, np.uint8)
    page[::9], page[:, ::9] = 200, 200
    bare = page.copy()
    cv2.putText(page, "Born 1999", (60, 90), cv2.FONT_HERSHEY_SIMPLEX, 1, (190,) * 3, 1)
    ruled = views.evened(bare)[20:140, 20:380, 0].astype(int)
    inked = (page != bare).any(axis=2)
    assert np.ptp(ruled) < 20
    assert views.evened(page)[inked].mean() < ruled.mean() - 60


def turned(angle: float, centre: tuple[float, float], size: tuple[float, float]) -> Region:
    corners = cv2.boxPoints((centre, size, angle))
    return Region(np.roll(np.asarray(corners, np.float32), -1, axis=0), 0.9, 3)


@pytest.mark.parametrize("angle", [0, 30, -45])
def test_letters_over_a_curve_are_no_curve_however_they_are_turned(angle: float) -> None:
    curves = np.zeros((400, 400), bool)
    curves[198:202] = True
    line = turned(angle, (200, 200), (240, 24))
    seen = np.zeros((400, 400), np.float32)
    cv2.fillConvexPoly(seen, np.rint(line.quad).astype(np.int32), 0.9)
    assert not regions._is_curve(line, curves, seen)
    assert regions._is_curve(turned(0, (200, 200), (240, 24)), curves, np.zeros_like(seen))


def test_two_lines_that_touch_come_apart() -> None:
    seen = np.zeros((200, 400), np.float32)
    seen[50:100, 40:300] = 0.4
    seen[52:66, 40:300] = seen[84:98, 40:300] = 0.9
    seen[50:100, 300:390] = 0.0
    seen[20:180, 36:44] = 0.4  # what joins them makes one blob, most of whose box is empty
    heights = [found.height for found in regions._regions(seen, [seen])]
    assert sum(height < 45 for height in heights) == 2


def paper(*, letters: str = "") -> np.ndarray:
    image = np.full((200, 700, 3), 245, np.uint8)
    x = np.arange(700)
    y = 100 - 60 * np.exp(-(((x % 140) - 60) ** 2) / 30)
    cv2.polylines(
        image, [np.stack([x, y], axis=1).astype(np.int32)[None]], isClosed=False, color=(10, 10, 10), thickness=2
    )
    if letters:
        cv2.putText(image, letters, (150, 160), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (0, 0, 0), 2)
    return image


def test_a_curve_goes_and_letters_stay() -> None:
    image = paper(letters="Garcia, Elena")
    bare = traces.without(image, traces.find(image))
    assert bare[:110].min() > 200
    assert (bare[130:170].min(axis=2) < 60).sum() == pytest.approx((image[130:170].min(axis=2) < 60).sum(), rel=0.01)


def crossed(ink: int) -> tuple[np.ndarray, np.ndarray]:
    """Letters of a grey that stand on a curve's base line, and they alone."""
    plain = np.full((200, 700, 3), 245, np.uint8)
    cv2.putText(plain, "MRN 4471923", (230, 112), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (ink,) * 3, 2)
    return np.minimum(paper(), plain), plain


@pytest.mark.parametrize("ink", [130, 10])
def test_a_curve_that_runs_through_letters_goes_and_they_stay(ink: int) -> None:
    image, letters = crossed(ink)
    bare = traces.without(image, traces.find(image))
    written = letters[80:125, 225:470, 0] < 200
    left = bare[80:125, 225:470, 0] < 200
    assert (left & written).sum() > 0.65 * written.sum()
    assert (left & ~written).sum() < 0.2 * ((image[80:125, 225:470, 0] < 200) & ~written).sum()


def test_a_curve_is_followed_over_its_own_ink_and_not_along_a_fainter_line() -> None:
    strength = np.zeros((60, 200), np.float32)
    strength[40:42, :] = 200
    strength[20:22, 60:140] = 90  # the top of letters
    strength[20:42, 60:140:20] = 90
    piece = strength > 55
    plain = np.ones(200, bool)
    plain[50:150] = False
    gone = follow.through(piece, strength, plain)
    assert gone[40:42, 70:75].all()
    assert not gone[:36].any()
    assert not gone[:, plain].any()


def test_two_words_that_a_curve_strings_together_are_looked_at_without_it() -> None:
    curves = np.zeros((100, 400), bool)
    curves[50:53] = True
    own, bare = np.zeros((100, 400), np.float32), np.zeros((100, 400), np.float32)
    own[40:60, 20:380] = 0.9
    bare[40:60, 20:150] = bare[40:60, 250:380] = 0.9
    string = region(15, 35, 385, 65)
    assert regions._is_strung(string, curves, own, bare, 0.9)
    assert not regions._is_strung(string, curves, own, own, 0.9)
    assert not regions._is_strung(string, np.zeros_like(curves), own, bare, 0.9)


def read_counted(monkeypatch: pytest.MonkeyPatch, lines: list[Region], **limits: int) -> tuple[list[Reading], int]:
    """What is read in a picture of stripes, and how many pixels of strips that took."""
    widths: list[int] = []

    def texts(strips: list[np.ndarray]) -> list[tuple[str, float]]:
        widths.extend(strip.shape[1] for strip in strips)
        return [("qxz", 0.3)] * len(strips)

    monkeypatch.setattr(reading, "_texts", texts)
    stripes = np.tile(np.arange(700, dtype=np.uint8)[None, :, None], (700, 1, 3))
    return reading.read(seen(stripes), lines, **limits), sum(widths)


def test_reading_costs_no_more_than_its_limits_and_what_was_not_read_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [region(0, y, 480, y + 24) for y in range(0, 600, 24)]
    found, pixels = read_counted(monkeypatch, lines, first=6_000, again=1_000)
    assert pixels <= 6_000 + 4 * 1_000
    assert 0 < sum(not each.tried for each in found) < len(lines)
    assert all(is_unread_line(each) for each in found if not each.tried)
    assert not is_unread_line(Reading(region(0, 0, 480, 24, votes=1), "", 0.0, tried=False))  # a wave


def test_what_looks_as_before_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    _, pixels = read_counted(monkeypatch, [region(0, 0, 240, 24)])
    assert pixels == 2 * 480  # upright and upside down; all views are one picture


def test_a_picture_without_curves_is_left_alone() -> None:
    image = paper()[150:]
    assert traces.without(image, traces.find(image)) is image


def test_figures_that_a_curve_runs_through_are_a_guess() -> None:
    def found(text: str, *, crossed: bool) -> Reading:
        place = region(0, 0, 120, 20)
        return Reading(Region(place.quad, place.score, place.votes, crossed), text, 0.99)

    assert is_half_read(found("2966", crossed=True))
    assert not is_half_read(found("2966", crossed=False))
    assert not is_half_read(found("25 mm/s", crossed=True))


def test_a_number_that_only_bold_letters_show_is_a_guess() -> None:
    bold = region(0, 0, 120, 20, votes=0)
    assert is_half_read(Reading(bold, "XR-3066", 0.99))
    assert not is_half_read(Reading(bold, "V1", 0.99))
    assert not is_half_read(Reading(region(0, 0, 120, 20), "XR-3066", 0.99))


def test_a_reading_that_leaves_a_line_unread_gives_way_to_a_fuller_one(monkeypatch: pytest.MonkeyPatch) -> None:
    readings = iter([("B", 0.95), ("BD: 19520321", 0.8), ("BD: 19520321", 0.7)])
    monkeypatch.setattr(reading, "_texts", lambda strips: [next(readings) for _ in strips])
    noise = np.random.default_rng(1).integers(0, 255, (60, 400, 3), dtype=np.uint8)
    views_of_noise = views.Views(noise, noise[::-1].copy(), noise, noise, (), None)
    (best,) = reading.read(views_of_noise, [region(20, 10, 320, 50)])
    assert (best.text, best.sure) == ("BD: 19520321", 0.8)


def monitor(line: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray]:
    """A dark page with a thick line of a colour, and where grey letters are written across it."""
    page = np.full((200, 700, 3), (6, 10, 8), np.uint8)
    cv2.line(page, (0, 100), (699, 104), line, 7, cv2.LINE_AA)
    bare = page.copy()
    cv2.putText(page, "Penelope", (230, 112), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (150,) * 3, 2)
    return page, (page != bare).any(axis=2)


def test_letters_across_a_coloured_line_stand_out_and_the_line_is_gone() -> None:
    page, letters = monitor((90, 240, 120))
    curves = (page.max(axis=2) > 60) & ~letters
    colourless = colours.without_curves(page, curves)
    assert colourless is not None
    values = colourless[:, :, 0].astype(int)
    assert values[letters].mean() > values[curves & ~letters].mean() + 80
    assert abs(values[curves][::3].mean() - values[20:80].mean()) < 25


@pytest.mark.parametrize("line", [(230, 230, 230), (6, 10, 8)])
def test_a_grey_line_has_no_colour_to_take_out(line: tuple[int, int, int]) -> None:
    page, letters = monitor(line)
    assert colours.without_curves(page, (page.max(axis=2) > 60) & ~letters) is None


def test_bold_letters_are_bolder_and_a_grid_is_not() -> None:
    page = np.full((60, 200, 3), 128, np.uint8)
    page[::9], page[30:32, 40:160] = 90, 20
    darker, brighter = views.bolder(page)
    assert (darker[24:40, 100, 0] == 20).sum() == 4
    assert darker[4:20].min() == 128
    assert (brighter[24:40, 100, 0] == 20).sum() == 0
    bright = views.bolder(255 - page)[1]
    assert (bright[24:40, 100, 0] == 235).sum() == 4


def test_bold_letters_are_looked_for_where_there_is_little_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    monkeypatch.setattr(regions, "_map", lambda view, _: looked.append(1) or np.zeros(view.shape[:2], np.float32))
    blank = np.zeros((100, 300, 3), np.uint8)
    some = views.Views(blank, blank, blank, blank, (blank, blank), None)
    for found, passes in (([], 4), ([region(0, y, 290, y + 10) for y in range(0, 100, 12)], 2)):
        looked.clear()
        monkeypatch.setattr(regions, "_found", lambda *_, found=found: found)
        regions.find(some, np.zeros((100, 300), bool))
        assert len(looked) == passes

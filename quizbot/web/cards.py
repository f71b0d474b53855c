"""Pictures for sharing: the top of the board, and a card of a case that never tells its answer.

They are drawn with Pillow and the font that comes with it, not from SVG: a renderer of SVG takes its letters from the
machine's fonts, and a slim container has none. That font knows ASCII, which handles are made of; a name with other
letters takes a font of the machine that has them all, where there is one, and else shows boxes.
"""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from quizbot.core.fonts import cjk_fonts, text_fonts
from quizbot.rounds.boards import BoardLine

WIDTH, HEIGHT = 1200, 630  # pixels: the shape that X and others show of a shared page
_INK, _SOFT, _PAPER, _LINE, _ACCENT = "#13212b", "#4b5c68", "#f5f8f9", "#d5dfe4", "#0a5c6c"
_FILM, _PALE = "#10181d", "#eef4f6"
_MARGIN = 64
_MARK = ((3.5, 18), (8.7, 18), (11, 13.4), (14.6, 25), (18.6, 7), (21.8, 18), (28.5, 18))  # as in static/mark.svg
ASKED = "What’s the diagnosis?"
_COLUMN = 5  # lines of the board beside each other in two columns
_LONGEST = 24  # characters of a name
_NO_LETTER = "\U0010ffff"


def board_card(season: str, lines: Sequence[BoardLine], rounds: int) -> bytes:
    """The first ten of a board as a PNG; lines without a name are left off."""
    image, draw = _blank(_PAPER)
    _mark(draw, _MARGIN, 56, _ACCENT)
    draw.text((_MARGIN + 76, 54), f"Leaderboard {'of all time' if season == 'all' else season}", _INK, _font(52))
    counted = f"{rounds} revealed round{'' if rounds == 1 else 's'}"
    draw.text((_MARGIN, 132), counted if lines else "No points yet this season", _SOFT, _font(28))
    for place, line in enumerate([one for one in lines if one.handle][: 2 * _COLUMN]):
        _line(draw, line, *divmod(place, _COLUMN))
    draw.text((_MARGIN, HEIGHT - 60), "quizbot  -  for education, not for patient care", _SOFT, _font(24))
    return _png(image)


def _line(draw: ImageDraw.ImageDraw, line: BoardLine, column: int, row: int) -> None:
    width = (WIDTH - 3 * _MARGIN) // 2
    left, top = _MARGIN + column * (width + _MARGIN), 196 + row * 72
    name = line.handle or ""
    shown = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 3]}..."
    draw.text((left, top + 6), str(line.standing.rank), _ACCENT, _font(34))
    draw.text((left + 64, top + 8), shown, _INK, _font(30, shown))
    draw.text((left + width, top + 6), str(line.standing.points), _INK, _font(34), anchor="ra")
    draw.line((left, top + 58, left + width, top + 58), _LINE, 2)


def case_card(picture: bytes | None, title: str) -> bytes:
    """A card with a title, in ASCII, above a case's image; without an image only the mark."""
    image, draw = _blank(_FILM)
    _mark(draw, _MARGIN, 44, "#7ccbd8")
    draw.text((_MARGIN + 76, 42), title, _PALE, _font(50))
    if picture is not None:
        _place(image, picture, (_MARGIN, 132, WIDTH - _MARGIN, HEIGHT - 40))
    else:
        _mark(draw, WIDTH // 2 - 160, 200, "#24434b", scale=10)
    return _png(image)


def _place(image: Image.Image, picture: bytes, box: tuple[int, int, int, int]) -> None:
    shown = Image.open(BytesIO(picture)).convert("RGB")
    shown.thumbnail((box[2] - box[0], box[3] - box[1]), Image.Resampling.LANCZOS)
    left = box[0] + (box[2] - box[0] - shown.width) // 2
    image.paste(shown, (left, box[1] + (box[3] - box[1] - shown.height) // 2))


def _blank(colour: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (WIDTH, HEIGHT), colour)
    return image, ImageDraw.Draw(image)


def _mark(draw: ImageDraw.ImageDraw, left: int, top: int, colour: str, scale: float = 1.9) -> None:
    points = [(left + x * scale, top + y * scale) for x, y in _MARK]
    draw.line(points, colour, round(2.6 * scale), joint="curve")


def _font(size: int, text: str = "") -> ImageFont.FreeTypeFont:
    machines = [] if text.isascii() else [*text_fonts(), *cjk_fonts()]
    fonts = [ImageFont.truetype(str(path), size) for path in machines]
    fitting = (font for font in fonts if _knows(font, text))
    return next(fitting, None) or ImageFont.load_default(size)  # type: ignore[return-value]  # with a size a FreeType font


def _knows(font: ImageFont.FreeTypeFont, text: str) -> bool:
    """Whether a font has all letters: one that it lacks is drawn as one that does not exist is."""
    lacking = bytes(font.getmask(_NO_LETTER))
    return not any(bytes(font.getmask(letter)) == lacking for letter in set(text) if not letter.isspace())


def _png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()

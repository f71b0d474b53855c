"""The participation report of a cohort as a PDF, to be filed: one table, and the four criteria it is credited by.

It is set in the machine's DejaVu Sans, which knows Latin, Greek, Cyrillic and Arabic letters, and Noto Sans CJK or IPA
Gothic where they are installed; a machine without any sets it in Helvetica, and marks letters that it lacks.
"""

from importlib.util import find_spec
from typing import TYPE_CHECKING

from quizbot.core.errors import OutsideError
from quizbot.core.extras import install
from quizbot.core.fonts import cjk_fonts, text_fonts
from quizbot.rounds.cohorts import CRITERIA, Line, Report

if TYPE_CHECKING:
    from fpdf import FPDF

_COLUMNS = (("Handle", 70), ("Joined", 30), ("Rounds answered", 36), ("Share", 22), ("Points", 22))  # millimetres
_INK, _SOFT, _LINE = (19, 33, 43), (75, 92, 104), (213, 223, 228)
_LACKING = "\N{WHITE VERTICAL RECTANGLE}"
CLAIM = "It records participation. It is no certificate, and the project grants no credit by itself."
PURPOSE = "For education, not for patient care. Members appear by the handle that they joined with."


def can_print() -> bool:
    """Whether this installation can make a PDF."""
    return find_spec("fpdf") is not None


def as_pdf(shown: Report) -> bytes:
    """A report as a PDF file.

    Raises:
        OutsideError: the library for it is not installed.
    """
    if not can_print():
        raise OutsideError("a PDF", "needs fpdf2", f"run {install('report')}, or write a CSV file")
    sheet = _sheet(shown)
    _head(sheet, shown)
    _people(sheet, shown)
    _criteria(sheet)
    return bytes(sheet.output())


def _sheet(shown: Report) -> "FPDF":
    from fpdf import FPDF  # noqa: PLC0415  # it loads slowly

    class Sheet(FPDF):
        def footer(self) -> None:
            self.set_y(-15)
            self.set_font(size=8)
            self.set_text_color(*_SOFT)
            made = f"Made by quizbot on {shown.made_at:%Y-%m-%d %H:%M} UTC"
            self.cell(0, 8, f"{made}  -  page {self.page_no()} of {{nb}}", align="C")

    sheet = Sheet(format="A4")
    sheet.set_margins(15, 15)
    sheet.set_auto_page_break(auto=True, margin=20)
    sheet.set_creation_date(shown.made_at)
    sheet.set_title(f"Participation: {shown.cohort.name}")
    sheet.set_lang("en")
    _set_font(sheet)
    sheet.add_page()
    return sheet


def _set_font(sheet: "FPDF") -> None:
    """The first fonts that this machine has."""
    texts, more = text_fonts(), cjk_fonts()
    if not texts:
        sheet.set_font("helvetica", size=10)
        return
    sheet.add_font("text", fname=texts[0])
    for number, file in enumerate(more[:1]):
        sheet.add_font(f"more{number}", fname=file)
    sheet.set_fallback_fonts([f"more{number}" for number, _ in enumerate(more[:1])])
    sheet.set_font("text", size=10)
    if find_spec("uharfbuzz") is not None:
        sheet.set_text_shaping(use_shaping_engine=True)


def _written(sheet: "FPDF", text: str) -> str:
    """A text in letters that its fonts have, the others marked; Helvetica's are those of Latin-1."""
    from fpdf.fonts import TTFFont  # noqa: PLC0415  # as above

    fonts = [font for font in sheet.fonts.values() if isinstance(font, TTFFont)]
    if not fonts:
        return text.encode("latin-1", "replace").decode("latin-1")
    return "".join(one if any(ord(one) in font.cmap for font in fonts) else _LACKING for one in text)


def _say(sheet: "FPDF", text: str, size: int = 10, colour: tuple[int, int, int] = _INK, after: float = 1) -> None:
    sheet.set_font(size=size)
    sheet.set_text_color(*colour)
    sheet.multi_cell(0, size * 0.5, _written(sheet, text), align="L", new_x="LMARGIN", new_y="NEXT")
    sheet.ln(after)


def _head(sheet: "FPDF", shown: Report) -> None:
    _say(sheet, "Participation report", 11, _SOFT)
    _say(sheet, shown.cohort.name, 18, after=3)
    _say(sheet, f"Overseen by: {shown.cohort.supervisor or '(nobody named)'}")
    _say(sheet, f"Time: {shown.cohort.made_at:%Y-%m-%d} to {shown.made_at:%Y-%m-%d} (UTC)")
    held = f"{shown.rounds} round{'' if shown.rounds == 1 else 's'} held"
    _say(sheet, f"{held}; a right answer is 10 points, a partial one part of them.", after=4)


def _people(sheet: "FPDF", shown: Report) -> None:
    """The table; it goes on over pages, its heading with it."""
    from fpdf.fonts import FontFace  # noqa: PLC0415  # as above

    if not shown.lines:
        _say(sheet, "Nobody has joined yet.", after=4)
        return
    sheet.set_font(size=9)
    sheet.set_text_color(*_INK)
    sheet.set_draw_color(*_LINE)
    widths = tuple(width for _, width in _COLUMNS)
    align = ("LEFT", "LEFT", "RIGHT", "RIGHT", "RIGHT")
    plain = FontFace(emphasis="NONE", color=_SOFT)
    with sheet.table(
        col_widths=widths, text_align=align, headings_style=plain, borders_layout="HORIZONTAL_LINES", line_height=6
    ) as table:
        table.row([name for name, _ in _COLUMNS])
        for line in shown.lines:
            table.row([_written(sheet, value) for value in _row(line, shown.rounds)])
    sheet.ln(6)


def _row(line: Line, held: int) -> tuple[str, ...]:
    share = f"{100 * line.attempts / held:.0f} %" if held else "-"
    return f"@{line.handle}", f"{line.joined_at:%Y-%m-%d}", f"{line.attempts} of {held}", share, str(line.points)


def _criteria(sheet: "FPDF") -> None:
    """The four criteria of the ACGME for individualised interactive instruction, and how each is met."""
    if sheet.will_page_break(70):
        sheet.add_page()
    _say(sheet, "What it can be credited by", 13, after=1)
    _say(sheet, "The ACGME's four criteria for individualised interactive instruction.", 9, _SOFT, after=2)
    for number, (name, how) in enumerate(CRITERIA, 1):
        _say(sheet, f"{number}. {name}", after=0)
        _say(sheet, how, 9, _SOFT, after=2)
    sheet.ln(3)
    _say(sheet, f"{PURPOSE} {CLAIM}", 9, _SOFT, after=8)
    _say(sheet, "Date and signature of who oversees it: ______________________________", 9)

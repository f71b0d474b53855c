"""Cards: names in any letters."""

import pytest

from quizbot.core.fonts import text_fonts
from quizbot.rounds.board import Standing
from quizbot.rounds.boards import BoardLine
from quizbot.web import cards


def card(name: str) -> bytes:
    return cards.board_card("2026-1", [BoardLine(Standing(1, "7", 10, 1, 60.0), name)], 1)


def test_a_name_is_set_in_a_font_that_has_its_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without such a font all unknown letters are the same box; with one, they are told apart."""
    known = card("Иван") != card("Олег")
    monkeypatch.setattr(cards, "text_fonts", list)
    monkeypatch.setattr(cards, "cjk_fonts", list)
    assert known == bool(text_fonts())
    assert card("Иван") == card("Олег")
    assert card("@ivan") != card("@oleg")

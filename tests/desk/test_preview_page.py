"""The preview as a page shows what is sent, and nothing in a case is anything but text to it."""

import re
from html.parser import HTMLParser

import pytest
from PIL import Image

from quizbot.casebook import load_case
from quizbot.core.bundled import bundled
from quizbot.core.compose import answer_posts, quiz_posts
from quizbot.desk.preview import preview
from quizbot.desk.preview_page import as_page
from tests.casebook.given import PEARL, QUIZ, with_, write

HOSTILE = (
    '<script>document.title="stolen"</script><img src=x onerror=alert(1)> " \' {{ 7*7 }} {% raw %} &amp; javascript:x'
)


class Elements(HTMLParser):
    """Every element with its attributes, and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def page_of(folder, case):
    loaded = load_case(write(folder, case))
    made = preview(loaded)
    return as_page([(loaded, made)]), loaded


def drawn(folder):
    picture = next(bundled("cases").glob("*/*.png"))
    (folder / "ecg.png").write_bytes(picture.read_bytes())


def test_it_shows_each_post_s_exact_text_and_weight(tmp_path):
    page, loaded = page_of(tmp_path / "c", with_(QUIZ, pearl="x" * 240))
    said = Elements(page).text
    for post in (*quiz_posts(loaded.case), *answer_posts(loaded.case)):
        shown = post.text.replace("https://doi.org/10.1016/0002-8703(82)90480-X", "doi.org/10.1016/0002-8703(…")
        assert shown in said
    assert len(re.findall(r"\d+ of 280 characters", said)) == 3


def test_a_picture_that_may_be_posted_is_inside_the_page_with_its_alt_text(tmp_path):
    folder = write(tmp_path / "c", QUIZ)
    drawn(folder)
    loaded = load_case(folder)
    elements = Elements(as_page([(loaded, preview(loaded))])).elements
    (image,) = [attributes for tag, attributes in elements if tag == "img"]
    assert image["src"].startswith("data:image/png;base64,")
    assert image["alt"] == "12-lead ECG at 25 mm/s."


@pytest.mark.parametrize("origin", ["patient", "licensed"])
def test_an_original_is_never_shown(tmp_path, origin):
    images = [QUIZ["images"][0] | {"origin": origin}]
    folder = write(tmp_path / "c", with_(QUIZ, images=images, consent="not-identifiable"))
    Image.new("RGB", (60, 40), "red").save(folder / "ecg.png")
    loaded = load_case(folder)
    page = as_page([(loaded, preview(loaded))])
    assert "<img" not in page
    assert "not shown here" in page


def test_another_drawing_is_shown_rebuilt_and_said_to_need_the_gate(tmp_path):
    folder = write(tmp_path / "c", QUIZ)
    Image.new("RGB", (60, 40), "red").save(folder / "ecg.png", pnginfo=_secret())
    loaded = load_case(folder)
    page = as_page([(loaded, preview(loaded))])
    assert "data:image/png" in page
    assert "not posted:" in Elements(page).text
    original = (folder / "ecg.png").read_bytes()
    assert _pictures(page) != [original]
    assert not any(b"MRN" in data for data in _pictures(page))


def _secret():
    from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415  # only here

    info = PngInfo()
    info.add_text("Comment", "MRN 1234567")
    return info


def _pictures(page):
    import base64  # noqa: PLC0415  # only here

    return [base64.b64decode(found) for found in re.findall(r'src="data:[^,]+,([^"]+)"', page)]


def test_a_file_that_is_no_picture_is_not_shown(tmp_path):
    folder = write(tmp_path / "c", QUIZ)
    (folder / "ecg.png").write_text("<svg onload=alert(1)>")
    loaded = load_case(folder)
    assert "<img" not in as_page([(loaded, preview(loaded))])


def test_nothing_in_a_case_is_markup(tmp_path):
    """Every text of a case holds markup; the page's elements are those of a tame case, and nothing is loaded or run."""
    tame, _ = page_of(tmp_path / "tame", QUIZ)
    image = QUIZ["images"][0] | {"alt": HOSTILE, "credit": HOSTILE}
    case = with_(QUIZ, prompt=HOSTILE, pearl=HOSTILE, images=[image], answer__diagnosis=HOSTILE[:150], proof=HOSTILE)
    loaded = load_case(write(tmp_path / "c", case))
    assert loaded.case is not None
    page = as_page([(loaded, preview(loaded))])
    found, expected = Elements(page).elements, Elements(tame).elements
    assert {tag for tag, _ in found} <= {tag for tag, _ in expected} | {"li", "ul", "code"}
    assert not [name for _, attributes in found for name in attributes if name.startswith("on")]
    assert "<script" not in page
    assert "7*7" in page


def test_every_link_is_a_web_address(tmp_path):
    page, _ = page_of(tmp_path / "c", with_(PEARL, prompt="javascript:alert(1) data.org/x see aVR.In II"))
    links = [attributes["href"] for tag, attributes in Elements(page).elements if tag == "a"]
    assert all(link.startswith(("https://", "http://")) for link in links)


def test_the_page_forbids_itself_everything(tmp_path):
    page, _ = page_of(tmp_path / "c", PEARL)
    policy = next(a["content"] for t, a in Elements(page).elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert "script-src" not in policy


def test_a_graphic_picture_is_behind_a_warning(tmp_path):
    page, _ = page_of(tmp_path / "c", with_(QUIZ, sensitive="graphic"))
    assert '<details class="veil">' in page

"""The page over HTTP: what it refuses, and that what it shows is what is signed."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

import pytest
import requests
import uvicorn
from PIL import Image

from quizbot.core.clock import ManualClock
from quizbot.core.ports import listening_socket
from quizbot.desk.signoff.review import standing_in
from quizbot.web.signoff.desk import SignOffDesk
from quizbot.web.signoff.local import HEADERS, IDLE, LocalPage
from tests.signoff.given import NAME, PASSPHRASE, T0, ledger_of, patient_case, patient_picture, png


@dataclass
class Client:
    """Asks a page that is served on a port of this machine."""

    page: LocalPage

    def get(self, path: str, **options: Any) -> requests.Response:
        return requests.get(self._address(path), timeout=120, allow_redirects=False, **options)

    def post(self, path: str, **options: Any) -> requests.Response:
        return requests.post(self._address(path), timeout=120, allow_redirects=False, **options)

    def _address(self, path: str) -> str:
        root = self.page.address.removesuffix(f"{self.page.token}/")
        return f"{root}{path.removeprefix('/')}" if path.startswith("/") else f"{self.page.address}{path}"


@contextmanager
def served(folder, store, clock=None) -> Iterator[Client]:
    clock = clock or ManualClock(T0)
    socket = listening_socket("127.0.0.1", 0)
    page = LocalPage(SignOffDesk(folder, ledger_of(store), clock), socket.getsockname()[1], clock)
    server = uvicorn.Server(uvicorn.Config(page.app, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
    thread.start()
    try:
        yield Client(page)
    finally:
        server.should_exit = True
        thread.join(30)


@pytest.fixture
def client(store, folder) -> Iterator[Client]:
    with served(folder, store) as asked:
        yield asked


@pytest.fixture
def page(client) -> LocalPage:
    return client.page


def form(page, client, **changes):
    """A form filled in as somebody would who releases the case."""
    shown = client.get("").text
    given = {
        "csrf": page.csrf,
        "seen": re.search(r'name="seen" value="(\w+)"', shown)[1],
        "confirmed": re.findall(r'name="confirmed" value="([\w-]+)"', shown),
        "f1": "clinical",
        "decision": "release",
        "name": "ann",
        "passphrase": PASSPHRASE,
    }
    return given | changes


def test_signing_leads_back_to_the_page_and_counts(page, client, folder, store):
    answer = client.post("sign", data=form(page, client))
    assert (answer.status_code, answer.headers["location"]) == (303, "./?note=released")
    assert standing_in(folder, ledger_of(store)).signed == ("ann",)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"f1": ""}, "Decide on finding 1"),
        ({"f1": "approve-all"}, "Decide on finding 1"),
        ({"f1": "identifies"}, "has to go"),
        ({"confirmed": []}, "checklist"),
        ({"decision": ""}, "Choose whether"),
        ({"decision": "decline"}, "Choose why"),
        ({"seen": "0" * 64}, "was changed"),
        ({"name": "", "passphrase": ""}, "passphrase"),
        ({"passphrase": "wrong"}, "do not belong together"),
        ({"name": "edu"}, "wrote the case"),
        ({"name": "opi"}, "role of a reviewer"),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_signed(page, client, folder, store, changes, said):
    answer = client.post("sign", data=form(page, client, **changes))
    assert (answer.status_code, said in answer.text) == (422, True)
    assert PASSPHRASE not in answer.text
    assert standing_in(folder, ledger_of(store)).signed == ()


def test_a_picture_swapped_while_the_page_was_read_is_not_signed(page, client, folder, store):
    filled = form(page, client)
    next(folder.glob("*.png")).write_bytes(png(patient_picture(spot=9)))
    answer = client.post("sign", data=filled)
    assert (answer.status_code, "was changed" in answer.text) == (422, True)
    assert standing_in(folder, ledger_of(store)).signed == ()


def test_the_picture_shown_is_the_very_file(client, folder):
    answer = client.get("picture/1")
    assert (answer.content, answer.headers["content-type"]) == (next(folder.glob("*.png")).read_bytes(), "image/png")
    for view in ("contrast/1", "finding/1"):
        assert Image.open(BytesIO(client.get(view).content)).format == "PNG"
    assert client.get("picture/2").status_code == client.get("finding/9").status_code == 404


def test_faint_writing_shows_with_more_contrast(client, folder):
    """Six grey levels are nothing to an eye; the boosted view sets them at least thirty apart."""
    image = Image.new("RGB", (320, 200), (10, 10, 10))
    image.paste((16, 16, 16), (100, 90, 110, 94))
    next(folder.glob("*.png")).write_bytes(png(image))
    low, high = Image.open(BytesIO(client.get("contrast/1").content)).crop((80, 80, 130, 110)).getextrema()
    assert high - low >= 30


@pytest.mark.parametrize("path", ["", "sign", "cover"])
def test_everything_a_page_shows_is_found_from_where_it_stands(page, client, path):
    """An answer to a form stands at another address than the page itself."""
    shown = client.post(path, data={"csrf": page.csrf}) if path else client.get("")
    wanted = re.findall(r'(?:src|href)="([^"#]+)"', shown.text)
    assert len(wanted) >= 5
    assert {requests.get(urljoin(shown.url, one), timeout=120).status_code for one in wanted} == {200}


@pytest.mark.parametrize("host", ["evil.example:8123", "127.0.0.1:9", "127.0.0.1", "evil.example", "localhost"])
def test_another_name_for_this_machine_is_refused(client, host):
    """A site whose name is pointed at 127.0.0.1 sends its own name."""
    assert client.get("", headers={"host": host}).status_code == 403


def test_without_the_word_in_the_address_there_is_nothing(page, client):
    for path in ("/", "/nonsense/", f"/{page.token[:-1]}x/", "/style.css", "/docs", "/openapi.json"):
        assert client.get(path).status_code == 404
    wrong = client.post("/nonsense/done", data={"csrf": page.csrf})
    assert (wrong.status_code, page.over.is_set()) == (404, False)


@pytest.mark.parametrize("path", ["sign", "cover", "done"])
@pytest.mark.parametrize(
    ("csrf", "headers"),
    [
        ("", {}),
        ("guess", {}),
        (None, {"origin": "http://evil.example"}),
        (None, {"origin": "null"}),
        (None, {"sec-fetch-site": "cross-site"}),
    ],
)
def test_a_form_sent_by_another_site_does_nothing(page, client, folder, path, csrf, headers):
    before = {one: one.read_bytes() for one in folder.iterdir()}
    filled = form(page, client, fill=["own"], picture=1, **{"x0-own": 1, "y0-own": 1, "x1-own": 9, "y1-own": 9})
    answer = client.post(path, data=filled | ({} if csrf is None else {"csrf": csrf}), headers=headers)
    assert (answer.status_code, page.over.is_set()) == (403, False)
    assert {one: one.read_bytes() for one in folder.iterdir()} == before


def test_every_answer_forbids_scripts_frames_and_caching(client):
    for path in ("", "picture/1", "style.css", "nothing"):
        answer = client.get(path)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "'unsafe" not in HEADERS["Content-Security-Policy"]
    shown = client.get("").text
    assert not re.search(r"<script|\son\w+=|\sstyle=|javascript:", shown)


def test_markup_in_a_case_stays_text(store, gate, tmp_path):
    nasty = "<img src=x onerror=alert(1)> What's the diagnosis?"
    folder = patient_case(tmp_path / "others", gate, slug="nasty", prompt=nasty)
    with served(folder, store) as client:
        shown = client.get("").text
    assert "<img src=x" not in shown
    assert "&lt;img src=x" in shown


def test_filling_boxes_replaces_the_file_adds_a_line_and_asks_everybody_again(page, client, gate, folder, store):
    client.post("sign", data=form(page, client))
    gate.findings = [*gate.findings, NAME]
    (folder / "case.yaml").touch()
    claims = (folder / "deid.jsonl").read_bytes().count(b"\n")
    x0, y0, x1, y1 = NAME.box
    corners = {"x0-own": x0, "y0-own": y0, "x1-own": x1, "y1-own": y1}
    answer = client.post("cover", data={"csrf": page.csrf, "picture": 1, "fill": ["own"], **corners})
    assert (answer.status_code, answer.headers["location"]) == (303, "./?note=covered")
    (file,) = folder.glob("*.png")
    assert Image.open(file).crop(NAME.box).getextrema() == ((0, 0),) * 3
    assert (folder / "deid.jsonl").read_bytes().count(b"\n") == claims + 1
    assert standing_in(folder, ledger_of(store)).signed == ()
    assert "cannot be signed off" not in client.get("").text


@pytest.mark.parametrize(
    "corners", [("", "", "", ""), ("9", "9", "1", "1"), ("0", "0", "9999", "9"), ("-1", "0", "1", "1")]
)
def test_a_box_that_is_none_changes_nothing(page, client, folder, corners):
    before = next(folder.glob("*.png")).read_bytes()
    given = dict(zip(("x0-own", "y0-own", "x1-own", "y1-own"), corners, strict=True))
    answer = client.post("cover", data={"csrf": page.csrf, "picture": 1, "fill": ["own"], **given})
    assert (answer.status_code, "Not done yet" in answer.text) == (422, True)
    for wrong in ({"picture": 1}, {"picture": 2, "fill": ["own"], **given}, {"picture": "x"}):
        assert client.post("cover", data={"csrf": page.csrf, **wrong}).status_code == 422
    assert next(folder.glob("*.png")).read_bytes() == before


def test_a_case_that_breaks_while_it_is_open_is_told(client, folder):
    (folder / "case.yaml").write_text("kind: [")
    answer = client.get("")
    assert (answer.status_code, "quizbot check" in answer.text) == (409, True)


def test_nobody_looking_for_half_an_hour_ends_it(store, folder):
    clock = ManualClock(T0)
    with served(folder, store, clock) as client:
        clock.at += IDLE
        assert not client.page.idle()
        client.get("")
        clock.at += IDLE
        assert not client.page.idle()
        clock.sleep(1)
        assert client.page.idle()

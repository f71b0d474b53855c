"""Addresses are tried against a real server on this machine, and judged by what came of them."""

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from quizbot.casebook import Level, load_case
from quizbot.desk.links.judging import judge
from quizbot.desk.links.many import try_all
from quizbot.desk.links.public import is_public
from quizbot.desk.links.references import DeadLinks, link_findings
from quizbot.desk.links.trying import MOST_HOPS, Failure, Reach, Tried, try_address
from tests.casebook.given import QUIZ, with_, write

STATUS = {"/gone": 410, "/missing": 404, "/broken": 500, "/shut": 403, "/busy": 429}
MOVED = {
    "/moved": (301, "/page"),
    "/elsewhere": (302, "http://localhost:{port}/page"),
    "/front": (302, "/"),
    "/circle": (302, "/circle"),
    "/to-nothing": (302, "javascript:alert(1)"),
    "/to-odd": (302, "http://[::1"),
    "/to-dead": (301, "/missing"),
    "/10.1000/known": (302, "http://publisher.invalid/"),
}


class Handler(BaseHTTPRequestHandler):
    """What a path asks for; counts what was asked."""

    protocol_version = "HTTP/1.1"

    def answer(self, method: str) -> None:
        self.server.asked[method, self.path] += 1
        self.reply(method)

    def reply(self, method: str) -> None:
        if self.path == "/hang":
            self.server.freed.wait(30)
        if self.path == "/only-get" and method == "HEAD":
            return self.send(405)
        if self.path == "/cut":
            self.close_connection = True
            return None
        if self.path in MOVED:
            status, target = MOVED[self.path]
            return self.send(status, target.format(port=self.server.server_port))
        return self.send(STATUS.get(self.path, 404 if self.path.startswith("/10.") else 200))

    def send(self, status: int, target: str = "") -> None:
        self.send_response(status)
        if target:
            self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_HEAD(self) -> None:
        self.answer("HEAD")

    def do_GET(self) -> None:
        self.answer("GET")

    def log_message(self, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """A server on a port of its own."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[tuple[str, str]] = Counter()
        self.freed = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.freed.set()
    made.shutdown()
    made.server_close()


HERE = Reach(allowed=lambda ip: ip in ("127.0.0.1", "::1"), doi_hosts=frozenset(), connect=5, read=5)


def level_of(server: Server, path: str, reach: Reach = HERE) -> str | None:
    judged = judge(try_address(server.url + path, reach))
    return None if judged is None else str(judged.level)


@pytest.mark.parametrize(
    ("path", "level", "said"),
    [
        ("/page", None, ""),
        ("/only-get", None, ""),
        ("/missing", "error", "dead (HTTP 404)"),
        ("/gone", "error", "dead (HTTP 410)"),
        ("/to-dead", "error", "dead (HTTP 404)"),
        ("/broken", "warning", "HTTP 500"),
        ("/shut", "warning", "HTTP 403"),
        ("/busy", "warning", "HTTP 429"),
        ("/cut", "warning", "could not be reached"),
        ("/moved", "warning", "moved for good"),
        ("/elsewhere", "warning", "leads on to localhost"),
        ("/front", "warning", "front page"),
        ("/circle", "warning", "circle"),
        ("/to-nothing", "warning", "no web address"),
        ("/to-odd", "warning", "no web address"),
    ],
)
def test_what_a_server_answers_is_judged(server, path, level, said):
    judged = judge(try_address(server.url + path, HERE))
    assert (None if judged is None else str(judged.level)) == level
    assert said in (judged.message if judged else "")


def test_get_is_asked_only_where_head_is_refused(server):
    try_address(server.url + "/page", HERE)
    try_address(server.url + "/only-get", HERE)
    assert server.asked == {("HEAD", "/page"): 1, ("HEAD", "/only-get"): 1, ("GET", "/only-get"): 1}


def test_a_circle_ends(server):
    assert try_address(server.url + "/circle", HERE).failure is Failure.CIRCLE
    assert sum(server.asked.values()) == MOST_HOPS + 1


def test_a_server_that_says_nothing_is_left(server):
    reach = Reach(allowed=HERE.allowed, connect=5, read=0.2)
    assert try_address(server.url + "/hang", reach).failure is Failure.TIMEOUT


def test_a_port_where_nobody_listens_is_a_doubt_and_a_name_that_nobody_has_is_dead():
    assert level_of_tried(try_address("http://127.0.0.1:1/", HERE)) == "warning"
    assert level_of_tried(Tried("http://a.invalid/", failure=Failure.NO_HOST)) == "error"


def level_of_tried(tried: Tried) -> str | None:
    judged = judge(tried)
    return None if judged is None else str(judged.level)


def test_of_a_doi_only_the_registry_is_asked(server):
    registry = Reach(allowed=HERE.allowed, doi_hosts=frozenset({"127.0.0.1"}))
    assert level_of(server, "/10.1000/known", registry) is None
    judged = judge(try_address(server.url + "/10.1000/unknown", registry))
    assert judged.level is Level.ERROR
    assert "no registered DOI" in judged.message


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.8", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "2002:c0a8:101::1", "ff02::1", "no address",
    ],
)  # fmt: skip
def test_what_is_not_on_the_internet_is_no_public_address(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822", "::ffff:8.8.8.8"])
def test_what_is_on_the_internet_is(address):
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "0x7f.1", "2130706433"])
def test_this_machine_is_never_asked(server, host):
    tried = try_address(f"http://{host}:{server.server_port}/page")
    assert tried.failure is Failure.PRIVATE
    assert not server.asked


def test_nor_is_it_by_a_redirect(server):
    """The first host counts as public, the one it leads to does not."""
    reach = Reach(allowed=lambda ip: ip == "127.0.0.1")
    MOVED["/inside"] = (302, f"http://[::1]:{server.server_port}/page")
    assert try_address(server.url + "/inside", reach).failure is Failure.PRIVATE


def test_the_address_that_was_checked_is_the_one_that_is_asked(server, monkeypatch):
    """A name server that answers otherwise the second time is not asked a second time."""
    import socket  # noqa: PLC0415  # only here

    asked: list[str] = []
    real = socket.getaddrinfo

    def rebinding(host, port, *args, **more):
        asked.append(host)
        return real("127.0.0.1" if len(asked) == 1 else "127.0.0.2", port, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    tried = try_address(f"http://example.test:{server.server_port}/page", HERE)
    assert (tried.status, asked) == (200, ["example.test"])


def test_each_address_is_tried_once_and_a_host_is_asked_one_at_a_time(server):
    urls = [f"{server.url}/page?{n % 5}" for n in range(20)]
    busy, crowded = threading.Lock(), []

    def try_one(url: str) -> Tried:
        crowded.append(not busy.acquire(blocking=False))
        try:
            return try_address(url, HERE)
        finally:
            busy.release()

    found = try_all(urls, try_one)
    assert set(found) == set(urls)
    assert all(tried.status == 200 for tried in found.values())
    assert sum(server.asked.values()) == 5
    assert not any(crowded)


def test_what_never_ends_does_not_hold_up_the_rest():
    never = threading.Event()

    def stuck(url: str) -> Tried:
        if "stuck" in url:
            never.wait(30)
        return Tried(url, status=200)

    found = try_all(["http://stuck.test/", "http://other.test/"], stuck, seconds=0.3)
    never.set()
    assert found["http://stuck.test/"].failure is Failure.TIMEOUT
    assert found["http://other.test/"].status == 200


def test_a_finding_stands_at_its_reference(server, tmp_path):
    references = [{"title": "x", "url": server.url + path} for path in ("/page", "/missing", "/shut")]
    loaded = load_case(write(tmp_path / "c", with_(QUIZ, references=references)))
    found = list(link_findings([loaded], lambda url: try_address(url, HERE)))
    assert [(one.key, str(one.level)) for one in found] == [
        ("references[1].url", "error"),
        ("references[2].url", "warning"),
    ]
    assert all(one.line > 1 for one in found)


def test_the_bot_asks_once_an_hour_and_calls_dead_only_what_is(server, clock_at):
    dead = DeadLinks(clock_at, lambda url: try_address(url, HERE))
    assert [dead(server.url + path) is None for path in ("/page", "/shut", "/missing")] == [True, True, False]
    asked = dict(server.asked)
    dead(server.url + "/missing")
    assert server.asked == asked
    clock_at.hours = 1
    dead(server.url + "/missing")
    assert server.asked != asked


class Net:
    """Hosts that answer; any other has no address, nor has any where the network is down."""

    def __init__(self, *known: str, failure: Failure = Failure.NO_HOST) -> None:
        self.known, self.failure = known, failure

    def __call__(self, url: str) -> Tried:
        found = any(url.startswith(f"https://{host}/") for host in self.known)
        return Tried(url, status=200) if found else Tried(url, failure=self.failure)


def linked(tmp_path, *urls: str, name: str = "c"):
    return load_case(write(tmp_path / name, with_(QUIZ, references=[{"title": "x", "url": url} for url in urls])))


@pytest.mark.parametrize("failure", [Failure.NO_HOST, Failure.NO_NETWORK])
@pytest.mark.parametrize("urls", [["https://a.test/"], ["https://doi.org/10.1/x", "https://a.test/"]])
def test_without_a_connection_nothing_is_dead_and_one_warning_says_so(tmp_path, failure, urls):
    cases = [linked(tmp_path, *urls), linked(tmp_path, *urls, name="d")]
    found = list(link_findings(cases, Net(failure=failure)))
    assert [(one.level, one.message.split(";")[0]) for one in found] == [
        (Level.WARNING, "no connection: the references were not tried")
    ]
    dead = DeadLinks(lambda: datetime(2026, 3, 2, tzinfo=UTC), Net(failure=failure))
    assert dead(urls[0]) is None


@pytest.mark.parametrize("known", ["b.test", "doi.org"])
def test_an_unknown_host_is_dead_where_another_answers(tmp_path, known):
    """The other may be no reference of the case: then the registry of DOIs is asked."""
    urls = [f"https://{host}/" for host in ("a.test", "b.test") if known == "b.test" or host == "a.test"]
    found = list(link_findings([linked(tmp_path, *urls)], Net(known)))
    assert [(one.key, one.level) for one in found] == [("references[0].url", Level.ERROR)]
    assert "no such host" in found[0].message


def test_where_the_registry_of_dois_is_not_found_no_host_is_called_dead(tmp_path):
    """Somebody answers (a router, a proxy's page), and yet nobody can tell."""
    found = list(link_findings([linked(tmp_path, "https://b.test/", "https://doi.org/10.1/x")], Net("b.test")))
    assert [one.message.split(";")[0] for one in found] == ["no connection: 1 of 2 references were not tried"]


def test_of_a_case_that_cannot_be_understood_it_is_said_that_its_references_were_not_tried(tmp_path):
    broken = load_case(write(tmp_path / "c", with_(QUIZ, consent=None)))
    assert ["were not tried" in one.message for one in link_findings([broken], Net())] == [True]


@pytest.fixture
def clock_at():
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415  # only here

    class Clock:
        hours = 0

        def __call__(self) -> datetime:
            return datetime(2026, 3, 2, tzinfo=UTC) + timedelta(hours=self.hours)

    return Clock()

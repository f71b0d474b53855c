"""A decoder that is not what it seems gets nowhere: no network, no files, no processes; and it cannot hold us up."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from quizbot.deid import Refused, decode, intake
from quizbot.deid.child.wire import Request, pack_request
from quizbot.deid.warm import LostError, Told, Warm

_START = """
import sys, json
sys.path[:] = json.loads(sys.argv[2])
from quizbot.deid.child import server, jail
server.WALL_SECONDS = 6
jail.CPU_SECONDS = 1
jail.MEMORY_BYTES = 512 << 20
server._WORK["raster"] = "tests.deid.child.misbehaving"
{more}
server.main(sys.argv[1])
"""


def started(monkeypatch: pytest.MonkeyPatch, more: str = "") -> Warm:
    monkeypatch.setattr("quizbot.deid.warm._START", _START.format(more=more))
    return Warm("raster")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Warm]:
    monkeypatch.setenv("CANARY", "CANARY-4711")
    one = started(monkeypatch)
    yield one
    one.end()


def ask(server: Warm, words: str) -> Told:
    return server.ask(pack_request(Request("PNG", words.encode())))


def notes(server: Warm, words: str) -> tuple[str, ...]:
    return decode._picture("x", ask(server, words)).notes


def refusal(server: Warm, words: str) -> str:
    with pytest.raises(Refused) as caught:
        decode._picture("x", ask(server, words))
    return str(caught.value)


def test_every_way_out_is_closed(server: Warm, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("secret")
    outcomes = dict(note.split(": ") for note in notes(server, f"escape {file}"))
    assert len(outcomes) == 15
    assert set(outcomes.values()) == {"denied"}
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_nothing_is_inherited(server: Warm) -> None:
    handles, environment, canary = notes(server, "inherited")
    assert len(handles.split(",")) == 4  # nowhere three times, and the line to the gate
    assert set(environment.split(",")) <= {"OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "LC_CTYPE"}
    assert canary == "None"


@pytest.mark.parametrize("way", ["spin", "sleep", "memory", "crash", "abort"])
def test_a_decoder_that_hangs_swells_or_crashes_is_a_refusal_and_the_next_file_is_decoded(
    server: Warm, way: str
) -> None:
    assert "decode" in refusal(server, way)
    assert len(notes(server, "inherited")) == 3


def test_memory_stays_below_its_limit(server: Warm) -> None:
    told = ask(server, "memory")
    assert told.code != 0
    assert told.peak < 512 << 20


@pytest.mark.parametrize(
    "words",
    ["lie", "huge", f"raw {b'nonsense'.hex() * 9}", f"raw {(b'QBt1' + bytes(20)).hex()}" + "00"],
)
def test_an_answer_that_breaks_the_protocol_is_none(server: Warm, words: str) -> None:
    with pytest.raises(LostError):
        ask(server, words)
    assert len(notes(server, "inherited")) == 3


@pytest.mark.parametrize("words", ["raw 00", "raw " + b"QBt1".hex(), "facts more", "facts words", "facts asks"])
def test_an_answer_that_says_too_little_or_too_much_is_refused(server: Warm, words: str) -> None:
    assert refusal(server, words)


def test_what_a_child_says_is_one_short_printable_line(server: Warm) -> None:
    (note,) = notes(server, "facts ugly")
    assert note.isprintable()
    assert len(note) <= 300


@pytest.mark.parametrize(
    "more",
    [
        "server.seccomp.supported = lambda: False",
        "server.jail.seccomp.load = lambda _: None",
        "server.jail.bound = lambda limits: (_ for _ in ()).throw(OSError())",
    ],
)
def test_where_nothing_can_be_closed_in_nothing_is_decoded(monkeypatch: pytest.MonkeyPatch, more: str) -> None:
    """The second is a kernel that takes the filter and does not hold it: the child finds out by trying."""
    server = started(monkeypatch, more)
    assert "cannot be decoded safely" in refusal(server, "inherited")
    server.end()


def test_a_server_that_does_not_start_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    server = started(monkeypatch, "sys.exit()")
    with pytest.raises(LostError):
        ask(server, "inherited")
    monkeypatch.setattr(decode, "warm", lambda _: server)
    with pytest.raises(Refused, match="was not decoded"):
        decode.decode(intake.Source("x", b"", intake.PNG))


def test_a_server_that_died_is_started_again(server: Warm) -> None:
    assert notes(server, "inherited")
    assert server._process is not None
    server._process.kill()
    server._process.wait()
    assert notes(server, "inherited")


def test_a_missing_library_says_which_line_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    server = started(monkeypatch, 'server._WORK["raster"] = "no_such_module"')
    monkeypatch.setattr(decode, "warm", lambda _: server)
    with pytest.raises(Refused, match=r"pip install '\.\[deid\]'"):
        decode.decode(intake.Source("x.dcm", b"", intake.DICOM))

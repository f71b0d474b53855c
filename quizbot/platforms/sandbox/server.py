"""Running the sandbox: in a thread for tests and the demo, or as a program of its own."""

import signal
import socket
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

import uvicorn

from quizbot.core.clock import Clock, SystemClock
from quizbot.core.errors import OutsideError
from quizbot.core.ports import listening_socket
from quizbot.platforms.sandbox import people
from quizbot.platforms.sandbox.app import SandboxApp, create_app
from quizbot.platforms.sandbox.control_client import ControlClient
from quizbot.platforms.sandbox.oauth2 import AppKeys
from quizbot.platforms.sandbox.options import Keys, SandboxOptions

HOST = "127.0.0.1"
_START_LIMIT = 30.0  # seconds
_GRACE = 2  # seconds for answers under way at the end


@dataclass(frozen=True, slots=True)
class Running:
    """A sandbox that takes calls: its address, the bot's handle, id and keys, and its app's own for sign-ins."""

    url: str
    handle: str
    bot_id: str
    keys: Keys
    app: AppKeys

    def settings(self) -> dict[str, str]:
        """The settings, by environment name, that make a bot use it."""
        return self.keys.settings(self.url) | self.app.settings(self.url)


def _server(app: SandboxApp) -> uvicorn.Server:
    config = uvicorn.Config(
        app,
        http="h11",  # plain Python; faults cut its connections
        ws="none",
        lifespan="on",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
    )
    return uvicorn.Server(config)


def _running(app: SandboxApp, listener: socket.socket) -> Running:
    world = app.world
    with world.db.transaction() as tx:
        bot = people.by_ids(tx, [world.bot_id])[world.bot_id]
    return Running(f"http://{HOST}:{listener.getsockname()[1]}", bot.handle, str(bot.id), world.keys, world.app)


class SandboxServer:
    """A sandbox in a thread of this process, from ``with`` to the end of its block.

    Args:
        options: how it behaves.
        clock: its time; None: the machine's.
        state: its file; None: a temporary one, removed at the end.
        port: 0 takes a free one.

    Attributes (inside the block):
        url: its address.
        handle: the bot's handle.
        bot_id: the bot's user id.
        keys: the bot's keys.
        app: its app's id and secret, for people's sign-ins.
        control: a client of the control endpoint.
    """

    url: str
    handle: str
    bot_id: str
    keys: Keys
    app: AppKeys
    control: ControlClient

    def __init__(
        self,
        options: SandboxOptions | None = None,
        clock: Clock | None = None,
        state: Path | None = None,
        port: int = 0,
    ) -> None:
        self._options = options or SandboxOptions()
        self._clock = clock or SystemClock()
        self._state = state
        self._port = port

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            state = self._state or Path(stack.enter_context(_folder())) / "state.db"
            listener = stack.enter_context(listening_socket(HOST, self._port))
            app = create_app(state, self._clock, self._options)
            stack.callback(app.world.close)
            running = _running(app, listener)
            self.url, self.handle, self.bot_id, self.keys = running.url, running.handle, running.bot_id, running.keys
            self.app = running.app
            stack.callback(_run_in_thread(_server(app), listener))
            self.control = ControlClient(self.url)
            stack.callback(self.control.close)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()


def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="quizbot-sandbox-")


def _run_in_thread(server: uvicorn.Server, listener: socket.socket) -> Callable[[], None]:
    """Start a server beside this thread; gives what stops it again.

    Raises:
        OutsideError: it does not take calls.
    """
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="sandbox", daemon=True)

    def stop() -> None:
        server.should_exit = True
        thread.join()

    thread.start()
    deadline = time.monotonic() + _START_LIMIT
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            stop()
            raise OutsideError("sandbox", "did not start", "look at the log above")
        time.sleep(0.005)
    return stop


def serve(
    options: SandboxOptions,
    clock: Clock,
    state: Path | None,
    port: int,
    announce: Callable[[Running], None],
) -> None:
    """Run a sandbox until SIGTERM or Ctrl+C.

    Args:
        options: how it behaves.
        clock: its time.
        state: its file; None: a temporary one, removed at the end.
        port: on 127.0.0.1; 0 takes a free one.
        announce: called once it listens: a client may connect from then on.

    Raises:
        OutsideError: the port or the file cannot be used.
        UsageError: the keys are another account's.
    """
    with _folder() as folder, listening_socket(HOST, port) as listener:
        app = create_app(state or Path(folder) / "state.db", clock, options)
        announce(_running(app, listener))
        # uvicorn ends well on SIGTERM and then sends it once more to whoever held it before: that is this one.
        previous = signal.signal(signal.SIGTERM, _ignore)
        try:
            _server(app).run(sockets=[listener])
        finally:
            signal.signal(signal.SIGTERM, previous)
            app.world.close()


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """Take note of nothing."""

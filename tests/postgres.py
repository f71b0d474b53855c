"""A PostgreSQL server of the tests' own: a throw-away cluster on a free loopback port, started once a process."""

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from functools import cache
from pathlib import Path

from quizbot.core.ports import free_port
from tests.conftest import missing_program


def fresh_database(template: str = "template1") -> str:
    """The address of a new database, empty or a copy of another; skips the test where no server is installed."""
    return _shared().database(template)


def drop_database(url: str) -> None:
    """Remove a database that nobody is connected to any more, or nobody who matters."""
    _shared().drop(url.rpartition("/")[2])


@cache
def _shared() -> "Cluster":
    cluster = Cluster()
    atexit.register(cluster.remove)
    return cluster


class Cluster:
    """A server of one's own, that can be stopped and started."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="quizbot-pg-"))
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root.
            shutil.chown(self._folder, _user(), _user())
        self._port = free_port()
        data = str(self._folder / "data")
        _run([_program("initdb"), "-D", data, "-U", "quizbot", "-A", "trust", "--no-sync", "-E", "UTF8"])
        self.start()

    def database(self, template: str = "template1") -> str:
        """The address of a new database, empty or a copy of another."""
        name = f"q{uuid.uuid4().hex}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {template}")
        return f"postgresql://quizbot@127.0.0.1:{self._port}/{name}"

    def drop(self, name: str) -> None:
        """Remove a database."""
        self._do(f"DROP DATABASE {name} WITH (FORCE)")

    def _do(self, statement: str) -> None:
        place = ["-h", "127.0.0.1", "-p", str(self._port), "-U", "quizbot", "-d", "postgres"]
        _run([_program("psql"), *place, "-q", "-c", statement])

    def start(self) -> None:
        """Start it."""
        options = (
            f"-p {self._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self._folder} -c fsync=off"
        )
        self._control("-o", options, "-l", str(self._folder / "log"), "-w", "start")

    def stop(self) -> None:
        """Stop it at once."""
        self._control("-m", "immediate", "stop")

    def remove(self) -> None:
        """Stop it for good."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _control(self, *arguments: str) -> None:
        _run([_program("pg_ctl"), "-D", str(self._folder / "data"), *arguments])


def _program(name: str) -> str:
    found = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))] or [shutil.which(name)]
    return found[-1] or missing_program("PostgreSQL")


def _user() -> str | None:
    if os.geteuid() != 0:
        return None
    return next((name for name in ("postgres", "nobody") if any(u.pw_name == name for u in pwd.getpwall())), None)


def _run(command: list[str]) -> None:
    done = subprocess.run(  # noqa: S603  # programs of the system, arguments of our own
        command, user=_user(), cwd="/", capture_output=True, text=True, check=False, env={"PATH": os.environ["PATH"]}
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr or done.stdout}")

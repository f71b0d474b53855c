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


def fresh_database() -> str:
    """The address of a new, empty database; skips the test where no server is installed."""
    server = _server()
    name = f"q{uuid.uuid4().hex}"
    _run([_program("psql"), "-h", "127.0.0.1", "-p", str(server), "-U", "quizbot", "-d", "postgres", "-q", "-c",
          f"CREATE DATABASE {name}"])  # fmt: skip
    return f"postgresql://quizbot@127.0.0.1:{server}/{name}"


def _program(name: str) -> str:
    found = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))] or [shutil.which(name)]
    return found[-1] or missing_program("PostgreSQL")


@cache
def _server() -> int:
    initdb, control = _program("initdb"), _program("pg_ctl")
    folder = Path(tempfile.mkdtemp(prefix="quizbot-pg-"))
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root.
        shutil.chown(folder, _user(), _user())
    port = free_port()
    _run([initdb, "-D", str(folder / "data"), "-U", "quizbot", "-A", "trust", "--no-sync", "-E", "UTF8"])
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    atexit.register(_stop, control, folder)
    _run([control, "-D", str(folder / "data"), "-o", options, "-l", str(folder / "log"), "-w", "start"])
    return port


def _stop(control: str, folder: Path) -> None:
    _run([control, "-D", str(folder / "data"), "-m", "immediate", "stop"])
    shutil.rmtree(folder, ignore_errors=True)


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

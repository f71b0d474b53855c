"""A port to listen on, taken at once, so that "in use" is one clear line."""

import socket

from quizbot.core.errors import OutsideError


def listening_socket(host: str, port: int) -> socket.socket:
    """A bound socket; port 0 takes a free one.

    Raises:
        OutsideError: the address is in use or not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol has to be named: asyncio sends small answers at once only on sockets that say they are TCP.
    taken = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
        taken.listen(128)
    except OSError as error:
        taken.close()
        reason = error.strerror or str(error)
        raise OutsideError(f"{host}:{port}", f"cannot be listened on ({reason})", "choose another port") from None
    return taken


def free_port() -> int:
    """A port of 127.0.0.1 that nothing listened on a moment ago."""
    with listening_socket("127.0.0.1", 0) as taken:
        return int(taken.getsockname()[1])

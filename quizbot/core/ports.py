"""A port to listen on, taken at once, so that "in use" is one clear line."""

import socket

from quizbot.core.errors import OutsideError


def listening_socket(host: str, port: int) -> socket.socket:
    """A bound socket; port 0 takes a free one.

    Raises:
        OutsideError: the address is in use or not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
        taken.listen(128)
    except OSError as error:
        taken.close()
        reason = error.strerror or str(error)
        raise OutsideError(f"{host}:{port}", f"cannot be listened on ({reason})", "choose another port") from None
    return taken

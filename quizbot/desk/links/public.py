"""Connections to public addresses only: a case must not make this machine ask inside its own network.

The name is resolved once and the connection made to the very address that was checked, so that a name server that
answers differently the second time gains nothing. No proxy is used: it would resolve the name anew.
"""

import ipaddress
import socket
from collections.abc import Callable

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

Allowed = Callable[[str], bool]
"""Says of an IP address whether it may be connected to."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


class PrivateAddressError(OSError):
    """A host that leads into a private network, or to no network at all."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the internet's; what is carried inside of an IPv6 address counts, too."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast and not one.is_reserved for one in _carried(ip))


def _carried(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    if isinstance(ip, ipaddress.IPv4Address):
        return [ip]
    if ip.ipv4_mapped is not None:
        return [ip.ipv4_mapped]
    if ip in _NAT64:
        return [ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)]
    return [ip, *([ip.sixtofour] if ip.sixtofour else []), *(ip.teredo or ())]


def pool_for(scheme: str, host: str, port: int | None, allowed: Allowed) -> HTTPConnectionPool:
    """A pool of connections to one host, each to an address that is allowed.

    Its requests raise ``PrivateAddressError``, perhaps wrapped by urllib3, where one of the host's addresses is not.
    """

    def connect(name: str, to_port: int, timeout: float) -> socket.socket:
        return _connected(name, to_port, timeout, allowed)

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return connect(self._dns_host, self.port or 80, _seconds(self.timeout))

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return connect(self._dns_host, self.port or 443, _seconds(self.timeout))

    if scheme == "https":
        secure = HTTPSConnectionPool(host, port)
        secure.ConnectionCls = Secure
        return secure
    plain = HTTPConnectionPool(host, port)
    plain.ConnectionCls = Plain
    return plain


def _seconds(timeout: object) -> float:
    return float(timeout) if isinstance(timeout, (int, float)) else 10.0


def _connected(name: str, port: int, timeout: float, allowed: Allowed) -> socket.socket:
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    if not all(allowed(str(place[0])) for *_, place in found):
        raise PrivateAddressError("leads into a private network")
    last: OSError = OSError("no address")
    for family, kind, protocol, _, place in found:
        connection = socket.socket(family, kind, protocol)
        connection.settimeout(timeout)
        try:
            connection.connect(place)
        except OSError as error:
            connection.close()
            last = error
        else:
            return connection
    raise last

"""Posting to an address that an office typed in: to the outside only, never to our own machines by a trick (SSRF).

The name is resolved once, every address it has is judged, and the connection goes to the address that was judged: a name
that answers differently the second time gains nothing. Redirects are not followed. Private networks (most offices' are)
are open only where WEIMIN_WEBHOOK_NETWORKS names them.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from weimin.messages.backends import DeliveryFailed

SECONDS = 10.0
READ_BYTES, TOLD_BYTES = 4096, 200
PORTS = {"http": 80, "https": 443}
TRANSLATED = IPv6Network("64:ff9b::/96")  # RFC 6052
Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], list[Address]]


@dataclass(frozen=True)
class Pinned:
    """Where a call goes: the name for certificate and Host, the address that was judged."""

    scheme: str
    host: str
    address: Address
    port: int
    target: str


def parts_of(url: str) -> SplitResult:
    """The parts of an address that can be called. ValueError for any other."""
    parts = urlsplit(url)
    sound = parts.scheme in PORTS and parts.hostname and not parts.username and not parts.password and not parts.fragment
    if not sound or not url.isascii() or not url.isprintable() or any(sign.isspace() for sign in url) or parts.port == 0:
        raise ValueError(url)
    return parts


def networks() -> tuple[IPv4Network | IPv6Network, ...]:
    """The private networks that the setting opens."""
    return tuple(getattr(settings, "WEBHOOK_NETWORKS", ()))


def is_named(address: Address) -> bool:
    return any(address in network for network in networks())


def plain(address: Address) -> Address:
    """The IPv4 address that an IPv6 one only wraps (::ffff:10.0.0.1, 64:ff9b::a00:1), so that it is judged as what it is."""
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return (getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)) or address


def may_call(address: Address, scheme: str) -> bool:
    """The outside by https; a named network by http too."""
    inner = plain(address)
    return is_named(inner) or (scheme == "https" and inner.is_global and not inner.is_multicast)


def resolve(host: str, port: int) -> list[Address]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ip_address(entry[4][0]) for entry in found))


def fault_of_address(url: str) -> str:
    """What is wrong with an address as it was typed, as a sentence; its name is resolved only when something is sent."""
    try:
        parts = parts_of(url)
    except ValueError:
        return _("接收地址要写完整，例如 https://example.gov.cn/weimin，不能带用户名、口令和 #。")
    try:
        address = ip_address(parts.hostname or "")
    except ValueError:
        return "" if parts.scheme == "https" or networks() else _("外网地址要用 https://。")
    return "" if may_call(address, parts.scheme) else _("不能通知这个地址。外网地址要用 https://；内网地址须先在设置里放行。")


def pin(url: str, lookup: Resolve = resolve) -> Pinned:
    """Where a call to this address goes. Raises DeliveryFailed when it may not be called or is not known."""
    try:
        parts = parts_of(url)
    except ValueError:
        raise DeliveryFailed("not an address", final=True) from None
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    try:
        addresses = lookup(host, port)
    except (OSError, UnicodeError) as error:
        raise DeliveryFailed(f"{host}: {error}") from error
    if not addresses or not all(may_call(address, parts.scheme) for address in addresses):
        raise DeliveryFailed(f"{host}: not an address that may be called")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Pinned(parts.scheme, host, addresses[0], port, target)


class PinnedConnection(http.client.HTTPConnection):
    """Connects to the judged address; the certificate is checked against the name."""

    def __init__(self, where: Pinned, seconds: float) -> None:
        super().__init__(where.host, where.port, timeout=seconds)
        self.where = where

    def connect(self) -> None:
        self.sock = socket.create_connection((str(self.where.address), self.where.port), self.timeout)
        if self.where.scheme == "https":
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.where.host)


@contextmanager
def within(connection: PinnedConnection, seconds: float) -> Iterator[None]:
    """Ends the call after so many seconds in all, also when the other side sends one byte at a time."""

    def cut() -> None:
        if connection.sock is not None:
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)  # wakes whoever reads, which closing does not

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        connection.close()


def post(url: str, body: bytes, headers: Mapping[str, str], *, seconds: float = SECONDS, lookup: Resolve = resolve) -> str:
    """Posts and gives what was answered ("200 OK: …", cut short). Raises DeliveryFailed for all but 2xx."""
    where = pin(url, lookup)
    connection = PinnedConnection(where, seconds)
    host = where.host if where.port == PORTS[where.scheme] else f"{where.host}:{where.port}"
    try:
        with within(connection, seconds):
            connection.request("POST", where.target, body, {"Host": host, "Connection": "close", **headers})
            answer = connection.getresponse()
            text = answer.read(READ_BYTES)[:TOLD_BYTES].decode(errors="replace").replace("\x00", "")
    except (OSError, http.client.HTTPException, ValueError, AttributeError) as error:
        raise DeliveryFailed(f"{where.host}: {error or type(error).__name__}") from error
    said = f"{answer.status} {answer.reason}: {text}".strip(": ")
    if not 200 <= answer.status < 300:
        raise DeliveryFailed(said, final=answer.status == 410)
    return said

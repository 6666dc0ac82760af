"""Which addresses may be fetched at all: public ones, and the hosts that the configuration lists as local."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

IPAddress = IPv4Address | IPv6Address
Resolver = Callable[[str, int], Awaitable[tuple[str, ...]]]
"""Host and port to the addresses, as text, that the name has now; raises OSError where it has none."""

DEFAULT_PORTS = {"http": 80, "https": 443}
_DNS_THREADS = 32
_HIGHEST_PORT = 65_535

_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?")
_NUMBER_LABEL = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PRIVATE_SUFFIXES = (".local", ".localhost", ".internal", ".home.arpa", ".lan", ".intranet", ".onion")

# Special-purpose blocks that is_global lets pass, at least in some Python versions: protocol assignments, the
# 6to4 relay, benchmarking, multicast and what lies above, and the address of a cloud's own services.
_NOT_PUBLIC_V4 = tuple(
    IPv4Network(block)
    for block in ("192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "224.0.0.0/3", "168.63.129.16/32")
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NOT_PUBLIC_V6 = tuple(IPv6Network(block) for block in ("2001::/23", "2001:db8::/32", "3fff::/20"))
_NAT64 = IPv6Network("64:ff9b::/96")


class AddressRefusedError(Exception):
    """A host, or an address behind its name, that must not be connected to; the text is the reason."""


def is_public(address: IPAddress) -> bool:
    """Whether all the internet could reach this address; an IPv4 address inside an IPv6 one decides."""
    if isinstance(address, IPv6Address):
        inner = _embedded(address)
        if inner is not None:
            return is_public(inner)
        is_listed = any(address in block for block in _NOT_PUBLIC_V6)
        return address in _GLOBAL_UNICAST and address.is_global and not is_listed
    return address.is_global and not any(address in block for block in _NOT_PUBLIC_V4)


def _embedded(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a mapped, 6to4 or NAT64 address stands for."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def host_port(url: httpx.URL) -> str:
    """The host and port of an address in the form in which local hosts are listed, e.g. ``[::1]:8080``."""
    return join_host_port(url.raw_host.decode("ascii"), port_of(url))


def host_of(url: httpx.URL) -> str:
    """The host as it goes over the wire; its decoded form is not to be had where the name is no valid one."""
    return url.raw_host.decode("ascii").rstrip(".")


def join_host_port(host: str, port: int) -> str:
    """``host:port``, with brackets round an IPv6 address."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def port_of(url: httpx.URL) -> int:
    """The port an address is fetched from, the scheme's own included."""
    return DEFAULT_PORTS[url.scheme] if url.port is None else url.port


def refusal_of(url: httpx.URL, local_hosts: frozenset[str]) -> str:
    """Why this address must not be fetched, judged by its spelling; empty if nothing speaks against it.

    What its name resolves to is judged when a connection is made (:func:`checked_addresses`).
    """
    host = url.raw_host.decode("ascii").lower()
    if url.scheme not in DEFAULT_PORTS:
        return f"only http and https are fetched, not {url.scheme or 'an address without a scheme'}"
    if url.userinfo:
        return "addresses with a user name or password are not fetched"
    if not host:
        return "the address has no host"
    if not 0 < port_of(url) <= _HIGHEST_PORT:
        return f"there is no port {port_of(url)}"
    return "" if host_port(url) in local_hosts else _refusal_of_host(host)


def _refusal_of_host(host: str) -> str:
    literal = _literal(host)
    if literal is not None:
        return "" if is_public(literal) else f"{host} is not a public address"
    if not _HOST.fullmatch(host):
        return "the host is not a valid name"
    if _NUMBER_LABEL.fullmatch(host.rstrip(".").rpartition(".")[2]):
        return f"{host} is a number in disguise, not a name"
    is_private = f".{host.rstrip('.')}".endswith(_PRIVATE_SUFFIXES)
    return f"{host} is a name for private networks" if is_private else ""


def _literal(host: str) -> IPAddress | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


async def checked_addresses(host: str, port: int, *, resolve: Resolver, local_hosts: frozenset[str]) -> tuple[str, ...]:
    """The addresses to connect to for a host, resolved once, all of them public unless the host is listed.

    Raises:
        AddressRefusedError: An address is not public, so the name as a whole is not trusted.
        OSError: The name has no address.
    """
    literal = _literal(host)
    found = (host,) if literal is not None else await resolve(host, port)
    if join_host_port(host, port) in local_hosts:
        return found
    for text in found:
        address = _literal(text)
        if address is None or not is_public(address):
            raise AddressRefusedError(f"{host} leads to {text}, which is not a public address")
    return found


class SystemResolver:
    """Asks the operating system, on threads of its own so that a slow name server delays nothing else."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_DNS_THREADS, thread_name_prefix="resolve")

    async def __call__(self, host: str, port: int) -> tuple[str, ...]:
        """The distinct addresses of a name, in the order in which the system would try them."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, _getaddrinfo, host, port)
        return tuple(dict.fromkeys(found))

    def close(self) -> None:
        """Let go of the threads; look-ups under way end by the system's own limit."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _getaddrinfo(host: str, port: int) -> list[str]:
    try:
        return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except UnicodeError as error:
        # the codec for names rejects labels that are too long or empty; the world may send such names
        raise socket.gaierror(socket.EAI_NONAME, "not a valid name") from error

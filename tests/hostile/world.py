"""The hostile world: a site on loopback for each case, beside them a canary that nobody may ever call."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import ipaddress
import socket
import ssl
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.flows.loopback import Loopback, Received, Script, reply
from tests.hostile import addresses, bodies, entries, feeds, pages, redirects, robots, transport
from tests.hostile.case import Answer, Case, Document, document, fill
from tests.hostile.papers import FEED, PAGE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping
    from pathlib import Path

CASES: tuple[Case, ...] = (
    *transport.CASES,
    *bodies.CASES,
    *feeds.CASES,
    *entries.CASES,
    *redirects.CASES,
    *addresses.CASES,
    *robots.CASES,
    *pages.CASES,
)
_SITES_A_NET = 250
_OTHERS = {"/page": PAGE, "/b": PAGE, "/c": PAGE}
_MISSING = document(status="404 Not Found")


@dataclass
class Site(Loopback):
    """Answers as its case says; the rest of it is a site like any other."""

    pages: dict[str, Answer] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def answer_to(self, request: Received) -> bytes | Script:
        """What a request gets, whatever its query."""
        answer = self.pages.get(request.path.partition("?")[0], _MISSING)
        return answer.rendered(self.places) if isinstance(answer, Document) else answer


@dataclass(frozen=True, slots=True)
class Running:
    """The world while it is up; ``sites`` stand in the order of the cases."""

    sites: tuple[Site, ...]
    canary: Loopback
    places: dict[str, str]
    hosts: tuple[str, ...]

    def show_again(self) -> None:
        """Let the sites answer as in a second run."""
        for site, case in zip(self.sites, CASES, strict=True):
            site.pages |= case.again

    def url(self, number: int) -> str:
        """The address of a case's feed."""
        return fill(CASES[number].url, {"@site@": self.sites[number].host, **self.places})


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Running]:
    """The world on a loop and thread of its own; ``folder`` is for its certificate."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="hostile world")
    thread.start()
    stack = contextlib.AsyncExitStack()
    try:
        yield asyncio.run_coroutine_threadsafe(_started(stack, folder), loop).result()
    finally:
        asyncio.run_coroutine_threadsafe(stack.aclose(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _started(stack: contextlib.AsyncExitStack, folder: Path) -> Running:
    canary = await stack.enter_async_context(Loopback())
    refuge = await stack.enter_async_context(Site(address="127.19.0.1", pages={"/feed": FEED, **_OTHERS}))
    down = await stack.enter_async_context(Loopback({"/robots.txt": reply(status="503 Down")}, address="127.19.0.2"))
    tls = await stack.enter_async_context(Loopback(address="127.19.0.3", tls=_unsigned(folder)))
    nobody = stack.enter_context(socket.socket())
    nobody.bind(("127.19.0.4", 0))
    places = {
        "@canary@": canary.host,
        "@canary port@": str(canary.port),
        "@refuge@": refuge.host,
        "@down@": down.host,
        "@tls@": tls.host,
        "@beyond@": "127.19.0.5:99999",
        "@nobody@": "{}:{}".format(*nobody.getsockname()),
    }
    refuge.places = {"@site@": refuge.host, **places}
    sites = [await stack.enter_async_context(_site(number, case, places)) for number, case in enumerate(CASES)]
    listed = [places[name] for name in ("@refuge@", "@down@", "@tls@", "@nobody@", "@beyond@")]
    return Running(tuple(sites), canary, places, (*listed, *(site.host for site in sites)))


@contextlib.asynccontextmanager
async def _site(number: int, case: Case, places: Mapping[str, str]) -> AsyncIterator[Site]:
    net, host = divmod(number, _SITES_A_NET)
    site = Site(
        address=f"127.20.{net}.{host + 1}",
        door=case.door,
        pages={"/feed": case.feed, **_OTHERS, **case.paths},
    )
    async with site:
        site.places = {"@site@": site.host, **places}
        yield site


def _unsigned(folder: Path) -> ssl.SSLContext:
    """TLS with a certificate that only its owner vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.19.0.3")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.19.0.3"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "unsigned.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context

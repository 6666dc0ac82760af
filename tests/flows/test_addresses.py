"""Which addresses count as public, by the registries of special-purpose blocks."""

from __future__ import annotations

from ipaddress import ip_address

import httpx
import pytest

from flows.addresses import (
    AddressRefusedError,
    SystemResolver,
    checked_addresses,
    host_port,
    is_public,
    refusal_of,
)


@pytest.mark.parametrize(
    "text",
    ["8.8.8.8", "1.1.1.1", "93.184.215.14", "2606:4700::1111", "2a00:1450:4009::200e", "::ffff:8.8.8.8",
     "64:ff9b::808:808", "2002:808:808::1"],
)  # fmt: skip
def test_public(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.mark.parametrize(
    "text",
    ["127.0.0.1", "10.1.2.3", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
     "192.0.0.1", "192.0.2.1", "192.88.99.1", "198.19.255.255", "198.51.100.7", "203.0.113.7", "224.0.0.251",
     "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:10.0.0.1",
     "64:ff9b::a00:1", "64:ff9b:1::808:808", "100::1", "2001::1", "2001:db8::1", "2002:a00:1::1", "3fff::1",
     "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1", "5f00::1"],
)  # fmt: skip
def test_not_public(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize(
    ("url", "expected"),
    [("http://News.example/a", "news.example:80"), ("https://news.example", "news.example:443"),
     ("http://[::1]:8080/", "[::1]:8080"), ("HTTP://NEWS.example:80", "news.example:80")],
)  # fmt: skip
def test_host_and_port(url: str, expected: str) -> None:
    assert host_port(httpx.URL(url)) == expected


@pytest.mark.parametrize(
    ("url", "is_refused"),
    [
        ("https://news.example/feed?x=1", False),
        ("https://xn--r8jz45g.example/", False),
        ("https://a_b.news.example./", False),
        ("http://8.8.8.8/", False),
        ("http://news.4you/", False),
        ("http://news.0x7f/", True),
        ("http://1.2.3/", True),
        ("http://server.internal/", True),
        ("ws://news.example/", True),
        ("http://127.0.0.1:9001/", True),
        ("http://127.0.0.1:9000/", False),
        ("https://me@127.0.0.1:9000/", True),
    ],
)
def test_spelling(url: str, is_refused: bool) -> None:
    assert bool(refusal_of(httpx.URL(url), frozenset({"127.0.0.1:9000"}))) is is_refused


async def test_an_address_that_no_one_can_read_is_not_trusted() -> None:
    async def resolve(_host: str, _port: int) -> tuple[str, ...]:
        return ("fe80::1%eth0",)

    with pytest.raises(AddressRefusedError, match="leads to fe80::1%eth0"):
        await checked_addresses("news.example", 80, resolve=resolve, local_hosts=frozenset())


async def test_the_system_resolves_a_literal_and_rejects_an_impossible_name() -> None:
    resolver = SystemResolver()
    try:
        assert await resolver("127.0.0.1", 80) == ("127.0.0.1",)
        with pytest.raises(OSError, match="not a valid name"):
            await resolver("a" * 70 + ".example", 80)
    finally:
        resolver.close()

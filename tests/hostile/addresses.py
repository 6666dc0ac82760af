"""Addresses in feeds.yml that must not be fetched, however they are spelt."""

from __future__ import annotations

from tests.hostile.case import FAILED, NOT_ASKED, REFUSED, Case, Classes
from tests.hostile.papers import FEED

NOT_PUBLIC = "not a public address"
DISGUISE = "number in disguise"
PRIVATE = "name for private networks"
INVALID = "not a valid"


def at(url: str, reason: str, expected: Classes = REFUSED) -> Case:
    """A feed at an address that is refused before anything is asked."""
    return Case(
        f"address {url}",
        FEED,
        expected,
        reason,
        url=url,
        page=NOT_ASKED,
        asked=(),
    )


LOOPBACK = (
    at("http://@canary@/", NOT_PUBLIC),
    at("https://@canary@/", NOT_PUBLIC),
    at("http://127.0.0.1/", NOT_PUBLIC),
    at("http://localhost:@canary port@/", PRIVATE),
    at("http://LOCALHOST:@canary port@/", PRIVATE),
    at("http://localhost.:@canary port@/", PRIVATE),
    at("http://anything.localhost:@canary port@/", PRIVATE),
    at("http://127.0.0.1.:@canary port@/", DISGUISE),
    at("http://2130706433:@canary port@/", DISGUISE),
    at("http://0177.0.0.1:@canary port@/", ""),
    at("http://017700000001:@canary port@/", DISGUISE),
    at("http://0x7f.0.0.1:@canary port@/", DISGUISE),
    at("http://0x7f000001:@canary port@/", DISGUISE),
    at("http://127.1:@canary port@/", DISGUISE),
    at("http://127.0.1:@canary port@/", DISGUISE),
    at("http://0:@canary port@/", DISGUISE),
    at("http://127.0.0.%31:@canary port@/", ""),
    at("http://１２７.０.０.１:@canary port@/", ""),
    at("http://127。0。0。1:@canary port@/", ""),
    at("http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:@canary port@/", ""),
    at("http://[::1]:@canary port@/", NOT_PUBLIC),
    at("http://[0:0:0:0:0:0:0:1]:@canary port@/", NOT_PUBLIC),
    at("http://[::ffff:127.0.0.1]:@canary port@/", NOT_PUBLIC),
    at("http://[::ffff:7f00:1]:@canary port@/", NOT_PUBLIC),
    at("http://[::127.0.0.1]:@canary port@/", NOT_PUBLIC),
    at("http://[64:ff9b::7f00:1]:@canary port@/", NOT_PUBLIC),
    at("http://[2002:7f00:1::]:@canary port@/", NOT_PUBLIC),
    at("http://0.0.0.0:@canary port@/", NOT_PUBLIC),
    at("http://[::]:@canary port@/", NOT_PUBLIC),
)

BLOCKS = tuple(
    at(f"http://{host}/feed", NOT_PUBLIC)
    for host in (
        "10.0.0.1", "10.255.255.254", "172.16.0.1", "172.31.255.254", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "100.127.255.254", "192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "198.19.255.254", "192.0.0.8",
        "192.88.99.1", "168.63.129.16", "224.0.0.1", "240.0.0.1", "255.255.255.255", "[fe80::1]", "[fc00::1]",
        "[fd00:ec2::254]", "[ff02::1]", "[2001:db8::1]", "[2001::1]", "[3fff::1]", "[64:ff9b::a00:1]",
        "[64:ff9b:1::a00:1]", "[2002:a00:1::]", "[2002:a9fe:a9fe::]", "[::ffff:169.254.169.254]", "[100::1]",
    )
)  # fmt: skip

NAMES = tuple(
    at(f"http://{host}/feed", PRIVATE)
    for host in ("printer.local", "metadata.google.internal", "router.home.arpa", "nas.lan", "wiki.intranet", "a.onion")
)

SCHEMES = tuple(
    at(url, "only http and https")
    for url in (
        "file:///etc/passwd", "file://localhost/etc/passwd", "ftp://news.example/feed.xml", "gopher://@canary@/_GET",
        "feed://@canary@/feed", "javascript:alert(1)", "data:application/rss+xml,<rss/>", "jar:http://@canary@/",
    )
)  # fmt: skip

SPELLINGS = (
    at("http://news.example/a\nHost: 127.0.0.1", INVALID),
    at("http://news.example\r\n/feed", INVALID),
    at("http://news .example/feed", ""),
    at("http://news\x00.example/feed", INVALID),
    at("http://127.0.0.1:0/feed", "no port"),
    at("http://127.0.0.1:99999/feed", ""),
    at("http://127.0.0.1:-1/feed", ""),
    at("http://@beyond@/feed", "", REFUSED | FAILED),
    at("http://127.0.0.1:http/feed", INVALID),
    at("http://", "no host"),
    at("http:///feed", "no host"),
    at("http://?", "no host"),
    at("http://[::1/feed", INVALID),
    at("http://[fe80::1%25lo]/feed", ""),
    at("http://-/feed", INVALID),
    at("http://..../feed", INVALID),
    at("http://*/feed", INVALID),
    at("http://☃.☃☃☃‍.example/feed", INVALID),
    at(f"http://xn--{'9' * 70}.example/feed", "", REFUSED | FAILED),
    at(f"http://{'a' * 300}/feed", "", REFUSED | FAILED),
    at(f"http://{'a.' * 150}example/feed", "", REFUSED | FAILED),
    at(f"http://127.0.0.1/{'a' * 70_000}", ""),
    at("//@canary@/feed", "scheme"),
    at("news.example/feed", "scheme"),
    at("feeds/local.xml", "scheme"),
    at("/etc/passwd", "scheme"),
    at("-", "scheme"),
)

CASES = (*LOOPBACK, *BLOCKS, *NAMES, *SCHEMES, *SPELLINGS)

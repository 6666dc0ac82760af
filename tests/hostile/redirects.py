"""Redirects: each hop is an address like the first, and there are five at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hostile.case import DEGRADED, FAILED, OK, REFUSED, Answer, Case, Document, document
from tests.hostile.papers import FEED, page, rss

if TYPE_CHECKING:
    from collections.abc import Mapping


def to(location: str, status: str = "302 Found", **headers: str) -> Document:
    """A redirect."""
    return document(status=status, Location=location, **headers)


def chain(hops: int) -> Mapping[str, Answer]:
    """What follows on a first redirect to /2, until a feed comes after so many hops."""
    return {f"/{hop}": to(f"/{hop + 1}") for hop in range(2, hops + 1)} | {f"/{hops + 1}": FEED}


FOLLOWED = (
    Case("five redirects", to("/2"), OK, paths=chain(5)),
    Case("six redirects", to("/2"), FAILED, "more than 5 redirects", paths=chain(6)),
    Case("redirect to itself", to("/feed"), FAILED, "more than 5 redirects"),
    Case("redirect to itself with a cookie", to("/feed", Set_Cookie="seen=1; Path=/"), FAILED, "redirects"),
    Case("two that redirect to each other", to("/b"), FAILED, "redirects", paths={"/b": to("/feed")}),
    Case("redirect that grows for ever", to("feed/feed"), FAILED),
    Case("redirect to another listed host", to("http://@refuge@/feed"), OK),
    Case("redirect without a scheme", to("//@refuge@/feed?2"), OK),
    Case("redirect with a fragment", to("/2#top"), OK, paths=chain(1)),
    Case("redirect with spaces round it", to("  /2  "), OK, paths=chain(1)),
    Case("redirect to a path in UTF-8", to("/zażółć"), OK, paths={"/za%C5%BC%C3%B3%C5%82%C4%87": FEED}),
    Case("see other", to("/2", "303 See Other"), OK, paths=chain(1)),
    Case("moved for good, 301", to("/2", "301 Moved"), OK, paths=chain(1), moved="/feed"),
    Case("moved for good, 308", to("/2", "308 Moved"), OK, paths=chain(1), moved="/feed"),
    Case("moved for now", to("/2", "307 For Now"), OK, paths=chain(1), moved="/feed"),
    Case("moved for good to a fault", to("/gone", "301 Moved"), FAILED, "HTTP 404", moved="/feed"),
    Case(
        "moved for good by way of for now", to("/b", "301 Moved"), OK, paths={"/b": to("/2"), "/2": FEED}, moved="/feed"
    ),
)

REFUSALS = (
    Case("redirect to the canary", to("http://@canary@/"), REFUSED, "not a public address"),
    Case("redirect to the canary for good", to("http://@canary@/", "301 Moved"), REFUSED, "public", moved="/feed"),
    Case("redirect to the canary by name", to("http://localhost:@canary port@/"), REFUSED, "private networks"),
    Case("redirect to the canary in decimal", to("http://2130706433:@canary port@/"), REFUSED, "number in disguise"),
    Case("redirect to the canary without a scheme", to("//@canary@/"), REFUSED, "not a public address"),
    Case(
        "redirect to the canary at the fifth hop", to("/2"), REFUSED, paths={**chain(4), "/5": to("http://@canary@/")}
    ),
    Case("redirect to a cloud's metadata", to("http://169.254.169.254/latest/meta-data/"), REFUSED, "not a public"),
    Case("redirect to a file", to("file:///etc/passwd"), REFUSED, "only http and https"),
    Case("redirect to ftp", to("ftp://@canary@/feed"), REFUSED, "only http and https"),
    Case("redirect to gopher", to("gopher://@canary@/_GET"), REFUSED, "only http and https"),
    Case("redirect to data", to("data:application/rss+xml,<rss/>"), REFUSED | FAILED),
    Case("redirect to javascript", to("javascript:alert(1)"), REFUSED | FAILED),
    Case("redirect with a password", to("http://user:secret@@site@/feed"), REFUSED, "user name or password"),
    Case("redirect with a user", to("http://user@@site@/feed"), REFUSED, "user name or password"),
    Case("redirect to the canary before a backslash", to("http://@canary@\\@news.example/"), REFUSED | FAILED),
    Case("redirect to a name hidden in a password", to("http://@refuge@@@canary@/"), REFUSED),
)

NONSENSE = (
    Case("redirect without a Location", document(status="302 Found"), FAILED, "without saying where to"),
    Case("redirect with an empty Location", to(""), FAILED, "without saying where to"),
    Case("redirect to nonsense", to("http://x:port/"), FAILED, "not a valid address"),
    Case("redirect to port 99999", to("http://@site@9/"), FAILED | REFUSED),
    Case("redirect to brackets", to("http://[::1/"), FAILED, "not a valid address"),
    Case("redirect to 60 kB", to("/" + "x" * 60_000), FAILED),
    Case("redirect to a port beyond all", to("http://@beyond@/"), FAILED | REFUSED),
    Case("redirect to a host of false punycode", to(f"http://xn--{'9' * 70}.example/"), FAILED | REFUSED),
    Case("300 Multiple Choices", to("/2", "300 Choose"), FAILED, "HTTP 300", paths=chain(1)),
    Case("305 Use Proxy", to("http://@canary@/", "305 Use Proxy"), FAILED, "HTTP 305"),
    Case("from http to TLS that nobody signed", to("https://@tls@/feed"), FAILED | REFUSED, "certificate"),
)

NOT_REDIRECTS = (
    Case("Refresh header", document(rss(), Refresh="0; url=http://@canary@/"), OK),
    Case(
        "meta refresh",
        document(page(head='<meta http-equiv="refresh" content="0; url=http://@canary@/">'), Content_Type="text/html"),
        DEGRADED,
        "is HTML, not a feed",
    ),
    Case("Link header", document(rss(), Link="<http://@canary@/>; rel=self, <http://@canary@/>; rel=preload"), OK),
    Case("Location with 200", document(rss(), Location="http://@canary@/", Content_Location="http://@canary@/"), OK),
    Case("Alt-Svc", document(rss(), Alt_Svc='h2="@canary@"; ma=86400'), OK),
)

CASES = (*FOLLOWED, *REFUSALS, *NONSENSE, *NOT_REDIRECTS)

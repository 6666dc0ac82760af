"""Entries: what they lack, where they lead, when they say they are from, and how they come back."""

from __future__ import annotations

from tests.hostile.case import (
    DEGRADED,
    FAILED,
    NOT_MODIFIED,
    OK,
    REFUSED,
    Case,
    Document,
    document,
)
from tests.hostile.papers import FEED, item, rss

NO_ADDRESS = "no address that can be fetched"
EARLY, LATE = "Mon, 02 Mar 2026 09:00:00 GMT", "Tue, 03 Mar 2026 09:00:00 GMT"


ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Wexcombe News</title><id>urn:w</id><entry><id>urn:w:1</id>'
    '<title>Board settles its budget</title><link href="http://@site@/page"/></entry></feed>'
)


def feed(*items: str, head: str = "", **headers: str) -> Document:
    """A feed of these entries."""
    return document(rss(*items, head=head), **headers)


def json_feed(text: str) -> Document:
    """A JSON Feed of one item."""
    return document('{"version": "https://jsonfeed.org/version/1.1", "title": "W", "items": [' + text + "]}")


LACKING = (
    Case("entry without an id", feed(item(guid="")), OK, articles=1),
    Case("entry without a link", feed(item("", more='<guid isPermaLink="false">1</guid>'), item()), OK, entries=1, drop=NO_ADDRESS),
    Case("entry whose id is its link", feed(item("", guid="http://@site@/page")), OK, articles=1),
    Case("entry without both", feed(item("", guid=""), item()), OK, entries=1, drop=NO_ADDRESS),
    Case("entry without a title", feed(item(title="")), OK, articles=1, article={"title": "Board settles its budget"}),
    Case("entry without anything", feed("<item></item>", item()), OK, entries=1, drop=NO_ADDRESS),
    Case("one bad entry among good ones", feed(item("http://[/"), item(), item("/b")), OK, entries=2, drop=NO_ADDRESS),
    Case("JSON Feed of wrong types", json_feed('{"id": 7, "url": ["a"], "title": {}, "authors": 3}, 5, null'), OK, entries=0),
    Case("JSON Feed with halves of pairs", json_feed('{"id": "\\ud800", "url": "http://@site@/page", "title": "a \\udfff b"}'), OK, articles=1),
    Case("JSON Feed with numbers beyond all", json_feed('{"id": 1e999, "url": "http://@site@/page", "date_published": NaN}'), OK, articles=1),
)  # fmt: skip

LINKS = (
    Case("relative link", feed(item("page")), OK, articles=1),
    Case("link without a scheme", feed(item("//@site@/page")), OK, articles=1),
    Case("link with dots", feed(item("../../../page")), OK, articles=1),
    Case("link with white space", feed(item("\n   /page\t\n ")), OK, articles=1),
    Case("link with a fragment", feed(item("/page#comments")), OK, articles=1),
    Case("link in UTF-8", feed(item("/zażółć")), OK, paths={"/za%C5%BC%C3%B3%C5%82%C4%87": FEED}, page=DEGRADED | OK),
    *(
        Case(f"link to {url}", feed(item(url), item()), OK, entries=1, drop=NO_ADDRESS)
        for url in ("javascript:alert(1)", "data:text/html,hello", "mailto:news@a.example", "file:///etc/passwd",
                    "ftp://a.example/x", "tel:999", "about:blank", "http://[::1", "urn:uuid:1")
    ),
    *(
        Case(f"link to {url}", feed(item(url)), OK, page=REFUSED, page_reason=reason, articles=0, drop=reason)
        for url, reason in (
            ("http://@canary@/", "not a public"), ("http://localhost:@canary port@/", "private networks"),
            ("http://2130706433:@canary port@/", "disguise"), ("http://169.254.169.254/latest/", "not a public"),
            ("http://10.0.0.1/", "not a public"), ("http://[::ffff:127.0.0.1]:@canary port@/", "not a public"),
            ("http://a:b@@canary@/secret", "password"), ("http://127.0.0.1:99999/", "no port"),
        )
    ),
    Case("link that redirects to the canary", feed(item("/away")), OK, paths={"/away": document(status="302 Found", Location="http://@canary@/")}, page=REFUSED, page_reason="not a public"),
    Case("link to a port beyond all", feed(item("http://@beyond@/page"), item()), OK, entries=2, articles=1),
    Case("link to a host of false punycode", feed(item(f"http://xn--{'9' * 70}.example/page"), item()), OK, entries=2, articles=1),
    Case("links to one page under ten names", feed(*(item(f"/page?utm_source={n}") for n in range(10))), OK, entries=1, articles=1),
    Case("links by http, https and www", feed(*(item(f"{start}@site@/page") for start in ("http://", "https://", "http://www."))), OK, entries=1),
    Case("one id for all", feed(item("/page", guid="1"), item("/b", guid="1"), item("/c", guid="1")), OK, entries=3),
    Case("one title for all", feed(item("/page", title="News"), item("/b", title="News")), OK, entries=2),
    Case("enclosures at the canary", feed(item(more='<enclosure url="http://@canary@/a.mp3" type="audio/mpeg" length="1"/>')), OK, articles=1),
    Case("comments, source and base at the canary", feed(item(more='<comments>http://@canary@/</comments><source url="http://@canary@/">x</source>')), OK, articles=1),
)  # fmt: skip

DATES = tuple(
    Case(f"date: {date or 'none'}", feed(item(date=date)), OK, articles=1, article={"published_at": expected})
    for date, expected in (
        ("Mon, 01 Jun 2026 09:30:00 BST", "2026-06-01 08:30:00"),
        ("Mon, 01 Jun 2026 09:30:00 +0100 (BST)", "2026-06-01 08:30:00"),
        ("Mon, 02 Mar 2026 09:30:00 GMT", "2026-03-02 09:30:00"),
        ("2026-03-02T09:30:00Z", "2026-03-02 09:30:00"),
        ("2026-03-02T09:30:00.123456789+01:00", "2026-03-02 08:30:00"),
        ("2 March 2026", "2026-03-02 00:00:00"),
        ("02/03/2026 09:30", "2026-03-02 09:30:00"),
        ("Wed, 02 Mar 2026 09:30:00 GMT", "2026-03-02 09:30:00"),
        ("Mon, 2 Mar 26 9:30 GMT", "2026-03-02 09:30:00"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "None"),
        ("0000-00-00 00:00:00", "None"),
        ("Mon, 02 Mar 2093 09:30:00 GMT", "None"),
        ("99999999999-01-01T00:00:00Z", "None"),
        ("Mon, 99999999999999999999 Mar 2026 00:00:00 GMT", "None"),
        ("Mon, 02 Mar 2026 00:00:00 +99999999999999", "None"),
        ("yesterday", "None"),
        ("", "None"),
    )
)

TITLES = tuple(
    Case(f"title: {title[:40]}", feed(item(title=title)), OK, articles=1, article={"title": expected})
    for title, expected in (
        ("&lt;b&gt;Board&lt;/b&gt; settles", "Board settles"),
        ("&lt;script&gt;alert(1)&lt;/script&gt; Board", "Board"),
        ("<![CDATA[<i>Board</i> settles]]>", "Board settles"),
        ("Care &amp;amp; cure", "Care & cure"),
        ("Waits &lt; 18 weeks", "Waits < 18 weeks"),
        ("Board\n\n  settles\t it", "Board settles it"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("Subject: x&#13;&#10;Bcc: all@a.example", "Subject: x Bcc: all@a.example"),
        ("'; DROP TABLE articles; --", "'; DROP TABLE articles; --"),
        ("{{ 7 * 7 }} ${PATH}", "{{ 7 * 7 }} ${PATH}"),
        ("&lt;!channel&gt; Board", "Board"),
    )
)


def twice(name: str, first: str, second: str, **more: int) -> Case:
    """The same news in two polls."""
    return Case(name, feed(first), OK, again={"/feed": feed(second)}, articles=1, **more)  # type: ignore[arg-type]


TWICE = (
    Case("not modified", feed(item(), ETag='"1"'), NOT_MODIFIED, again={"/feed": document(status="304 Not Modified")}, articles=1),
    Case("the same bytes again", FEED, NOT_MODIFIED, again={"/feed": FEED}, articles=1),
    twice("same entry under another id", item(guid="1"), item(guid="2"), entries=1),
    twice("same entry with another date", item(guid="1", date=EARLY), item(guid="1", date=LATE), entries=1),
    twice("same entry with another title", item(guid="1", title="Old"), item(guid="1", title="New"), entries=1),
    twice("same entry with tracking", item(), item("/page?utm_source=rss&amp;fbclid=a&amp;at_medium=b"), entries=1),
    twice("same entry by https", item("http://@site@/page"), item("https://@site@/page"), entries=1),
    twice("same entry under www", item("http://@site@/page"), item("http://www.@site@/page"), entries=1),
    twice("same entry with a slash and a fragment", item("/page"), item("/page/#top"), entries=1),
    twice("same id at another address", item("/page", guid="1"), item("/b", guid="1"), entries=1),
    Case("same entry from RSS to Atom", feed(item()), OK, again={"/feed": document(ATOM)}, articles=1, entries=1),
    Case("entries in another order", feed(item(), item("/none")), OK, again={"/feed": feed(item("/none"), item())}, articles=1, entries=2),
    Case("entries that go and come back", feed(item(), item("/none")), OK, again={"/feed": feed(item("/none"))}, articles=1, entries=2),
    Case("feed that is gone", feed(item()), FAILED, "HTTP 410", again={"/feed": document(status="410 Gone")}, articles=1),
    Case("feed that turns into HTML", feed(item()), DEGRADED, "is HTML", again={"/feed": document("<html><body>Hello</body></html>")}, articles=1),
    Case("feed that turns empty", feed(item()), DEGRADED, "is empty", again={"/feed": document()}, articles=1),
    Case("feed that loses its entries", feed(item()), OK, "has no entries", again={"/feed": document(rss(""))}, articles=1),
    Case("feed that moves to the canary", feed(item()), REFUSED, "not a public", again={"/feed": document(status="301 Moved", Location="http://@canary@/")}, articles=1, moved="/feed"),
)  # fmt: skip

CASES = (*LACKING, *LINKS, *DATES, *TITLES, *TWICE)

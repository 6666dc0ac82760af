"""What sites ask of machines, asked for well and badly; where it cannot be known, nothing is fetched."""

from __future__ import annotations

from tests.flows.loopback import drip, reset
from tests.hostile.case import FAILED, NOT_ASKED, OK, REFUSED, Answer, Case, Classes, document
from tests.hostile.papers import FEED, PAGE, item, page, rss

ROBOTS = ("/robots.txt",)
BOTH = ("/robots.txt", "/feed", "/page")
FORBIDDEN = "robots.txt of"
UNKNOWN = REFUSED | FAILED
RESERVED = "reserves text and data mining"


def robots(name: str, answer: Answer, **more: object) -> Case:
    """A site whose robots.txt allows everything, whatever else is wrong with it."""
    return Case(f"robots.txt {name}", FEED, OK, paths={"/robots.txt": answer}, articles=1, **more)  # type: ignore[arg-type]


def forbidding(name: str, answer: Answer, expected: Classes = REFUSED, **other: Answer) -> Case:
    """A site whose robots.txt forbids everything, or (`UNKNOWN`) cannot be known: its feed is not asked for."""
    paths = {"/robots.txt": answer, **{f"/{path}": where for path, where in other.items()}}
    asked = (*ROBOTS, *(f"/{path}" for path in other))
    return Case(f"robots.txt {name}", FEED, expected, "robots.txt", paths=paths, page=NOT_ASKED, asked=asked)


def rules(*lines: str) -> Answer:
    """A robots.txt of these lines."""
    return document("\n".join(lines), Content_Type="text/plain")


HUGE = "User-agent: *\nDisallow: /private\n" + "# nothing\n" * 2_000_000
STATUSES = (401, 402, 403, 404, 405, 410, 418, 451)

ALLOWING = (
    *(robots(f"with status {status}", document(status=f"{status} No")) for status in STATUSES),
    robots("of 20 MB", document(HUGE.encode)),
    robots("that is HTML", document(page())),
    robots("that is empty", document(b"")),
    robots("of NULs", document(bytes(5_000))),
    robots("in UTF-16", document("User-agent: other\nDisallow: /".encode("utf-16"))),
    robots("that is one line of 400 kB", document(b"User-agent: *" + b" x" * 200_000)),
    robots("of 40,000 agents", document(b"".join(b"User-agent: bot%d\n" % n for n in range(40_000)) + b"Disallow: /")),
    robots("of stars", document("User-agent: *\nDisallow: /" + "*a" * 2_000 + "$\n" + ("Disallow: /*a*b*c\n" * 9_000))),
    robots("that redirects in circles", document(status="302 Found", Location="/robots.txt")),
    robots("that redirects without end", document(status="302 Found", Location="robots.txt/robots.txt")),
    robots("at another listed host", document(status="301 Moved", Location="http://@refuge@/robots.txt")),
    robots("that forbids others", rules("User-agent: GPTBot", "User-agent: CCBot", "Disallow: /")),
    robots("that allows us by name", rules("User-agent: *", "Disallow: /", "", "User-agent: Stancewatch", "Allow: /")),
    robots("with a delay of words", rules("User-agent: *", "Crawl-delay: soon")),
    robots("with a negative delay", rules("User-agent: *", "Crawl-delay: -5")),
    robots("with a delay that is no number", rules("User-agent: *", "Crawl-delay: nan")),
    robots("with a delay without end", rules("User-agent: *", "Crawl-delay: inf")),
    robots("with a delay of two seconds", rules("User-agent: *", "Crawl-delay: 2"), gap_seconds=2.0, asked=BOTH),
    robots("with a sitemap at the canary", rules("Sitemap: http://@canary@/sitemap.xml", "Host: @canary@")),
)

FORBIDDING = (
    forbidding("that forbids all", rules("User-agent: *", "Disallow: /")),
    forbidding("that forbids the feed", rules("User-agent: *", "Disallow: /feed")),
    forbidding("that forbids us by name", rules("User-agent: stancewatch", "Disallow: /", "", "User-agent: *", "Allow: /")),
    forbidding("that forbids in capitals", rules("USER-AGENT: *", "DISALLOW: /")),
    forbidding("with a mark in front", document("\ufeffUser-agent: *\nDisallow: /")),
    forbidding("with lines that end in CR", document(b"User-agent: *\rDisallow: /\r")),
    forbidding("that forbids before 20 MB", document(lambda: b"User-agent: *\nDisallow: /\n" + b"# more\n" * 3_000_000)),
    forbidding("with status 500", document(status="500 Oh"), UNKNOWN),
    forbidding("with status 503", document(status="503 Busy", Retry_After="60"), UNKNOWN),
    forbidding("that stalls", drip(b"", b"", 1), UNKNOWN),
    forbidding("of a byte a second", drip(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", b"#", 1), UNKNOWN),
    forbidding("that is reset", reset(b""), UNKNOWN),
    Case("robots.txt with a delay of a day", FEED, REFUSED, "left for a later run", paths={"/robots.txt": rules("User-agent: *", "Crawl-delay: 100000")}, asked=ROBOTS),
    Case("robots.txt with a delay beyond numbers", FEED, REFUSED | OK, paths={"/robots.txt": rules("User-agent: *", "Crawl-delay: " + "9" * 400)}),
    forbidding("that redirects to a stall", document(status="302 Found", Location="/stall"), UNKNOWN, stall=drip(b"", b"", 1)),
    Case("robots.txt that redirects to the canary", FEED, REFUSED | OK, paths={"/robots.txt": document(status="302 Found", Location="http://@canary@/robots.txt")}),
    Case("robots.txt that redirects to a file", FEED, REFUSED | OK, paths={"/robots.txt": document(status="302 Found", Location="file:///etc/passwd")}),
    Case("robots.txt that forbids the page", FEED, OK, paths={"/robots.txt": rules("User-agent: *", "Disallow: /page")}, page=REFUSED, page_reason=FORBIDDEN, articles=0, asked=(*ROBOTS, "/feed")),
    Case("robots.txt that forbids where a redirect leads", document(status="302 Found", Location="/private"), REFUSED, FORBIDDEN, paths={"/robots.txt": rules("User-agent: *", "Disallow: /private")}, asked=(*ROBOTS, "/feed")),
)  # fmt: skip


def tagged(name: str, answer: Answer, reason: str, **paths: Answer) -> Case:
    """A page that its site keeps from machines."""
    extra = {f"/.well-known/{path}.json": document for path, document in paths.items()}
    return Case(
        f"page {name}",
        FEED,
        OK,
        paths={"/page": answer, **extra},
        page=REFUSED,
        page_reason=reason,
        articles=0,
    )


def labelled(**headers: str) -> Answer:
    """An ordinary page with headers."""
    return document(page(), **headers)


TAGGED = (
    tagged("tagged noindex", labelled(X_Robots_Tag="noindex"), "X-Robots-Tag"),
    tagged("tagged none", labelled(X_Robots_Tag="none"), "X-Robots-Tag"),
    tagged("tagged noai", labelled(X_Robots_Tag="noai, noimageai"), "X-Robots-Tag"),
    tagged("tagged in capitals", labelled(X_Robots_Tag="NoFollow, NOINDEX"), "X-Robots-Tag"),
    tagged("tagged for us", labelled(X_Robots_Tag="stancewatch: noindex"), "X-Robots-Tag"),
    tagged("reserved in its header", labelled(TDM_Reservation="1"), RESERVED),
    tagged("reserved in its head", document(page(head='<meta name="tdm-reservation" content="1">')), RESERVED),
    tagged("reserved for its whole site", PAGE, "reserve", tdmrep=document('[{"location": "/page", "tdm-reservation": 1}]')),
    Case("page tagged for another", FEED, OK, paths={"/page": labelled(X_Robots_Tag="otherbot: noindex")}, page=OK, articles=1),
    Case("page tagged harmlessly", FEED, OK, paths={"/page": labelled(X_Robots_Tag="max-snippet:-1, nofollow")}, page=OK, articles=1),
    Case("page not reserved", FEED, OK, paths={"/page": labelled(TDM_Reservation="0")}, page=OK, articles=1),
    Case("reservations that are no JSON", FEED, OK, paths={"/.well-known/tdmrep.json": document(page())}, page=OK, articles=1),
    Case("reservations of 20 MB", FEED, OK, paths={"/.well-known/tdmrep.json": document(lambda: b" " * 20_000_000)}, page=OK | REFUSED),
    Case("reservations that stall", FEED, OK | REFUSED, paths={"/.well-known/tdmrep.json": drip(b"", b"", 1)}),
    Case("reservations 100,000 deep", FEED, OK, paths={"/.well-known/tdmrep.json": document("[" * 100_000)}, page=OK, articles=1),
    Case("reservation of another path", FEED, OK, paths={"/.well-known/tdmrep.json": document('[{"location": "/shop/*", "tdm-reservation": 1}]')}, page=OK, articles=1),
    Case("page at a site whose robots.txt is down", document(rss(item("http://@down@/page"))), OK, page=FAILED | REFUSED, page_reason="robots.txt", drop=None),
)  # fmt: skip

CASES = (*ALLOWING, *FORBIDDING, *TAGGED)

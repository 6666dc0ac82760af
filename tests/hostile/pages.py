"""The pages behind entries: gone, hidden, enormous, of another kind or another language."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from tests.flows.loopback import drip, reply, reset
from tests.hostile.bodies import PDF, PNG
from tests.hostile.case import DEGRADED, FAILED, NOT_ASKED, OK, REFUSED, Answer, Case, Classes, document
from tests.hostile.packing import gzip_bomb
from tests.hostile.papers import FEED, STORY, item, page, pdf, rss
from tests.hostile.size import SIZE

if TYPE_CHECKING:
    from collections.abc import Callable

TIME = "no complete answer within"
NO_TEXT = "no text of an article"
INLINE = "".join(f"&lt;p&gt;{paragraph}&lt;/p&gt;" for paragraph in STORY)
HTML = "text/html; charset=utf-8"

LOGIN = page(
    "Sign in to continue reading.", "E-mail address", "Password", "Forgotten your password?", "Register for free",
    title="Sign in",
)  # fmt: skip
PAYWALL = page(
    STORY[0][:120] + " …",
    "To continue reading this article, subscribe today. Already a subscriber? Sign in.",
    "Subscribe from £1 a week. Cancel at any time.",
)
COOKIES = page(
    "We value your privacy. We and our 842 partners store and access information on a device, such as cookies, and"
    " process personal data, such as unique identifiers, for personalised advertising and content measurement.",
    "You may accept or manage your choices by clicking below. These choices will be signalled to our partners.",
    "Accept all. Reject all. Manage preferences.",
    title="Before you continue",
)
ROBOT_CHECK = page(
    "Checking your browser before accessing the site.", "Please enable JavaScript.", title="Just a moment..."
)

WELSH = (
    (
        "Mae bwrdd yr ysbyty wedi cyfarfod ddydd Mawrth i drafod sut y bydd cyllideb y flwyddyn nesaf yn cael ei gwario, ac"
        " roedd yr aelodau wedi clywed bod y rhestrau aros wedi tyfu unwaith eto dros y gaeaf."
    ),
    (
        "“Dylai byrddau lleol benderfynu sut mae eu harian yn cael ei wario,” meddai’r cadeirydd, gan ychwanegu y byddai’r"
        " cynllun yn cael ei argraffu cyn diwedd y mis."
    ),
)
GERMAN = (
    (
        "Der Vorstand des Krankenhauses hat am Dienstag getagt, um zu klären, wie das Geld im nächsten Jahr ausgegeben wird,"
        " und die Mitglieder hörten, dass die Wartelisten über den Winter wieder gewachsen sind."
    ),
    (
        "„Die Häuser vor Ort sollten selbst entscheiden, wofür sie ihr Geld ausgeben“, sagte die Vorsitzende und fügte hinzu,"
        " dass der Plan vor dem Ende des Monats gedruckt werde."
    ),
)


def behind(name: str, answer: Answer, expected: Classes, reason: str = "", **more: object) -> Case:
    """A page that comes to nothing; the feed says too little to stand in."""
    more = {"articles": 0, "drop": reason} | more
    return Case(f"page {name}", FEED, OK, paths={"/page": answer}, page=expected, page_reason=reason, **more)  # type: ignore[arg-type]


def read(name: str, answer: Answer, expected: Classes = OK, **article: str) -> Case:
    """A page that is read all the same."""
    return Case(f"page {name}", FEED, OK, paths={"/page": answer}, page=expected, articles=1, article=article)


def walled(name: str, answer: Answer, expected: Classes) -> Case:
    """A page that hides its article, which the feed brings in full."""
    feed = document(rss(item(summary=INLINE)))
    article = {"text": "some forty people came to hear it"}
    return Case(
        f"page {name}, text in the feed",
        feed,
        OK,
        paths={"/page": answer},
        page=expected,
        articles=1,
        article=article,
    )


def large(make: Callable[[], str]) -> Answer:
    """A page that is made when it is asked for."""
    return document(lambda: make().encode(), Content_Type=HTML)


def typed(body: bytes, content_type: str) -> Answer:
    """A page of another kind."""
    return document(body, Content_Type=content_type)


GONE = (
    *(behind(f"with status {status}", document(status=f"{status} No"), FAILED, f"HTTP {status}") for status in (400, 401, 402, 403, 404, 405, 406, 410, 451)),
    *(behind(f"with status {status}", document(status=f"{status} No"), FAILED, f"HTTP {status}", drop=None) for status in (418, 429, 500, 502, 503, 999)),
    behind("that stalls", drip(b"", b"", 1), FAILED, TIME, drop=None),
    behind("of a byte a second", drip(b"HTTP/1.1 200 OK\r\n\r\n", b"x", 1), FAILED, TIME, drop=None),
    behind("that is reset", reset(b"HTTP/1.1 200 OK\r\n\r\n<html>"), FAILED, "connection lost", drop=None),
    behind("that redirects in circles", document(status="302 Found", Location="/page"), FAILED, "redirects"),
    behind("that redirects to the front page", document(status="302 Found", Location="/"), FAILED, "404"),
)  # fmt: skip

KINDS = (
    behind("empty", document(b""), DEGRADED, "empty"),
    behind("of white space", document(b" \n" * 500), DEGRADED),
    behind("without words", document("<html><body><script>render()</script></body></html>"), DEGRADED, NO_TEXT),
    behind("that is an image", typed(PNG, "image/png"), DEGRADED | REFUSED | FAILED),
    behind("that is sound", typed(b"ID3\x04" + bytes(range(256)) * 200, "audio/mpeg"), DEGRADED | REFUSED | FAILED),
    behind("that is film", typed(b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 200, "video/mp4"), DEGRADED | REFUSED | FAILED),
    behind("that is an archive", typed(gzip.compress(b"x" * 900), "application/gzip"), DEGRADED | REFUSED | FAILED),
    behind("that is a broken PDF", typed(PDF, "application/pdf"), DEGRADED | REFUSED | FAILED),
    behind("that is a broken PDF called HTML", typed(PDF * 40, "text/html"), DEGRADED | REFUSED | FAILED),
    behind("that is JSON", typed(b'{"error": "not found"}' * 9, "application/json"), DEGRADED | OK, articles=None, drop=""),
    behind("that is the feed", document(rss()), DEGRADED | OK, articles=None, drop=""),
    behind("that names a file", document(b"/etc/passwd"), DEGRADED | OK, articles=None, drop=""),
    Case("link to sound by its name", document(rss(item("/talk.mp3"))), OK, paths={"/talk.mp3": typed(b"ID3", "audio/mpeg")}, page=NOT_ASKED, articles=0, drop="recording"),
)  # fmt: skip

WALLED = (
    behind("that asks to log in", document(LOGIN, Content_Type=HTML), DEGRADED),
    behind("that asks for cookies", document(COOKIES, Content_Type=HTML), DEGRADED),
    behind("that checks the browser", document(ROBOT_CHECK, Content_Type=HTML), DEGRADED),
    walled("that asks to log in", document(LOGIN, Content_Type=HTML), DEGRADED),
    walled("that asks to pay", document(PAYWALL, Content_Type=HTML), DEGRADED | OK),
    walled("that asks for cookies", document(COOKIES, Content_Type=HTML), DEGRADED),
    walled("that checks the browser", document(ROBOT_CHECK, Content_Type=HTML), DEGRADED),
    walled("that is gone", reply(status="404 Not Found"), FAILED),
    walled("that may not be read", reply(status="403 Forbidden"), FAILED),
    walled("without words", document("<html><body></body></html>"), DEGRADED),
)  # fmt: skip

SIZES = (
    behind("of 6 MB", document(lambda: b"<p>x" * 1_500_000), FAILED, "larger", drop=""),
    behind("of 100 MB of zeros in gzip", gzip_bomb(100, HTML), FAILED, "larger", drop=""),
    behind("of 10 GB of zeros in gzip", gzip_bomb(10_000, HTML), FAILED, "larger", drop=""),
    behind("with 100,000 attributes", large(lambda: f"<html><body {' '.join(f'a{n}=1' for n in range(100_000))}><p>x"), DEGRADED, "thousands of attributes"),
    Case("page in 100,000 divisions", FEED, OK, paths={"/page": large(lambda: "<div>" * 100_000 + page())}, page=OK | DEGRADED),
    read("of 4 MB of white space", large(lambda: page() + " \n" * 2_000_000)),
    read("with a large script", large(lambda: page(head=f"<script>{'var a=1;' * SIZE.many(500_000)}</script>"))),
    read("with a picture written out", large(lambda: page(head=f'<link rel="icon" href="data:image/png;base64,{"A" * 3_000_000}">'))),
    read("with 10,000 links", large(lambda: page().replace("</nav>", "<a href='/x'>x</a>" * 10_000 + "</nav>"))),
)  # fmt: skip

UNIT = SIZE.many(200_000)
MEGA = SIZE.many(1_000_000)
SLOW = tuple(
    Case(f"page made of {name}", FEED, OK, paths={"/page": large(make)}, page=OK | DEGRADED)
    for name, make in (
        ("one word", lambda: page("a" * MEGA)),
        ("one sentence", lambda: page("the board said it was well and " * SIZE.many(30_000))),
        ("opened tags", lambda: "<a " * UNIT),
        ("opened comments", lambda: "<!--" * UNIT),
        ("opened emphasis", lambda: page("<b><i>" * UNIT)),
        ("quotation marks", lambda: page("“ " * UNIT)),
        ("bare ampersands", lambda: page("&" * MEGA)),
        ("white space between words", lambda: page("a" + " " * MEGA + "b")),
        ("line breaks", lambda: page("<br>" * UNIT)),
        ("tables in tables", lambda: "<table><tr><td>" * SIZE.many(20_000) + page()),
        ("lists in lists", lambda: "<ul><li>" * SIZE.many(20_000) + page()),
        ("paragraphs of a word", lambda: page(*["word"] * SIZE.many(50_000))),
        ("digits", lambda: page("1" * MEGA, head=f'<meta name="date" content="{"1" * 200_000}">')),
        ("dates", lambda: page("2026-01-01 " * SIZE.many(50_000))),
        ("addresses", lambda: page("a@" * UNIT + " http://" * UNIT)),
        ("metadata", lambda: page(head='<meta property="og:title" content="x">' * SIZE.many(30_000))),
        ("linked data", lambda: page(head=f'<script type="application/ld+json">{"[" * UNIT}</script>')),
        ("names", lambda: page(*(f"Jo A{'b' * (n % 90)}, chair of C{'d' * (n % 70)} Trust, said no." for n in range(SIZE.many(1_000))))),
    )
)  # fmt: skip

LANGUAGES = (
    read("in Welsh", document(page(*WELSH * 2), Content_Type=HTML), language="cy", statements="0", text="rhestrau aros"),
    read("in German", document(page(*GERMAN * 2), Content_Type=HTML), language="de", statements="0", text="Wartelisten"),
    read("in windows-1252", document(page("It costs £5m – “a lot”, said the café’s owner.", *STORY).encode("cp1252")), text="£5m – “a lot”"),
    read("in UTF-16", document(page("It costs £5m.", *STORY).encode("utf-16"), Content_Type="text/html"), text="£5m"),
    read("with a false character set", document(page("It costs £5m.", *STORY), Content_Type="text/html; charset=utf-16"), text="£5m"),
    read("with NULs", document(page(*STORY).replace("board", "bo\0ard").encode()), text="Members heard"),
    read("that is XHTML with entities", document('<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + page("&x;", *STORY)), text="Members heard"),
    read("with frames at the canary", document(page(head='<base href="http://@canary@/"><link rel="canonical" href="http://@canary@/"><link rel="amphtml" href="http://@canary@/a"><script src="http://@canary@/s.js"></script>')), text="Members heard"),
    read("that calls itself another site's", document(page(head='<link rel="canonical" href="http://@refuge@/page">')), text="Members heard"),
    Case("page that is a PDF", FEED, OK, paths={"/page": typed(pdf(*STORY), "application/pdf")}, page=OK, articles=1, article={"text": "Members heard"}),
)  # fmt: skip

CASES = (*GONE, *KINDS, *WALLED, *SIZES, *SLOW, *LANGUAGES)

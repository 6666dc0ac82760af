"""Documents that are feeds, or nearly: what XML allows, what encodings do to it, and sizes nobody needs."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tests.hostile.case import DEGRADED, OK, Case, Document, document
from tests.hostile.papers import item, rss
from tests.hostile.size import SIZE

if TYPE_CHECKING:
    from collections.abc import Callable

INDEX = "<sitemapindex><sitemap><loc>http://@site@/index</loc></sitemap></sitemapindex>"
XML = "application/rss+xml"
START = '<?xml version="1.0" encoding="UTF-8"?>'
TITLE = "“£5m” for Tŷ Wexcombe"
WESTERN = "“£5m” for Café Wexcombe"


def doctype(subset: str, *items: str) -> str:
    """A feed whose document type declares something."""
    return rss(*items, start=f"{START}<!DOCTYPE rss {subset}>")


def titled(encoding: str, title: str = TITLE, *, declared: str = "", content_type: str = XML) -> Document:
    """A feed in an encoding, and perhaps declared in another."""
    text = rss(item(title=title), start=f'<?xml version="1.0" encoding="{declared}"?>' if declared else "")
    return document(text.replace("@site@", "news.example").encode(encoding), Content_Type=content_type)


def made(make: Callable[[], str]) -> Document:
    """A large feed."""
    return document(lambda: make().encode(), Content_Type=XML)


def laughs() -> str:
    """The billion laughs: a title of three gigabytes in ten lines."""
    names = [f"lol{level}" for level in range(10)]
    lines = [f'<!ENTITY {names[0]} "lol">']
    lines += [f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)]
    return doctype(f"[{''.join(lines)}]", item(title="&lol9;"))


def quadratic() -> str:
    """One long entity, used many times."""
    return doctype(f'[<!ENTITY a "{"a" * 50_000}">]', item(title="&a;" * 50_000))


ENTITIES = (
    Case("billion laughs", made(laughs), OK | DEGRADED),
    Case("quadratic blow-up", made(quadratic), OK | DEGRADED),
    Case("entity at the canary", document(doctype('[<!ENTITY x SYSTEM "http://@canary@/">]', item(title="&x;")), Content_Type=XML), OK | DEGRADED),
    Case("entity that is a file", document(doctype('[<!ENTITY x SYSTEM "file:///etc/passwd">]', item(title="a &x; b")), Content_Type=XML), OK | DEGRADED),
    Case("parameter entity at the canary", document(doctype('[<!ENTITY % x SYSTEM "http://@canary@/"> %x;]'), Content_Type=XML), OK | DEGRADED),
    Case("document type at the canary", document(doctype('SYSTEM "http://@canary@/rss.dtd"'), Content_Type=XML), OK),
    Case("document type of old", document(doctype('PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://@canary@/rss-0.91.dtd"'), Content_Type=XML), OK),
    Case("XInclude of a file", document(rss(item(more='<xi:include href="file:///etc/passwd" parse="text"/>'), root=' xmlns:xi="http://www.w3.org/2001/XInclude"')), OK),
    Case("XInclude of the canary", document(rss(item(more='<xi:include href="http://@canary@/"/>'), root=' xmlns:xi="http://www.w3.org/2001/XInclude"')), OK),
    Case("stylesheet at the canary", document(rss(start=f'{START}<?xml-stylesheet type="text/xsl" href="http://@canary@/"?>')), OK),
    Case("schema at the canary", document(rss(root=' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://@canary@/ http://@canary@/rss.xsd"')), OK),
    Case("picture, cloud and hub at the canary", document(rss(head='<image><url>http://@canary@/i.png</url></image><cloud domain="@canary@" path="/"/><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="http://@canary@/"/>')), OK),
    Case("next page at the canary", document(rss(head='<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="http://@canary@/"/>')), OK),
    Case("sitemap with an entity that is a file", document('<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>http://@site@/page</loc><title>&x;</title></url></urlset>'), OK | DEGRADED),
    Case("index of sitemaps at the canary", document("<sitemapindex><sitemap><loc>http://@canary@/</loc></sitemap></sitemapindex>"), DEGRADED),
    Case("index of sitemaps that lists indexes", document(INDEX), DEGRADED, paths={"/index": document(INDEX)}),
)  # fmt: skip

ENCODINGS = (
    Case("UTF-8 with its mark", titled("utf-8-sig", declared="utf-8"), OK, article={"title": TITLE}),
    Case("UTF-16 with its mark", titled("utf-16", declared="utf-16"), OK, article={"title": TITLE}),
    Case("UTF-16 without its mark", titled("utf-16-le", declared="utf-16"), OK, article={"title": TITLE}),
    Case("UTF-32 with its mark", titled("utf-32", declared="utf-32"), OK, article={"title": TITLE}),
    Case("windows-1252 undeclared", titled("cp1252", WESTERN), OK, article={"title": WESTERN}),
    Case("windows-1252 that calls itself Latin-1", titled("cp1252", WESTERN, declared="iso-8859-1"), OK, article={"title": WESTERN}),
    Case("windows-1252 that calls itself UTF-8", titled("cp1252", WESTERN, declared="utf-8"), OK, article={"title": WESTERN}),
    Case("UTF-8 that calls itself ASCII", titled("utf-8", declared="us-ascii"), OK, article={"title": TITLE}),
    Case("UTF-8 that calls itself UTF-16", titled("utf-8", declared="utf-16"), OK, article={"title": TITLE}),
    Case("UTF-8 with a header of Latin-1", titled("utf-8", content_type="text/xml; charset=iso-8859-1"), OK, article={"title": TITLE}),
    Case("UTF-8 in a character set nobody knows", titled("utf-8", declared="x-klingon"), OK, article={"title": TITLE}),
    Case("a header with a hostile character set", titled("utf-8", content_type="text/xml; charset=../../etc/passwd"), OK, article={"title": TITLE}),
    Case("a character set that is a codec for bytes", titled("utf-8", declared="zlib_codec", content_type="text/xml; charset=bz2_codec"), OK, article={"title": TITLE}),
    Case("one byte that is no UTF-8", document(rss(item(title="A \udcff word")).replace("@site@", "a.example").encode("utf-8", "surrogateescape")), OK, articles=1),
    Case("UTF-7", document(rss(item(title="+ADw-script+AD4-"), start='<?xml version="1.0" encoding="utf-7"?>')), OK | DEGRADED),
    Case("NULs between the letters", document(rss(item(title="A \0 word")).encode()), OK, articles=1),
    Case("control characters", document(rss(item(title="A \x07\x08\x0b\x1b[31m word")).encode()), OK, articles=1),
    Case("control characters by number", document(rss(item(title="A &#0;&#7;&#xFFFE; word"))), OK, articles=1),
    Case("half a surrogate pair by number", document(rss(item(title="A &#xD800; word"), item("/b"))), OK),
)  # fmt: skip

SIZES = (
    Case("100,000 elements deep", made(lambda: rss(item(more="<a>" * 100_000 + "</a>" * 100_000))), OK | DEGRADED),
    Case("100,000 deep and never closed", made(lambda: START + "<rss><channel>" + "<item>" * 100_000), OK | DEGRADED),
    Case("100,000 deep in the text of an entry", made(lambda: rss(item("/none", summary="&lt;div&gt;" * 100_000))), OK),
    Case("100,000 attributes", made(lambda: rss(root="".join(f' a{n}="1"' for n in range(100_000)))), DEGRADED, "thousands of attributes"),
    Case("100,000 attributes in the text of an entry", made(lambda: rss(item("/none", summary=f"&lt;p {' '.join(f'a{n}=1' for n in range(100_000))}&gt;"))), OK),
    Case("100,000 namespaces in one tag", made(lambda: rss(root="".join(f' xmlns:a{n}="urn:{n}"' for n in range(100_000)))), DEGRADED, "thousands of attributes"),
    Case("many namespaces in as many tags", made(lambda: rss(item(more="".join(f'<a{n}:b xmlns:a{n}="urn:{n}"/>' for n in range(SIZE.many(100_000)))))), OK | DEGRADED),
    Case("many namespaces within each other", made(lambda: rss(item(more="".join(f'<a xmlns:n{n}="urn:{n}">' for n in range(SIZE.many(100_000)))))), OK | DEGRADED),
    Case("50,000 entries", made(lambda: rss(*(item(f"/{n}") for n in range(50_000)))), OK, entries=200, drop="more than 5,000 entries"),
    Case("many empty entries", made(lambda: rss("<item/>" * SIZE.many(1_000_000))), OK | DEGRADED, entries=0),
    Case("title of 5 MB", made(lambda: rss(item(title="word " * 1_000_000))), OK, articles=1),
    Case("author of 5 MB", made(lambda: rss(item(more=f"<author>{'a@' * 2_500_000}</author>"))), OK, articles=1),
    Case("author of 5 MB in Dublin Core", made(lambda: rss(item(more=f"<d:creator>{'a ' * 2_500_000}</d:creator>"), root=' xmlns:d="http://purl.org/dc/elements/1.1/"')), OK, articles=1),
    Case("guid of 1 MB", made(lambda: rss(item(guid="g" * 1_000_000))), OK, articles=1),
    Case("link of 1 MB", made(lambda: rss(item("/" + "x" * 1_000_000), item())), OK, entries=1, drop="no address"),
    Case("date of 1 MB", made(lambda: rss(item(date="1" * 1_000_000))), OK, articles=1),
    Case("10,000 categories", made(lambda: rss(item(more="<category>a</category>" * 10_000))), OK, articles=1),
    Case("comment of 2 MB", made(lambda: rss(head=f"<!--{' -' * 1_000_000} -->")), OK, articles=1),
    Case("many ampersands", made(lambda: rss(item(title="&" * SIZE.many(500_000)))), OK | DEGRADED),
    Case("many tags that never end", made(lambda: rss(item(title="&lt;a " * SIZE.many(500_000)))), OK | DEGRADED),
    Case("many opened CDATA", made(lambda: rss(item(title="<![CDATA[" * SIZE.many(500_000)))), OK | DEGRADED),
    Case("many opened comments", made(lambda: rss(item(title="<!--" * SIZE.many(500_000)))), OK | DEGRADED),
    Case("many escaped comments", made(lambda: rss(item(title="&lt;!--" * SIZE.many(100_000)))), OK | DEGRADED),
    Case("many declarations", made(lambda: START + "<!DOCTYPE rss [" + "<!ENTITY a 'b'>" * SIZE.many(500_000) + "]>" + rss(start="")), OK | DEGRADED),
    Case("many quotation marks", made(lambda: rss(item(more='<a b="' * SIZE.many(500_000)))), OK | DEGRADED),
)  # fmt: skip

BROKEN = (
    Case("unclosed CDATA", document(rss(item(summary="<![CDATA[ and so on"))), OK | DEGRADED),
    Case("cut within an entry", document(rss(item(), item("/second"))[:-40].encode()), OK, "not well-formed"),
    Case("cut within a tag", document(rss()[:140].encode()), OK | DEGRADED),
    Case("in an HTML comment", document(f"<html><body><!-- {rss()} --></body></html>", Content_Type="text/html"), DEGRADED),
    Case("words before the declaration", document("Warning: mysql_connect() in index.php\n" + rss()), OK, articles=1),
    Case("words behind the end", document(rss() + "<script>track()</script>"), OK, articles=1),
    Case("two feeds in one", document(rss() + rss(item("/second"))), OK),
    Case("tags that cross", document(rss(item(more="<b><i></b></i>"))), OK, articles=1),
    Case("entities nobody declared", document(rss(item(title="A &nbsp;&hellip;&bogus; word"))), OK, articles=1),
    Case("bare ampersands", document(rss(item(title="Health & care", link="/page?a=1&b=2"))), OK, entries=1),
    Case("prefixes nobody declared", document(rss(item(more="<media:group><media:content/></media:group>"))), OK, articles=1),
    Case("no entries", document(rss("")), OK, "has no entries"),
    Case("called text/html", document(rss(), Content_Type="text/html; charset=utf-8"), OK, articles=1),
    Case("called an image", document(rss(), Content_Type="image/png"), OK, articles=1),
    Case("no type at all", document(rss()), OK, articles=1),
)  # fmt: skip

CASES = (*ENTITIES, *ENCODINGS, *SIZES, *BROKEN)

"""Bodies: how they are packed, how large they are, and that they are something else than a feed."""

from __future__ import annotations

import gzip
import zlib

from tests.flows.loopback import drip
from tests.hostile.case import DEGRADED, FAILED, NOT_ASKED, OK, REFUSED, Case, Document, document
from tests.hostile.packing import (
    BROTLI_BOMB,
    MEBIBYTE,
    brotli,
    gzip_bomb,
    in_members,
    raw_deflate,
    zstd,
    zstd_bomb,
)
from tests.hostile.papers import page, rss
from tests.hostile.size import SIZE

BODY = rss().replace("@site@", "news.example").encode()
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
FEED_MEBIBYTES = 10
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def packed(body: bytes, encoding: str) -> Document:
    """A body that says how it is packed, truly or not."""
    return document(body, Content_Encoding=encoding)


PACKED = (
    Case("gzip", packed(gzip.compress(BODY), "gzip"), OK, articles=1),
    Case("gzip by its old name in capitals", packed(gzip.compress(BODY), "X-GZIP"), OK),
    Case("gzip in small members", packed(in_members(BODY, 100), "gzip"), OK, articles=1),
    Case("gzip with padding behind it", packed(gzip.compress(BODY) + bytes(512), "gzip"), OK),
    Case("deflate with its wrapper", packed(zlib.compress(BODY), "deflate"), OK, articles=1),
    Case("deflate without its wrapper", packed(raw_deflate(BODY), "deflate"), OK, articles=1),
    Case("brotli", packed(brotli(BODY), "br"), OK, articles=1),
    Case("zstd", packed(zstd(BODY), "zstd"), OK, articles=1),
    Case("identity", packed(BODY, "identity"), OK),
    Case("an encoding nobody knows", packed(BODY, "sdch"), FAILED, "sdch"),
    Case("a character set as its encoding", packed(BODY, "utf-8"), FAILED | OK),
    Case("gzip that is not", packed(BODY, "gzip"), FAILED, "not what its header calls gzip"),
    Case("deflate that is not", packed(b"\xff" * 900, "deflate"), FAILED, "not what its header calls deflate"),
    Case("brotli that is not", packed(b"\xff" * 900, "br"), FAILED, "br"),
    Case("zstd that is not", packed(BODY, "zstd"), FAILED, "zstd"),
    Case("gzip cut short", packed(gzip.compress(BODY)[:-40], "gzip"), FAILED, "cut short"),
    Case("gzip of one byte", packed(b"\x1f", "gzip"), FAILED, "cut short"),
    Case("brotli cut short", packed(brotli(BODY)[:-40], "br"), FAILED, "br"),
    Case("zstd cut short", packed(zstd(BODY)[:-40], "zstd"), FAILED, "zstd"),
    Case("gzip with a false checksum", packed(gzip.compress(BODY)[:-8] + bytes(8), "gzip"), FAILED, "gzip"),
    Case("gzip in gzip, and says so", packed(gzip.compress(gzip.compress(BODY)), "gzip, gzip"), FAILED, "than once"),
    Case("gzip in gzip, and says it once", packed(gzip.compress(gzip.compress(BODY)), "gzip"), FAILED, "than once"),
    Case("archive by its type", document(gzip.compress(BODY), Content_Type="application/x-gzip"), OK),
    Case(
        "archive by its name",
        document(b""),
        OK,
        url="http://@site@/feed.xml.gz",
        paths={"/feed.xml.gz": document(gzip.compress(BODY), Content_Type="text/xml")},
    ),
    Case("archive cut short", document(gzip.compress(BODY)[:-40], Content_Type="application/gzip"), DEGRADED | FAILED),
)

BOMBS = (
    Case("gzip of 100 MB of zeros", gzip_bomb(100), FAILED, "larger than 10,485,760 bytes"),
    Case("gzip of 10 GB of zeros", gzip_bomb(10_000), FAILED, "larger than 10,485,760 bytes"),
    Case("deflate of 100 MB of zeros", packed(zlib.compress(bytes(100 * MEBIBYTE), 9), "deflate"), FAILED, "larger"),
    Case("brotli of 100 MB of zeros", packed(BROTLI_BOMB, "br"), FAILED, "larger"),
    Case("zstd of 10 GB of zeros", packed(zstd_bomb(10_000 * MEBIBYTE), "zstd"), FAILED, "larger"),
    Case("4,000 empty members", packed(gzip.compress(b"") * 4_000, "gzip"), FAILED, "pieces"),
    Case("archive of 100 MB of zeros", document(gzip.compress(bytes(100 * MEBIBYTE)), Content_Type="application/gzip"), DEGRADED | FAILED),
    Case("bomb in gzip in gzip", packed(gzip.compress(gzip.compress(bytes(100 * MEBIBYTE))), "gzip"), DEGRADED | FAILED),
    Case("bomb as robots.txt", document(rss()), OK, paths={"/robots.txt": gzip_bomb(1_000, "text/plain")}),
)  # fmt: skip

SIZES = (
    Case("over 10 MiB, and says so", document(lambda: b" " * (FEED_MEBIBYTES * MEBIBYTE + 1)), FAILED, "announced as larger"),
    Case("over 10 MiB in chunks", drip(CHUNKED, b"10000\r\n" + b" " * 65_536 + b"\r\n", 0), FAILED, "larger than"),
    Case("over 10 MiB until it closes", drip(b"HTTP/1.0 200 OK\r\n\r\n", b" " * 65_536, 0), FAILED, "larger than"),
    Case("just 10 MiB", document(lambda: BODY.ljust(FEED_MEBIBYTES * MEBIBYTE)), OK, articles=1),
    Case("just 10 MiB before the feed", document(lambda: BODY.rjust(FEED_MEBIBYTES * MEBIBYTE)), OK | DEGRADED),
    Case("an error page of 10 GB", drip(b"HTTP/1.1 404 No\r\n\r\n", b" " * 65_536, 0), FAILED, "HTTP 404"),
)  # fmt: skip

CROWD = tuple(
    Case(f"one of a crowd of 10 MiB each, {n}", document(lambda: BODY.ljust(FEED_MEBIBYTES * MEBIBYTE)), OK, articles=1)
    for n in range(SIZE.many(40))
)

NAMES = tuple(
    Case(f"a body that reads {text}", document(text), DEGRADED, "neither XML nor JSON", page=NOT_ASKED)
    for text in ("/etc/passwd", "/dev/zero", "file:///etc/passwd", "http://@canary@/", "config/feeds.yml")
)

NO_FEEDS = (
    Case("empty", document(b""), DEGRADED, "is empty"),
    Case("white space", document(b" \r\n\t" * 1_000), DEGRADED, "is empty"),
    Case("a byte order mark alone", document(b"\xef\xbb\xbf"), DEGRADED, "is empty"),
    Case("NULs", document(bytes(1_000)), DEGRADED, "is empty"),
    Case("HTML", document(page(), Content_Type="text/html"), DEGRADED, "is HTML, not a feed"),
    Case("HTML that calls itself RSS", document(page(), Content_Type="application/rss+xml"), DEGRADED, "is HTML"),
    Case("plain words", document(b"The feed has moved.\n" * 40), DEGRADED, "neither XML nor JSON"),
    Case("JSON that is no feed", document(b'{"error": "not found"}'), DEGRADED, "JSON, but not a JSON Feed"),
    Case("JSON cut short", document(b'{"version": "https://jsonfeed.org/version/1.1", "items": ['), DEGRADED, "JSON"),
    Case("JSON 100,000 deep", document(b"[" * 100_000), DEGRADED, "JSON"),
    Case("JSON with a number of 5,000 digits", document(b'{"items": [' + b"9" * 5_000 + b"]}"), DEGRADED, "JSON"),
    Case("XML of another kind", document(b"<?xml version='1.0'?><svg/>"), DEGRADED, "neither RSS nor Atom"),
    Case("PDF", document(PDF, Content_Type="application/pdf"), DEGRADED, "is a PDF"),
    Case("image", document(PNG, Content_Type="image/png"), DEGRADED, "neither XML nor JSON"),
    Case("zip", document(b"PK\x03\x04" + bytes(200)), DEGRADED, "is a zip archive"),
    Case("a login page behind a redirect", document(status="302 Found", Location="/login"), DEGRADED, "is HTML", paths={"/login": document(page("Please log in."))}),
    Case("a reservation in its header", document(rss(), TDM_Reservation="1"), REFUSED, "reserves text and data mining"),
)  # fmt: skip

CASES = (*PACKED, *BOMBS, *SIZES, *CROWD, *NAMES, *NO_FEEDS)

"""Connections and HTTP itself: what stalls, lies, breaks off or is something else."""

from __future__ import annotations

import asyncio

from tests.flows.loopback import Script, drip, reply, reset
from tests.hostile.case import FAILED, OK, Case, document
from tests.hostile.papers import FEED, rss

HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
BODY = rss().replace("@site@", "news.example").encode()
SIZED = HEAD + f"Content-Length: {len(BODY)}\r\n".encode()
CHUNK = f"{len(BODY):X}\r\n".encode() + BODY + b"\r\n"
TIME = "no complete answer within"
BROKEN = "broken HTTP"


async def silence(_: asyncio.StreamWriter) -> None:
    """Take the connection and never say anything."""
    await asyncio.Event().wait()


async def end(_: asyncio.StreamWriter) -> None:
    """Close the connection without a word."""


async def banner(writer: asyncio.StreamWriter) -> None:
    """Speak mail."""
    writer.write(b"220 mail.wexcombe.example ESMTP ready\r\n")
    await writer.drain()


async def plain_http(writer: asyncio.StreamWriter) -> None:
    """Answer a TLS greeting in plain HTTP."""
    writer.write(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
    await writer.drain()


def once(answer: bytes) -> Script:
    """An answer after which the connection is closed although nothing announced it."""

    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await writer.drain()

    return script


STALLS = (
    Case("silence instead of a head", drip(b"", b"", 1), FAILED, TIME),
    Case("stall within the head", drip(HEAD + b"Content-Ty", b"", 1), FAILED, TIME),
    Case("head of a byte a second", drip(HEAD, b"X", 1), FAILED, TIME),
    Case("body of a byte a second", drip(HEAD + b"Content-Length: 5000\r\n\r\n", b"x", 1), FAILED, TIME),
    Case("body that stops halfway", drip(SIZED + b"\r\n" + BODY[:80], b"", 1), FAILED, TIME),
    Case("chunks of a byte a second", drip(CHUNKED, b"1\r\nx\r\n", 1), FAILED, TIME),
    Case("last chunk that never comes", drip(CHUNKED + CHUNK, b"", 1), FAILED, TIME),
    Case(
        "error page of a byte a second", drip(b"HTTP/1.1 500 Oh\r\nContent-Length: 999\r\n\r\n", b"x", 1), FAILED, "500"
    ),
)

FLOODS = (
    Case("headers without end", drip(HEAD, b"X-More: " + b"y" * 8_000 + b"\r\n", 0), FAILED, BROKEN),
    Case("one header without end", drip(HEAD + b"X-Long: ", b"y" * 8_000, 0), FAILED, BROKEN),
    Case("a status line without end", drip(b"HTTP/1.1 200 ", b"O" * 8_000, 0), FAILED, BROKEN),
    Case("blank lines before the head for ever", drip(b"", b"\r\n" * 1_000, 0), FAILED),
    Case("103 for ever", drip(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 100, 0), FAILED, "more came in"),
    Case("100 Continue for ever", drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100, 0), FAILED, "more came in"),
    Case("chunk extensions without end", drip(CHUNKED + b"5;x=", b"y" * 8_000, 0), FAILED),
    Case("chunks of one byte for ever", drip(CHUNKED, b"1\r\nx\r\n" * 2_000, 0), FAILED),
    Case("trailers without end", drip(CHUNKED + CHUNK + b"0\r\n", b"X-More: " + b"y" * 8_000 + b"\r\n", 0), FAILED),
    Case("two hundred cookies", document(rss(), Set_Cookie="a=" + "b; c=d" * 200), OK),
)

BREAKS = (
    Case("reset before the head", reset(b""), FAILED, "connection lost"),
    Case("reset within the head", reset(HEAD + b"Content-Ty"), FAILED, "connection lost"),
    Case("reset within the body", reset(SIZED + b"\r\n" + BODY[:80]), FAILED, "connection lost"),
    Case("closed before the head", once(b""), FAILED, BROKEN),
    Case("closed within the head", once(HEAD + b"Content-Ty"), FAILED, BROKEN),
    Case("closed within a chunk", once(CHUNKED + CHUNK[:80]), FAILED, BROKEN),
    Case("shorter than its Content-Length", once(HEAD + b"Content-Length: 99999\r\n\r\n" + BODY), FAILED, BROKEN),
    Case("closed without notice after each answer", once(SIZED + b"\r\n" + BODY), OK),
)

GRAMMAR = (
    Case("longer than its Content-Length", once(SIZED + b"\r\n" + BODY + b"<more/>"), OK),
    Case("two different Content-Lengths", once(SIZED + b"Content-Length: 9\r\n\r\n" + BODY), FAILED, BROKEN),
    Case("the same Content-Length twice", once(SIZED + SIZED[len(HEAD) :] + b"\r\n" + BODY), OK),
    Case("negative Content-Length", once(HEAD + b"Content-Length: -5\r\n\r\n" + BODY), FAILED, BROKEN),
    Case("Content-Length of words", once(HEAD + b"Content-Length: many\r\n\r\n" + BODY), FAILED, BROKEN),
    Case("Content-Length of 5,000 digits", once(HEAD + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n"), FAILED),
    Case("chunked and a Content-Length", once(SIZED + CHUNKED[len(HEAD) :] + CHUNK + b"0\r\n\r\n"), OK | FAILED),
    Case("chunk size of letters", once(CHUNKED + b"zz\r\nhello\r\n0\r\n\r\n"), FAILED, BROKEN),
    Case("chunk size of 30 digits", once(CHUNKED + b"F" * 30 + b"\r\nhello"), FAILED, BROKEN),
    Case("negative chunk size", once(CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n"), FAILED, BROKEN),
    Case("chunk longer than its size", once(CHUNKED + b"2\r\nhello\r\n0\r\n\r\n"), FAILED, BROKEN),
    Case("HTTP/0.9", once(BODY), FAILED, BROKEN),
    Case("HTTP/1.0 without a length", once(b"HTTP/1.0 200 OK\r\n\r\n" + BODY), OK),
    Case("HTTP/2 in the status line", once(b"HTTP/2 200\r\n\r\n" + BODY), FAILED, BROKEN),
    Case("ICY instead of HTTP", once(b"ICY 200 OK\r\n\r\n" + BODY), FAILED, BROKEN),
    Case("lines that end in LF alone", once(SIZED.replace(b"\r", b"") + b"\n" + BODY), OK),
    Case("status without a reason", once(SIZED.replace(b" OK", b"") + b"\r\n" + BODY), OK),
    Case("header without a colon", once(SIZED + b"nonsense\r\n\r\n" + BODY), FAILED, BROKEN),
    Case("header folded over two lines", once(SIZED + b"X-Folded: a\r\n b\r\n\r\n" + BODY), OK),
    Case("header in Latin-1", once(SIZED + b"X-Town: K\xf6ln\r\n\r\n" + BODY), OK),
    Case("header with a NUL", once(SIZED + b"X-Nul: a\x00b\r\n\r\n" + BODY), FAILED, BROKEN),
    Case("mail server's banner instead of an answer", once(b"220 mail.example ESMTP\r\n"), FAILED, BROKEN),
    Case("101 Switching Protocols", once(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"), FAILED),
)

HOSTS = (
    Case("host that takes connections and says nothing", FEED, FAILED, TIME, door=silence),
    Case("host that closes at once", FEED, FAILED, BROKEN, door=end),
    Case("host that resets at once", FEED, FAILED, "connection lost", door=reset(b"")),
    Case("host that is a mail server", FEED, FAILED, BROKEN, door=banner),
    Case("host where nobody listens", FEED, FAILED, "no connection", url="http://@nobody@/"),
    Case("plain HTTP on the TLS port", FEED, FAILED, "SSL", url="https://@site@/", door=plain_http),
    Case("certificate that nobody signed", FEED, FAILED, "certificate", url="https://@tls@/"),
    Case("TLS on the plain port", FEED, FAILED, url="http://@tls@/plain"),
)

STATUSES = (
    *tuple(
        Case(f"status {status}", reply(b"sorry", f"{status} Sorry"), FAILED, f"HTTP {status}")
        for status in (
            201,
            202,
            205,
            206,
            304,
            400,
            401,
            402,
            403,
            404,
            410,
            418,
            421,
            429,
            451,
            500,
            502,
            503,
            504,
            520,
            999,
        )
    ),
    Case("status 204", b"HTTP/1.1 204 No Content\r\n\r\n", FAILED, "HTTP 204"),
)

DAY = 24 * 60  # minutes
WAITS = (
    Case("429, two hours", document(status="429 No", Retry_After="7200"), FAILED, "429", wait_minutes=120),
    Case("503, two hours", document(status="503 No", Retry_After="7200"), FAILED, "503", wait_minutes=120),
    Case("429, ten years", document(status="429 No", Retry_After="315360000"), FAILED, "429", wait_minutes=DAY),
    Case("429, 5,000 digits", document(status="429 No", Retry_After="9" * 5_000), FAILED, wait_minutes=DAY),
    Case("429, a date that is past", document(status="429 No", Retry_After="Mon, 06 Jan 2020 00:00:00 GMT"), FAILED, "429", wait_minutes=60),
    Case("429, a date in ten years", document(status="429 No", Retry_After="Tue, 06 Jan 2036 00:00:00 GMT"), FAILED, "429", wait_minutes=DAY),
    Case("429, nonsense", document(status="429 No", Retry_After="soon"), FAILED, "429", wait_minutes=60),
    Case("429, negative", document(status="429 No", Retry_After="-3600"), FAILED, "429", wait_minutes=60),
    Case("429, a zone out of reach", document(status="429 No", Retry_After="Tue, 06 Jan 2026 00:00:00 +99999999999999"), FAILED, "429", wait_minutes=60),
    Case("503, a day of 20 digits", document(status="503 No", Retry_After="Tue, 99999999999999999999 Jan 2026 00:00:00 GMT"), FAILED, "503", wait_minutes=60),
)  # fmt: skip

CASES = (*STALLS, *FLOODS, *BREAKS, *GRAMMAR, *HOSTS, *STATUSES, *WAITS)

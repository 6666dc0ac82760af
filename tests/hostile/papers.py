"""What honest sites of the hostile world print: a feed, its entries, a page with an article."""

from __future__ import annotations

import textwrap

from tests.hostile.case import document

STORY = (
    (
        "The board of Wexcombe Hospitals met on Tuesday to settle how next year's budget is to be spent. Members heard"
        " that waiting lists had grown again over the winter, and that the plan agreed last spring had come too late to"
        " help most of the wards."
    ),
    (
        "“Local boards should decide how their money is spent, because they know what their patients need,” said Orla"
        " Tamsworth, chair of Wexcombe Hospitals. She added that the plan would be printed before the end of the month."
    ),
    (
        "A paper for the meeting sets out three choices for the new clinic in the town, and asks residents to say which"
        " of them they would use. The meeting was open to the public, and some forty people came to hear it."
    ),
)
"""An article's paragraphs: long enough to be one, and with somebody in it who takes a side."""

QUIET = (
    (
        "The new wing of Wexcombe Hospitals stands behind the old market hall, between the river and the railway. It has"
        " two floors, forty beds and a garden, and its doors open to the first patients on the Monday after Easter."
    ),
    (
        "Buses stop there every ten minutes in the morning and every twenty later in the day. The car park lies on the"
        " other side of the bridge, with room for a hundred cars and a shelter for bicycles."
    ),
)
"""Paragraphs in which nobody says anything, which are quicker to analyse."""
SUMMARY = "A short note."


def page(*paragraphs: str, title: str = "Board settles its budget", head: str = "") -> str:
    """An ordinary page of a news site."""
    text = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs or STORY)
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title>{head}</head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>{title}</h1>\n{text}</article><footer>Wexcombe News</footer></body></html>"
    )


def item(
    link: str = "/page",
    *,
    title: str = "Board settles its budget",
    guid: str = "",
    date: str = "",
    more: str = "",
    summary: str = SUMMARY,
) -> str:
    """An entry of an RSS feed; what is empty is left out."""
    given = {"title": title, "link": link, "guid": guid, "pubDate": date, "description": summary}
    return "<item>" + "".join(f"<{name}>{text}</{name}>" for name, text in given.items() if text) + f"{more}</item>"


def rss(*items: str, head: str = "", start: str = '<?xml version="1.0" encoding="UTF-8"?>', root: str = "") -> str:
    """An RSS feed of these entries, or of one whose page is at /page."""
    entries = "\n".join(items or (item(),))
    return (
        f'{start}<rss version="2.0"{root}><channel><title>Wexcombe News</title><link>http://@site@/</link>{head}\n'
        f"{entries}</channel></rss>"
    )


def pdf(*paragraphs: str) -> bytes:
    """A page of plain text in the simplest PDF that readers take."""
    lines = [line for paragraph in paragraphs for line in (*textwrap.wrap(paragraph, 90), "")]
    text = "".join(f"({line.replace('(', '').replace(')', '')}) Tj T*\n" for line in lines)
    stream = f"BT /F1 10 Tf 14 TL 40 800 Td\n{text}ET".encode("cp1252")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + end


FEED = document(rss(), Content_Type="application/rss+xml")
"""A feed without a fault."""
PAGE = document(page(*QUIET), Content_Type="text/html; charset=utf-8")
"""What /page answers unless a case says otherwise."""

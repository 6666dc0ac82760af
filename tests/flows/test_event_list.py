"""New events in Markdown: a reader's Markdown shows what others wrote as text, and links where they lead."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from markdown_it import MarkdownIt

from extractors.records import Stance, Theme
from flows.event_list import event_list
from warehouse.news import RunEvent

SAID = datetime(2026, 6, 3, 9, tzinfo=UTC)
EVENT = RunEvent(
    event_id="0abe093d6ae47123",
    kind="shift",
    person="Rosalind Peake",
    role="chair",
    organisation="Valley Hospitals Group",
    stance=Stance.LOCAL,
    confidence=0.97,
    quote="Leave us alone.",
    new_themes=(Theme.FINANCE,),
    title="Peake turns",
    url="https://post.example/a_(b)",
    publisher="Valley Post",
    said_at=SAID,
    previous_stance=Stance.CENTRAL,
    previous_at=SAID,
    previous_quote="Direct us.",
    previous_publisher="Marsh Echo",
    previous_url="https://echo.example/c",
)
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "[here](https://evil.example) ![](https://evil.example/x.png)",
    "https://evil.example www.evil.example <https://evil.example>",
    "**bold** _it_ `code` ~~no~~ | a | b |",
    "&lt;b&gt; \\[x\\](y) &#91;",
    "- one\n# two\n> three\n\n```\nfour",
    "<!-- --> <script>alert(1)</script>",
)


def rendered(*events: RunEvent, number: int = 1) -> str:
    return str(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(event_list(events, number)))


def test_an_event_is_told_with_words_source_and_previous_side() -> None:
    assert rendered(EVENT) == (
        "<h3>Change of side: Rosalind Peake, chair, Valley Hospitals Group</h3>\n"
        "<p><strong>▲ LOCAL control</strong> · very sure ·"
        ' <a href="https://post.example/a_(b)">Peake turns</a>, Valley Post, 3 June 2026</p>\n'
        "<blockquote>\n<p>“Leave us alone.”</p>\n</blockquote>\n<p>New on: Money.</p>\n"
        '<p>Before: ▼ central, 3 June 2026, <a href="https://echo.example/c">Marsh Echo</a></p>\n'
        "<blockquote>\n<p>“Direct us.”</p>\n</blockquote>\n<p><code>stancewatch trace 0abe093d6ae47123</code></p>\n"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_what_others_wrote_is_text(text: str) -> None:
    plain = replace(
        EVENT, person="x", role="x", organisation="x", quote="x", title="x", publisher="x", previous_quote="x"
    )
    spoiled = replace(
        plain, person=text, role=text, organisation=text, quote=text, title=text, publisher=text, previous_quote=text
    )
    tags = re.compile("<[^>]+>")
    assert tags.findall(rendered(spoiled)) == tags.findall(rendered(plain))
    assert html.unescape(tags.sub("", rendered(spoiled))).count(" ".join(text.split())) == 7
    assert not re.search(r"https?:|www\.|@", re.sub(r"\]\(<[^>]+>\)", "", event_list([spoiled], 1)))


def test_only_addresses_of_pages_become_links() -> None:
    shown = rendered(replace(EVENT, url="javascript:alert(1)", previous_url="https://e.example/>)[x](y"))
    assert re.findall('href="([^"]*)"', shown) == ["https://e.example/%3E)%5Bx%5D(y"]


def test_what_is_left_out_is_counted() -> None:
    assert "… and 7 more" in rendered(EVENT, number=8)

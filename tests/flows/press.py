"""Publishers' sites on loopback with years of articles: paged feeds, sitemaps, pages that are no articles."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import yaml

from flows.settings import Settings, load_settings
from tests.flows.loopback import Loopback, Received, Script, reply

if TYPE_CHECKING:
    from pathlib import Path

NEWEST = datetime(2026, 5, 30, 9, tzinfo=UTC)
XML = {"Content_Type": "application/xml"}
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
SENTENCE = "The board of the trust met on the first floor and heard how the new ward at bed number {n} was coming on. "


@dataclass
class Press(Loopback):
    """A site with an article each ``step`` back from ``newest``; its feed has ``per_page`` entries a page."""

    articles: int = 18
    per_page: int = 3
    generator: str = "https://wordpress.org/?v=6.5"
    is_paged: bool = True
    param: str = "paged"
    own: dict[str, bytes | Script] = field(default_factory=dict)
    hidden_dates: bool = False
    homepage: str = "/"
    newest: datetime = NEWEST
    step: timedelta = timedelta(days=1)

    def answer_to(self, request: Received) -> bytes | Script:
        parts = urlsplit(request.path)
        if request.path in self.own:
            return self.own[request.path]
        if parts.path == "/feed/":
            return self.feed_page(int(parse_qs(parts.query).get(self.param, ["1"])[0]))
        if parts.path.startswith("/news/the-ward-"):
            return self.page(int(parts.path.rstrip("/").rpartition("-")[2]))
        return super().answer_to(request)

    def link(self, number: int) -> str:
        return self.url(f"/news/the-ward-is-coming-on-{number}/")

    def moment(self, number: int) -> datetime:
        return self.newest - number * self.step

    def feed_page(self, page: int) -> bytes:
        if not self.is_paged:
            page = 1
        numbers = range((page - 1) * self.per_page, min(page * self.per_page, self.articles))
        return reply(self.rss(numbers), **XML) if numbers else reply(status="404 Not Found")

    def rss(self, numbers: range, head: str = "") -> bytes:
        entries = "".join(
            f"<item><title>Ward {n}</title><link>{self.link(n)}</link><guid>{self.url(f'/?p={n}')}</guid>"
            f"<pubDate>{format_datetime(self.moment(n))}</pubDate></item>"
            for n in numbers
        )
        top = f"<title>Ward news</title><generator>{self.generator}</generator>{head}"
        space = 'xmlns:atom="http://www.w3.org/2005/Atom"'
        return f'<rss version="2.0" {space}><channel>{top}{entries}</channel></rss>'.encode()

    def page(self, number: int) -> bytes:
        text = "".join(f"<p>{SENTENCE.format(n=number * 7 + line)}</p>" for line in range(6))
        date = f'<meta property="article:published_time" content="{self.moment(number).isoformat()}">'
        head = f"<title>Ward {number}</title>{'' if self.hidden_dates else date}"
        body = f"<html lang=en><head>{head}</head><body><article><h1>Ward {number}</h1>{text}</article></body></html>"
        return reply(body.encode(), Content_Type="text/html; charset=utf-8")

    def sitemap(self, path: str, rows: list[tuple[str, str]]) -> None:
        """Serve a sitemap of (address, lastmod or an empty string)."""
        urls = "".join(f"<url><loc>{url}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>" for url, day in rows)
        self.own[path] = reply(f"<urlset {NAMESPACE}>{urls}</urlset>".encode(), **XML)

    def index(self, path: str, rows: list[tuple[str, str]]) -> None:
        """Serve an index of (path, lastmod or an empty string)."""
        maps = "".join(
            f"<sitemap><loc>{self.url(child)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</sitemap>"
            for child, day in rows
        )
        self.own[path] = reply(f"<sitemapindex {NAMESPACE}>{maps}</sitemapindex>".encode(), **XML)

    def asked(self, start: str) -> list[str]:
        return [path for path in self.paths() if path.startswith(start)]


def environment(home: Path, *sites: Press, **more: object) -> dict[str, str]:
    """A configuration with these sites' feeds, ``ward-1`` and so on, and what a command's environment must say."""
    config = home / "config"
    config.mkdir(exist_ok=True)
    feeds = [
        {"id": f"ward-{number}", "publisher": f"Ward {number}", "kind": "blog", "homepage": site.url(site.homepage)}
        | {"url": site.url("/feed/")}
        for number, site in enumerate(sites, start=1)
    ]
    (config / "feeds.yml").write_text(
        yaml.safe_dump({"feeds": feeds, "fetch": {"gap_seconds": 0}, **more}), encoding="utf-8"
    )
    (config / "seeds.yml").write_text("seeds: []\n", encoding="utf-8")
    (config / "alerts.yml").write_text("{}\n", encoding="utf-8")
    return {
        "STANCEWATCH_CONFIG": str(config),
        "STANCEWATCH_HOME": str(home / "data"),
        "STANCEWATCH_LOCAL_HOSTS": ",".join(site.host for site in sites),
    }


def settings(home: Path, *sites: Press, **more: object) -> Settings:
    """The settings of that configuration."""
    return load_settings(environment(home, *sites, **more))

"""The sample newsroom: publishers with feeds and pages, read from config/demo/ and rendered day by day."""

from __future__ import annotations

import email.utils
import functools
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import jinja2
import yaml

from flows import clock
from flows.settings import SHIPPED_CONFIG, FeedConfig, FeedFormat, PublisherKind

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = SHIPPED_CONFIG / "demo"
_MIME = {
    "rss2": "application/rss+xml",
    "rss1": "application/rdf+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "sitemap": "application/xml",
}


@dataclass(frozen=True, slots=True)
class Publisher:
    """A sample publisher, as its publisher.yml says."""

    slug: str
    name: str
    kind: PublisherKind
    tagline: str
    format: str
    feed_path: str
    content: str
    encoding: str
    expected_7d: int


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader's comment under a sample article."""

    author: str
    text: str


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """A sample article: front matter and body (HTML)."""

    title: str
    byline: str
    published: datetime
    updated: datetime | None
    day: int
    path: str
    guid: str
    summary: str
    section: str
    pull_quote: str
    caption: str
    comments: tuple[Comment, ...]
    body: str


@dataclass(frozen=True, slots=True)
class Page:
    """What the newsroom answers at one path."""

    body: bytes
    content_type: str
    changed: datetime


@dataclass(frozen=True, slots=True)
class Site:
    """A publisher with all its articles, of all days."""

    publisher: Publisher
    articles: tuple[SampleArticle, ...]

    def feed(self, base: str) -> FeedConfig:
        """The site's feed as config/feeds.yml would have it."""
        publisher = self.publisher
        return FeedConfig(
            id=publisher.slug,
            publisher=publisher.name,
            kind=publisher.kind,
            homepage=f"{base}/",
            url=f"{base}{publisher.feed_path}",
            format=FeedFormat.SITEMAP if publisher.format == "sitemap" else FeedFormat.FEED,
            interval_minutes=30,
            expected_7d=publisher.expected_7d,
        )

    def on_day(self, day: int) -> tuple[SampleArticle, ...]:
        """The articles that stand there on ``day``, newest first; an edited one in its latest form."""
        latest = {article.path: article for article in sorted(self.articles, key=lambda a: a.day) if article.day <= day}
        return tuple(sorted(latest.values(), key=lambda article: (article.published, article.path), reverse=True))

    def pages(self, day: int, base: str) -> dict[str, Page]:
        """Everything that the site answers on ``day``, by path."""
        articles = self.on_day(day)
        changed = max((a.updated or a.published for a in articles), default=clock.now())
        pages = {article.path: self._article(article, articles, base) for article in articles}
        feed = _environment().get_template(f"feeds/{self.publisher.format}.{_extension(self.publisher.format)}.j2")
        listed = {"publisher": self.publisher, "articles": articles, "base": base, "changed": changed}
        mime = _MIME[self.publisher.format]
        pages[self.publisher.feed_path] = Page(feed.render(listed).encode(), mime, changed)
        alternate = "" if self.publisher.format == "sitemap" else mime
        home = _environment().get_template("feeds/home.html.j2").render(listed, mime=alternate)
        pages["/"] = Page(home.encode(), "text/html; charset=utf-8", changed)
        pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /search\n", "text/plain", changed)
        return pages

    def _article(self, article: SampleArticle, all_articles: tuple[SampleArticle, ...], base: str) -> Page:
        related = [
            {"title": other.title, "path": other.path, "teaser": other.summary}
            for other in all_articles
            if other.path != article.path
        ][:3]
        html = (
            _environment()
            .get_template(f"newsroom/{self.publisher.slug}/page.html")
            .render(
                base=base,
                path=article.path,
                title=article.title,
                byline=article.byline,
                published=article.published.isoformat(),
                published_text=f"{article.published:%A} {article.published.day} {article.published:%B %Y}",
                section=article.section,
                summary=article.summary,
                body=article.body,
                pull_quote=article.pull_quote,
                caption=article.caption,
                comments=article.comments,
                related=related,
            )
        )
        encoding = self.publisher.encoding
        mime = "text/html; charset=utf-8" if encoding == "utf-8" else "text/html"
        return Page(html.encode(encoding, "xmlcharrefreplace"), mime, article.updated or article.published)


def load_newsroom(folder: Path = FOLDER) -> tuple[Site, ...]:
    """All sample sites under ``folder``, in order of their slugs."""
    return tuple(_load_site(path.parent) for path in sorted(folder.glob("newsroom/*/publisher.yml")))


def _load_site(folder: Path) -> Site:
    facts = yaml.safe_load((folder / "publisher.yml").read_text(encoding="utf-8"))
    publisher = Publisher(slug=folder.name, **{**facts, "kind": PublisherKind(facts["kind"])})
    files = sorted((folder / "articles").glob("*.html"))
    return Site(publisher, tuple(_load_article(file.read_text(encoding="utf-8")) for file in files))


def _load_article(text: str) -> SampleArticle:
    _, front, body = text.split("---\n", 2)
    facts = yaml.safe_load(front)
    return SampleArticle(
        title=facts["title"],
        byline=facts.get("byline") or "",
        published=_moment(facts["published"]),
        updated=_moment(facts["updated"]) if facts.get("updated") else None,
        day=facts["day"],
        path=facts["path"],
        guid=str(facts.get("guid") or ""),
        summary=facts.get("summary") or "",
        section=facts.get("section") or "News",
        pull_quote=facts.get("pull_quote") or "",
        caption=facts.get("caption") or "",
        comments=tuple(Comment(c["author"], c["text"]) for c in facts.get("comments") or ()),
        body=body.strip(),
    )


def _moment(value: datetime | str) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _extension(form: str) -> str:
    return "json" if form == "json" else "xml"


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=lambda name: name is not None and not name.endswith(".json.j2"),  # noqa: S701 - JSON goes through tojson
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["rfc822"] = email.utils.format_datetime
    return environment

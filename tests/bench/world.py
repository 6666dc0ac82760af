"""The newsroom scaled up, served from a process of its own: so many feeds with so many articles each."""

from __future__ import annotations

import dataclasses
import itertools
import subprocess
import sys
import time
from dataclasses import dataclass

from flows.newsroom import SampleArticle, Site, load_newsroom
from flows.newsroom_server import Newsroom


@dataclass(frozen=True, slots=True)
class World:
    """A running newsroom: the process, its feeds' addresses, its pages' addresses."""

    process: subprocess.Popen[str]
    hosts: str
    feeds: tuple[tuple[str, str], ...]
    pages: tuple[str, ...]

    def end(self) -> None:
        """Stop serving."""
        self.process.terminate()
        self.process.wait()


def scaled_sites(feeds: int, articles: int) -> list[Site]:
    """The sample sites repeated to ``feeds`` of them, each with ``articles`` articles under addresses of their own."""
    sites = load_newsroom()
    every = [article for site in sites for article in site.on_day(2)]
    supply = itertools.cycle(every)
    return [
        Site(
            dataclasses.replace(sites[number % len(sites)].publisher, content="summary"),
            tuple(_copy(next(supply), number, position) for position in range(articles)),
        )
        for number in range(feeds)
    ]


def _copy(article: SampleArticle, site: int, position: int) -> SampleArticle:
    path = f"/{site}-{position}{article.path}"
    return dataclasses.replace(article, path=path, guid="", day=1, title=f"{article.title} ({site}-{position})")


def start_world(feeds: int, articles: int) -> World:
    """Serve the scaled newsroom until told to end."""
    command = [sys.executable, "-m", "tests.bench.world", str(feeds), str(articles)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own module
    assert process.stdout is not None
    hosts = process.stdout.readline().strip()
    lines = [process.stdout.readline().split() for _ in range(feeds)]
    return World(
        process,
        hosts,
        tuple((line[0], line[1]) for line in lines),
        tuple(page for line in lines for page in line[2:]),
    )


def serve(feeds: int, articles: int) -> None:
    """Print hosts, then a line a feed: format, address, pages; serve for at most a quarter of an hour."""
    sites = scaled_sites(feeds, articles)
    with Newsroom(sites) as newsroom:
        sys.stdout.write(",".join(sorted(newsroom.hosts)) + "\n")
        for site, base, feed in zip(sites, newsroom.bases, newsroom.feeds, strict=True):
            pages = " ".join(f"{base}{article.path}" for article in site.articles)
            sys.stdout.write(f"{feed.format} {feed.url} {pages}\n")
        sys.stdout.flush()
        time.sleep(900)


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))

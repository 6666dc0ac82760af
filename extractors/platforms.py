"""Where publishing systems and large sites keep their feeds, for pages that do not say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urljoin, urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from urllib.parse import SplitResult

_PATHS = {
    "wordpress": ("{page}feed/", "/feed/"),
    "drupal": ("/rss.xml", "{page}rss.xml", "/news/rss.xml"),
    "typo3": ("/rss.xml", "/feed.xml", "{bare}?type=9818", "{bare}?type=100"),
    "wix": ("/blog-feed.xml",),
    "ghost": ("/rss/",),
    "blogger": ("/feeds/posts/default",),
    "squarespace": ("{bare}?format=rss", "/blog?format=rss", "/news?format=rss"),
    "joomla": ("{bare}?format=feed&type=rss",),
    "substack": ("/feed",),
    "hugo": ("{page}index.xml", "/index.xml"),
    "jekyll": ("/feed.xml",),
}
"""System -> paths; {page} is the page's own path with a slash at its end, {bare} without."""
_SIGNS = {
    "squarespace": b"static1.squarespace.com",
    "substack": b"substackcdn.com",
    "wix": b"static.wixstatic.com",
    "wordpress": b"/wp-content/",
    "blogger": b"www.blogger.com/",
    "typo3": b"/typo3",
    "drupal": b"/sites/default/files/",
}
"""What the pages of a system hold where its name was taken out."""
_HOSTS = {"blogspot.com": "blogger", "substack.com": "substack", "wordpress.com": "wordpress"}
_SIGN_BYTES = 200_000
_CHANNEL = re.compile(rb"(?:channel_id=|/channel/|\"channelId\":\")(UC[\w-]{22})")


def platform_feeds(page_url: str, generator: str, body: bytes) -> Iterator[str]:
    """Likely feeds of the page at ``page_url`` by its host, its ``generator`` and what its ``body`` shows."""
    parts = urlsplit(page_url)
    host = (parts.hostname or "").removeprefix("www.")
    yield from _large_site(parts, host, body)
    names = [name for name in _PATHS if name in generator.lower()]
    names += [name for domain, name in _HOSTS.items() if host.endswith("." + domain)]
    names += [name for name, sign in _SIGNS.items() if sign in body[:_SIGN_BYTES]]
    bare = parts.path.rstrip("/")
    for name in dict.fromkeys(names):
        for path in _PATHS[name]:
            yield urljoin(page_url, path.format(page=f"{bare}/", bare=bare or "/"))


def _large_site(parts: SplitResult, host: str, body: bytes) -> Iterator[str]:
    path = parts.path.rstrip("/")
    first = path.split("/")[1] if path else ""
    if host == "gov.uk" and path and not path.endswith(".atom"):
        yield urlunsplit(parts._replace(path=f"{path}.atom", fragment=""))
    elif host == "medium.com" and first:
        yield f"https://medium.com/feed/{first}"
    elif host.endswith(".medium.com"):
        yield f"https://{host}/feed"
    elif host in {"youtube.com", "m.youtube.com"}:
        if playlist := parse_qs(parts.query).get("list"):
            yield f"https://www.youtube.com/feeds/videos.xml?playlist_id={playlist[0]}"
        elif channel := _CHANNEL.search(path.encode()) or _CHANNEL.search(body):
            yield f"https://www.youtube.com/feeds/videos.xml?channel_id={channel[1].decode()}"

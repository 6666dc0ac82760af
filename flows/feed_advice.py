"""What to do about a feed that could not be had, or is not what it was: a clause for each kind of trouble."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flows.fetch import Cause, Failed, Outcome, Refused
from flows.fetch_records import FEED_BYTES, MOST_SECONDS

if TYPE_CHECKING:
    from datetime import datetime

    from extractors.records import ParsedFeed
    from flows.settings import FeedConfig

_QUIET = timedelta(days=60)
_BUSIER_ENTRIES_7D = 1
_BY_STATUS = {
    401: "it wants a login, which this program has none for: use a public feed, or remove it",
    402: "it wants payment: use a public feed, or remove it",
    403: "the publisher keeps this program out: ask them to let it in, and tell them who asks by fetch.contact"
    " or STANCEWATCH_CONTACT",
    404: "the address is gone",
    406: "the server does not give a feed at this address",
    410: "the publisher has withdrawn it for good: replace or remove it",
    429: "the server asks for fewer requests: raise interval_minutes",
    451: "it may not be had for legal reasons: remove it",
}
_BY_CAUSE = {
    Cause.NETWORK: "see whether the host's name is right and opens in a browser; if it does, it may pass by itself",
    Cause.TIME: "the server is slow: it may pass; if not, raise fetch.total_seconds in feeds.yml"
    f" ({MOST_SECONDS:g} at most)",
    Cause.SIZE: f"raise fetch.feed_max_bytes in feeds.yml ({FEED_BYTES} at most), or use a smaller feed of theirs",
    Cause.REDIRECT: "the publisher's redirects lead nowhere: give the final address",
    Cause.ADDRESS: "only public addresses are fetched; one of your own goes into STANCEWATCH_LOCAL_HOSTS as host:port",
    Cause.SITE: "the publisher's wish is kept: ask for permission, use another feed, or remove it",
    Cause.TURN: "the host has asked for a pause: try again later",
}
_BUSY, _SERVER_FAULT = 429, 500
_UNKNOWN_SITE = "the site did not say what it allows: it may pass by itself"


def advise_fetch(fetch: Outcome) -> str:
    """What to do about a fetch that brought nothing."""
    if not isinstance(fetch, Failed | Refused):
        return "ask again later"
    if fetch.cause is Cause.HTTP and fetch.http_status is not None:
        if fetch.http_status >= _SERVER_FAULT:
            return "the server has trouble of its own: try again later, nothing need be changed"
        return _BY_STATUS.get(fetch.http_status, "look at the address in a browser")
    if fetch.cause is Cause.SITE and isinstance(fetch, Failed):
        return _UNKNOWN_SITE
    return _BY_CAUSE.get(fetch.cause, "look at the address in a browser")


def may_pass(fetch: Outcome) -> bool:
    """Whether the trouble may pass by itself, so that no other address need be looked for."""
    if not isinstance(fetch, Failed | Refused):
        return False
    if fetch.cause is Cause.HTTP:
        return fetch.http_status == _BUSY or (fetch.http_status or 0) >= _SERVER_FAULT
    return fetch.cause in {Cause.TIME, Cause.TURN} or (fetch.cause is Cause.SITE and isinstance(fetch, Failed))


def advise_feed(feed: FeedConfig, parsed: ParsedFeed, now: datetime) -> str:
    """What somebody should know of a feed that can be read; an empty string where it is well."""
    if is_of_comments(parsed):
        return "is a feed of comments: use the publisher's feed of articles"
    dates = [date for entry in parsed.entries if (date := entry.published_at or entry.updated_at)]
    if not dates and not parsed.is_sitemap:
        return "its entries bear no dates, so that each counts as published when it is first seen"
    is_busy = feed.expected_7d >= _BUSIER_ENTRIES_7D
    if dates and now - max(dates) > _QUIET and is_busy:
        return f"nothing new for {(now - max(dates)).days} days: the publisher may have moved to another feed"
    return ""


def is_of_comments(parsed: ParsedFeed) -> bool:
    """Whether a feed carries readers' comments, as its title says."""
    return parsed.title.casefold().startswith(("comments for ", "comments on"))

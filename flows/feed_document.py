"""A feed's document, page of its archive or sitemap, read in a worker: without the secrets that publishers write in."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from extractors.records import ParsedFeed
from flows.jobs import ParseFeedJob, Rejected, SitemapIndex

if TYPE_CHECKING:
    from flows.fetch import Fetched
    from flows.run import Run


async def read_document(run: Run, fetch: Fetched) -> ParsedFeed | SitemapIndex | Rejected:
    """What a document that came holds; whoever fetches feeds reads them here, so that no address keeps a key."""
    parsed = await run.workers.run(ParseFeedJob(fetch.spool, fetch.content_type, fetch.final_url, run.now))
    secrets = run.fetcher.secrets
    match parsed:
        case ParsedFeed():
            return secrets.cover_feed(parsed)
        case SitemapIndex():
            children = (dataclasses.replace(link, url=secrets.cover_named(link.url)) for link in parsed.children)
            return SitemapIndex(tuple(children))
        case Rejected():
            return parsed
    return Rejected("gave no feed")

-- Where older entries of a feed may lie: documents of the publisher that are to be asked, or were. What one says of
-- another (that it is older, that it changed) decides whether that is worth asking; so a killed walk goes on from here.
-- An entry found on such a walk carries the day from which articles are kept.
CREATE TABLE store.archive_pages (
    feed_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    role VARCHAR NOT NULL,              -- feed: holds entries of the feed; sitemap: names pages of the whole site
    family VARCHAR NOT NULL,            -- of a family one that answers well is enough; empty: stands alone
    depth INTEGER NOT NULL,             -- how many documents lead to it
    position INTEGER NOT NULL,          -- its place among those that one document names
    newest_at TIMESTAMPTZ,              -- nothing in it is newer, as far as another one tells
    oldest_at TIMESTAMPTZ,              -- its oldest entry
    back_to TIMESTAMPTZ,                -- how far back it leads, its oldest few entries left aside: they may be pinned
    state VARCHAR NOT NULL,             -- waiting | asked | useless (it gave nothing, or what others gave)
    reason VARCHAR NOT NULL,
    found_at TIMESTAMPTZ NOT NULL,
    asked_at TIMESTAMPTZ,
    asked_since TIMESTAMPTZ             -- from which day on its entries were taken when it was asked
);
ALTER TABLE store.entries ADD COLUMN kept_since TIMESTAMPTZ;

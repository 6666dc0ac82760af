CREATE OR REPLACE VIEW main.fetches AS
SELECT
    f.url, f.final_url, f.feed_id, f.kind, f.started_at, f.outcome, f.reason, f.http_status, f.bytes, f.seconds,
    regexp_extract(f.url, '^[a-z]+://([^/?#]+)', 1) AS host, coalesce(d.publisher, '') AS publisher, f.run_id
FROM store.fetches AS f
LEFT JOIN store.feeds AS d USING (feed_id);

COMMENT ON VIEW main.fetches IS 'Every request made, one row each, with exactly one outcome.';
COMMENT ON COLUMN main.fetches.url IS 'Address asked for.';
COMMENT ON COLUMN main.fetches.final_url IS 'Address that answered, after redirects.';
COMMENT ON COLUMN main.fetches.feed_id IS 'Feed on whose behalf (feeds.feed_id); empty for none.';
COMMENT ON COLUMN main.fetches.kind IS 'feed, page, robots (robots.txt, and tdmrep.json, whose 404 is no fault) or discovery (looking for a feed).';
COMMENT ON COLUMN main.fetches.started_at IS 'When the request began (UTC).';
COMMENT ON COLUMN main.fetches.outcome IS 'ok, not_modified, degraded, failed or refused.';
COMMENT ON COLUMN main.fetches.reason IS 'Why, in words; empty when ok.';
COMMENT ON COLUMN main.fetches.http_status IS 'HTTP status; null when no answer came.';
COMMENT ON COLUMN main.fetches.bytes IS 'Bytes received on the wire.';
COMMENT ON COLUMN main.fetches.seconds IS 'Seconds from request to end.';
COMMENT ON COLUMN main.fetches.host IS 'Host of url, with the port where one is given.';
COMMENT ON COLUMN main.fetches.publisher IS 'Outlet of the feed; empty for none.';
COMMENT ON COLUMN main.fetches.run_id IS 'Run that made it (runs.run_id).';

CREATE OR REPLACE VIEW main.fetches AS
SELECT url, final_url, feed_id, kind, started_at, outcome, reason, http_status, bytes, seconds
FROM store.fetches;

COMMENT ON VIEW main.fetches IS 'Every request made, with exactly one outcome.';
COMMENT ON COLUMN main.fetches.url IS 'Address asked for.';
COMMENT ON COLUMN main.fetches.final_url IS 'Address that answered, after redirects.';
COMMENT ON COLUMN main.fetches.feed_id IS 'Feed on whose behalf; empty for none.';
COMMENT ON COLUMN main.fetches.kind IS 'feed, page, robots or discovery.';
COMMENT ON COLUMN main.fetches.started_at IS 'When the request began (UTC).';
COMMENT ON COLUMN main.fetches.outcome IS 'ok, not_modified, degraded, failed or refused.';
COMMENT ON COLUMN main.fetches.reason IS 'Why, in words; empty when ok.';
COMMENT ON COLUMN main.fetches.http_status IS 'HTTP status; null when no answer came.';
COMMENT ON COLUMN main.fetches.bytes IS 'Bytes received on the wire.';
COMMENT ON COLUMN main.fetches.seconds IS 'Seconds from request to end.';

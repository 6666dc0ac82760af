CREATE OR REPLACE VIEW main.feeds AS
SELECT feed_id, publisher, kind, homepage, url, configured_url, format, interval_minutes, is_configured, baseline_at
FROM store.feeds;

COMMENT ON VIEW main.feeds IS 'The feeds watched, one row each, with those that were taken out of the configuration.';
COMMENT ON COLUMN main.feeds.feed_id IS 'Short name from config/feeds.yml.';
COMMENT ON COLUMN main.feeds.publisher IS 'Outlet or body that owns it.';
COMMENT ON COLUMN main.feeds.kind IS 'Kind of publisher: trade_press, national_press, broadcaster, official, parliament, membership_body, think_tank, union_professional, local_government, patient_voluntary, newswire or blog. JOIN feeds USING (feed_id) tells it of articles and statements.';
COMMENT ON COLUMN main.feeds.homepage IS 'Where its feed is announced.';
COMMENT ON COLUMN main.feeds.url IS 'Address in use.';
COMMENT ON COLUMN main.feeds.configured_url IS 'Address in config/feeds.yml.';
COMMENT ON COLUMN main.feeds.format IS 'feed (RSS, Atom, JSON Feed) or sitemap.';
COMMENT ON COLUMN main.feeds.interval_minutes IS 'Least number of minutes between two polls.';
COMMENT ON COLUMN main.feeds.is_configured IS 'False once it was taken out of the configuration.';
COMMENT ON COLUMN main.feeds.baseline_at IS 'First successful poll (UTC): what was there then is history and raises no alert; null before it.';

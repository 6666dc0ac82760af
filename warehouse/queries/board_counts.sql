-- How much there is, and from when to when.
SELECT
    (SELECT count(*) FROM store.articles) AS articles,
    (SELECT count(*) FROM store.statements WHERE is_current) AS statements,
    (SELECT count(*) FROM store.statements WHERE is_current AND stance <> 'none') AS sided,
    (SELECT count(DISTINCT actor_id) FROM store.positions WHERE is_new) AS actors,
    (SELECT count(DISTINCT publisher) FROM store.articles) AS publishers,
    (SELECT count(*) FROM store.feeds WHERE is_configured) AS feeds,
    (SELECT count(*) FROM store.positions WHERE is_new) AS positions,
    (SELECT min(coalesce(published_at, first_seen_at)) FROM store.articles) AS first_at,
    (SELECT max(coalesce(published_at, first_seen_at)) FROM store.articles) AS last_at

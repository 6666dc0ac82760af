-- sides by kind and quarter
SELECT actor_type, date_trunc('quarter', published_at) AS quarter, stance, count(*) AS statements
FROM statements WHERE stance <> 'none' GROUP BY ALL ORDER BY ALL;
-- themes month by month
SELECT month, theme, statements, local, central FROM theme_trends ORDER BY month, statements DESC;
-- who changed sides this year
SELECT person, organisation, previous_stance, stance, published_at, url FROM stance_events
WHERE kind = 'shift' AND published_at > (SELECT max(published_at) FROM articles) - INTERVAL 1 YEAR ORDER BY published_at;
-- where everybody stands
SELECT actor_type, stance, count(*) AS actors, sum(statements) AS statements FROM actor_positions GROUP BY ALL ORDER BY ALL;
-- positions in order
SELECT person, organisation, stance, since, previous_stance, statements, url FROM actor_positions ORDER BY statements DESC LIMIT 100;
-- who agrees with Body 7
SELECT a.person, a.organisation, a.stance FROM actor_positions AS a
WHERE a.stance = (SELECT stance FROM actor_positions WHERE organisation = 'Body 7' AND person = '' LIMIT 1) ORDER BY a.organisation, a.person;
-- who fell silent
SELECT person, organisation, last_published_at FROM actor_positions
WHERE last_published_at < (SELECT max(published_at) FROM articles) - INTERVAL 1 YEAR ORDER BY statements DESC LIMIT 100;
-- quotes on a theme in a week
SELECT person, organisation, text, evidence, publisher, url FROM statements
WHERE list_contains(themes, 'finance') AND stance <> 'none'
  AND published_at > (SELECT max(published_at) FROM articles) - INTERVAL 7 DAY ORDER BY published_at DESC;
-- all that somebody said
SELECT published_at, stance, text, publisher FROM statements WHERE person = 'First5 Last5' ORDER BY published_at;
-- one actor through time
SELECT * FROM stance_timeline('First5 Last5');
-- outlets that print new sides first
SELECT publisher, count(*) AS firsts FROM stance_events WHERE kind = 'first' GROUP BY publisher ORDER BY firsts DESC;
-- outlets and the sides they print
SELECT publisher, stance, count(*) AS statements FROM statements GROUP BY ALL ORDER BY ALL;
-- events by month and kind
SELECT date_trunc('month', detected_at) AS month, kind, count(*) AS events FROM stance_events GROUP BY ALL ORDER BY ALL;
-- newest events
SELECT * FROM stance_events ORDER BY detected_at DESC LIMIT 50;
-- words printed most widely
SELECT quote, len(sources) AS outlets FROM stance_events ORDER BY outlets DESC, event_id LIMIT 20;
-- actors by kind
SELECT actor_type, count(*) AS actors, sum(statements) AS statements FROM actors GROUP BY ALL ORDER BY ALL;
-- actors quoted most
SELECT person, organisation, statements, first_published_at, last_published_at FROM actors ORDER BY statements DESC LIMIT 100;
-- actors in doubt
SELECT person, organisation, doubt FROM actors WHERE is_doubtful ORDER BY statements DESC LIMIT 100;
-- one actor
SELECT * FROM actors WHERE person = 'First5 Last5';
-- stories with most copies
SELECT title, articles, publishers FROM stories ORDER BY articles DESC, story_id LIMIT 20;
-- stories by size
SELECT articles, count(*) AS stories FROM stories GROUP BY ALL ORDER BY ALL;
-- articles by outlet and year
SELECT publisher, year(published_at) AS year, count(*) AS articles, sum(words) AS words FROM articles GROUP BY ALL ORDER BY ALL;
-- edits by outlet
SELECT publisher, count(*) AS edits FROM revisions WHERE revision > 1 GROUP BY publisher ORDER BY edits DESC;
-- newest edits
SELECT url, title, added, removed, fetched_at FROM revisions WHERE revision > 1 ORDER BY fetched_at DESC LIMIT 20;
-- feeds in trouble
SELECT * FROM feed_health ORDER BY notice DESC, feed_id;
-- requests by outcome
SELECT kind, outcome, count(*) AS requests, avg(seconds) AS seconds FROM fetches GROUP BY ALL ORDER BY ALL;
-- drops by reason
SELECT stage, reason, count(*) AS drops, max(dropped_at) AS latest FROM drops GROUP BY ALL ORDER BY drops DESC;
-- corrections against confidence
SELECT round(own_confidence, 1) AS confidence, count(*) AS corrections, count(*) FILTER (stance <> own_stance) AS wrong
FROM corrections WHERE status = 'in force' GROUP BY ALL ORDER BY ALL;
-- alerts by destination and status
SELECT destination, status, count(*) AS alerts FROM alerts GROUP BY ALL ORDER BY ALL;
-- messages by month
SELECT date_trunc('month', created_at) AS month, status, count(*) AS messages, sum(alerts) AS alerts FROM messages GROUP BY ALL ORDER BY ALL;
-- attempts by outcome
SELECT destination, outcome, count(*) AS attempts FROM deliveries GROUP BY ALL ORDER BY ALL;
-- runs by month
SELECT date_trunc('month', started_at) AS month, flow, status, count(*) AS runs FROM runs GROUP BY ALL ORDER BY ALL;
-- a phrase in the words
SELECT person, organisation, text FROM statements WHERE contains(lower(text), 'bergon pumi') ORDER BY published_at DESC LIMIT 50;
-- search for two of the commonest words
SELECT kind, person, title, excerpt, score FROM search('wun pa');
-- search for two words
SELECT kind, person, title, excerpt, score FROM search('riho bolu');
-- search for a phrase
SELECT kind, person, title, excerpt, score FROM search('"wun docul"');
-- statements similar to one
SELECT * FROM similar_statements(substr(md5('s1234'), 1, 16));

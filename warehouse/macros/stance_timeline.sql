-- Every position of an actor in order of time; the name may be a part of a person's or an organisation's.
CREATE OR REPLACE MACRO main.stance_timeline(actor) AS TABLE
SELECT e.published_at, e.kind, e.person, e.organisation, e.stance, e.confidence, e.quote, e.publisher, e.url
FROM main.stance_events AS e
WHERE contains(lower(e.person), lower(actor)) OR contains(lower(e.organisation), lower(actor))
ORDER BY e.published_at;

COMMENT ON MACRO TABLE main.stance_timeline IS 'Every position of an actor in order of time; the name may be a part of a person''s or an organisation''s.';

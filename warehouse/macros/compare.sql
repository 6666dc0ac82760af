-- The latest position of each on each theme, whoever of those that the name fits took it. Names are compared as
-- plain_name has them.
CREATE OR REPLACE MACRO main.compare(actor_a, actor_b) AS TABLE
WITH people AS (
    SELECT 'a' AS side, actor_id FROM store.people_called(actor_a)
    UNION ALL
    SELECT 'b' AS side, actor_id FROM store.people_called(actor_b)
),
houses AS (
    SELECT 'a' AS side, organisation FROM store.bodies_called(actor_a)
    UNION ALL
    SELECT 'b' AS side, organisation FROM store.bodies_called(actor_b)
),
-- Each by itself, so that a few names are looked for while the positions are read, not behind.
found AS (
    SELECT p.side, h.*
    FROM main.stance_history AS h
    JOIN people AS p ON p.actor_id = h.actor_id
    UNION ALL
    SELECT o.side, h.*
    FROM main.stance_history AS h
    JOIN houses AS o ON o.organisation = h.organisation
    ANTI JOIN people AS p ON p.side = o.side AND p.actor_id = h.actor_id
),
-- In the order of the views organisations and agreements: of one article a body's own side comes last, then the surest.
placed AS (
    SELECT
        side, themes, stance, said_at, actor_name, quote, url,
        row_number() OVER (
            ORDER BY said_at, first_seen_at, article_id, person = '', confidence, actor_id DESC) AS place
    FROM found
),
taken AS (SELECT * EXCLUDE (themes), unnest(themes) AS theme FROM placed),
-- The unbroken run of the latest side begins behind the last position of another.
latest AS (
    SELECT
        side, theme, arg_max(struct_pack(stance, said_at, actor_name, quote, url), place) AS latest
    FROM taken
    GROUP BY side, theme
),
others AS (
    SELECT t.side, t.theme, max(t.place) AS place
    FROM taken AS t
    JOIN latest AS l ON l.side = t.side AND l.theme = t.theme AND l.latest.stance <> t.stance
    GROUP BY t.side, t.theme
),
summed AS (
    SELECT l.side, l.theme, any_value(l.latest) AS latest, min(t.said_at) AS since
    FROM taken AS t
    JOIN latest AS l ON l.side = t.side AND l.theme = t.theme
    LEFT JOIN others AS o ON o.side = t.side AND o.theme = t.theme
    WHERE o.place IS NULL OR t.place > o.place
    GROUP BY l.side, l.theme
)
SELECT
    coalesce(a.theme, b.theme) AS theme, coalesce(t.label, a.theme, b.theme) AS label, a.latest.stance AS stance_a,
    b.latest.stance AS stance_b,
    CASE
        WHEN a.theme IS NULL OR b.theme IS NULL THEN NULL
        WHEN a.latest.stance = b.latest.stance THEN 'agrees'
        WHEN 'balanced' IN (a.latest.stance, b.latest.stance) THEN 'differs'
        WHEN a.latest.stance <> b.latest.stance THEN 'opposes'
    END AS relation,
    a.since AS since_a, b.since AS since_b, a.latest.actor_name AS said_by_a, b.latest.actor_name AS said_by_b,
    a.latest.said_at AS said_at_a, b.latest.said_at AS said_at_b, a.latest.quote AS quote_a, b.latest.quote AS quote_b,
    a.latest.url AS url_a, b.latest.url AS url_b
FROM (FROM summed WHERE side = 'a') AS a
FULL JOIN (FROM summed WHERE side = 'b') AS b ON b.theme = a.theme
LEFT JOIN store.themes AS t ON t.theme = coalesce(a.theme, b.theme)
ORDER BY a.theme IS NULL OR b.theme IS NULL, coalesce(a.theme, b.theme);

COMMENT ON MACRO TABLE main.compare IS 'Two actors theme by theme: the latest side of each (of all that the name fits, as in stance_timeline), since when without another in between, relation (agrees; opposes: one is local, the other central; differs: one of them is balanced), with the latest words and where they were printed. relation is null on themes that only one of them took a side on.';

-- Columns, for docs/warehouse.md:
-- theme: Governance theme (themes.theme).
-- label: Its name for readers.
-- stance_a: Latest side of the first on the theme; null, with all of its columns, if it never took one on it.
-- stance_b: Latest side of the second, likewise.
-- relation: agrees, opposes (one local, one central) or differs (one of them balanced); null where only one took a side.
-- since_a: First publication of the first's side without another in between (UTC).
-- since_b: The same of the second.
-- said_by_a: Who took the first's side last, of all that the name fits.
-- said_by_b: Who took the second's.
-- said_at_a: When the first's side was last printed (UTC).
-- said_at_b: When the second's was.
-- quote_a: The words that carry the first's side there, exactly as printed.
-- quote_b: The words of the second.
-- url_a: Where the first's were printed.
-- url_b: Where the second's were.

-- Nearness is the share of word trigrams in common, which finds quotations of the seeds, not paraphrases.
CREATE OR REPLACE VIEW main.seed_echoes AS
WITH seed AS (
    SELECT s.statement_id, s.stance, s.text, s.person, s.organisation, s.shingles
    FROM store.statements AS s
    JOIN store.articles AS a USING (article_id)
    WHERE a.kind = 'seed' AND s.is_current AND len(s.shingles) > 0
),
pairs AS (
    SELECT
        s.statement_id, d.statement_id AS seed_statement_id, s.stance, d.stance AS seed_stance,
        s.person, s.organisation, d.person AS seed_person, d.organisation AS seed_organisation, s.text,
        d.text AS seed_text,
        len(list_intersect(s.shingles, d.shingles)) / least(len(s.shingles), len(d.shingles)) AS nearness
    FROM store.statements AS s
    JOIN store.articles AS a USING (article_id)
    CROSS JOIN seed AS d
    WHERE a.kind <> 'seed' AND s.is_current AND len(s.shingles) > 0
)
SELECT
    statement_id, seed_statement_id, nearness, stance, seed_stance, person, organisation, seed_person,
    seed_organisation, text, seed_text
FROM pairs
WHERE nearness > 0
QUALIFY row_number() OVER (PARTITION BY statement_id ORDER BY nearness DESC, seed_statement_id) <= 3;

COMMENT ON VIEW main.seed_echoes IS 'Statements that share words with a seed statement, nearest first, at most three each.';
COMMENT ON COLUMN main.seed_echoes.statement_id IS 'The newer statement.';
COMMENT ON COLUMN main.seed_echoes.seed_statement_id IS 'The seed statement.';
COMMENT ON COLUMN main.seed_echoes.nearness IS 'Share of word trigrams in common, from 0 to 1.';
COMMENT ON COLUMN main.seed_echoes.stance IS 'Side of the newer statement.';
COMMENT ON COLUMN main.seed_echoes.seed_stance IS 'Side of the seed statement.';
COMMENT ON COLUMN main.seed_echoes.person IS 'Who said the newer one.';
COMMENT ON COLUMN main.seed_echoes.organisation IS 'For whom.';
COMMENT ON COLUMN main.seed_echoes.seed_person IS 'Who said the seed statement.';
COMMENT ON COLUMN main.seed_echoes.seed_organisation IS 'For whom.';
COMMENT ON COLUMN main.seed_echoes.text IS 'The newer words.';
COMMENT ON COLUMN main.seed_echoes.seed_text IS 'The words of the seed.';

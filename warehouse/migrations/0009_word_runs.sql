-- What near-copies of a statement are found by, without a look at all that its speaker ever said: runs of three words,
-- each together with the voice that said them, so that a phrase which everybody uses is not met in everybody's words.
-- Rows are only ever added: one under a voice that a statement has no more is a candidate too many, and compared in vain.
CREATE TABLE store.word_runs (
    low_bits UINTEGER NOT NULL,         -- 20 of them: as many as DuckDB looks up in a plain array
    high_bits USMALLINT NOT NULL,       -- the next 12
    statement_id VARCHAR NOT NULL
);

-- In which voices each persona was heard.
CREATE TABLE store.voices (
    persona_id VARCHAR NOT NULL,
    voice VARCHAR NOT NULL
);

-- The voice under which its runs were stored last: the organisation spoken for, or the persona where none is named.
ALTER TABLE store.statements ADD COLUMN settled_voice VARCHAR;

UPDATE store.statements SET settled_voice = coalesce(nullif(organisation, ''), persona_id) WHERE settled_at IS NOT NULL;

INSERT INTO store.voices
SELECT DISTINCT persona_id, settled_voice FROM store.statements
WHERE persona_id IS NOT NULL AND settled_voice IS NOT NULL;

INSERT INTO store.word_runs
SELECT
    run & 1048575, (run >> 20) & 4095, statement_id
FROM (
    SELECT statement_id, xor(CAST(unnest(shingles) AS UBIGINT), md5_number_lower(settled_voice)) AS run
    FROM store.statements
    WHERE settled_voice IS NOT NULL AND len(shingles) >= 4
);

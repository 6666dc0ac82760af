-- The runs of three words of what is new, and of what is said in another voice than it was settled in.
INSERT INTO store.word_runs
SELECT run & 1048575, (run >> 20) & 4095, statement_id
FROM (
    SELECT s.statement_id, xor(CAST(unnest(s.shingles) AS UBIGINT), md5_number_lower(w.voice)) AS run
    FROM store.statements AS s
    JOIN waiting_statements AS w ON w.row_id = s.rowid
    WHERE w.voice <> coalesce(w.settled_voice, '') AND len(s.shingles) >= 4
)

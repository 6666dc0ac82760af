-- Second opinions of a language model, one row an attempt: answers that can be believed are asked for once; of the others
-- it is kept why the engine's own label stands.
CREATE TABLE store.opinions (
    question_id VARCHAR NOT NULL,       -- hash of the statement and what was shown around it
    judge VARCHAR NOT NULL,             -- model and version of the prompt
    statement_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL,
    outcome VARCHAR NOT NULL,           -- ok | other_person | malformed | not_verbatim | timeout | unreachable | ...
    detail VARCHAR NOT NULL,
    stance VARCHAR NOT NULL,            -- empty unless ok, like all below
    confidence DOUBLE NOT NULL,
    evidence_start INTEGER NOT NULL,    -- in the statement
    evidence_end INTEGER NOT NULL,
    themes VARCHAR[] NOT NULL,
    prompt_tokens BIGINT NOT NULL,
    completion_tokens BIGINT NOT NULL,
    own_stance VARCHAR NOT NULL,        -- the engine's own label at that time
    own_confidence DOUBLE NOT NULL
);

ALTER TABLE store.statements ADD COLUMN question_id VARCHAR;

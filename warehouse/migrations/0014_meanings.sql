-- What current statements say: a row each for those in which the engine found a side or a theme.
CREATE TABLE store.meanings (
    statement_id VARCHAR NOT NULL,
    version VARCHAR NOT NULL,           -- of the reader: meanings of two versions cannot be compared
    bits_1 BIGINT NOT NULL,             -- a signature of 256 bits: the fewer differ, the nearer, by and large
    bits_2 BIGINT NOT NULL,
    bits_3 BIGINT NOT NULL,
    bits_4 BIGINT NOT NULL,
    numbers TINYINT[] NOT NULL,         -- 64 of them: the smaller the angle, the nearer
    echoed_with VARCHAR NOT NULL        -- key of the seed statements that it was held against; empty: of none yet
);

-- The seed statements, at most three each, that a newer statement comes near.
CREATE TABLE store.echoes (
    statement_id VARCHAR NOT NULL,
    seed_statement_id VARCHAR NOT NULL,
    nearness DOUBLE NOT NULL
);

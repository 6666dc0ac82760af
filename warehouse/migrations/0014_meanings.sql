-- What current statements say, as signatures of 256 bits: the fewer bits differ, the nearer. A row each for those that
-- the engine found a side or a theme in.
CREATE TABLE store.meanings (
    statement_id VARCHAR NOT NULL,
    version VARCHAR NOT NULL,           -- of the reader: signatures of two versions cannot be compared
    bits_1 BIGINT NOT NULL,
    bits_2 BIGINT NOT NULL,
    bits_3 BIGINT NOT NULL,
    bits_4 BIGINT NOT NULL,
    echoed_with VARCHAR NOT NULL        -- key of the seed statements that it was held against; empty: of none yet
);

-- The seed statements, at most three each, that a newer statement comes near.
CREATE TABLE store.echoes (
    statement_id VARCHAR NOT NULL,
    seed_statement_id VARCHAR NOT NULL,
    nearness DOUBLE NOT NULL
);

-- One row beside DuckLake's own tables: who may write, and which snapshot is published.
CREATE TABLE IF NOT EXISTS stancewatch (
    token BIGINT NOT NULL,              -- of the last who took the lease
    holder TEXT NOT NULL,               -- empty once he let go of it
    taken_at TIMESTAMPTZ NOT NULL,
    published BIGINT,                   -- DuckLake's snapshot_id that readers see; null: nothing is published yet
    published_at TIMESTAMPTZ
);

INSERT INTO stancewatch (token, holder, taken_at)
SELECT 0, '', now() WHERE NOT EXISTS (SELECT FROM stancewatch);

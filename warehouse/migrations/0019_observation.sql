-- What a run cost, where it ran and the number of its lease; troubles told to whoever keeps the machine running.
ALTER TABLE store.runs ADD COLUMN IF NOT EXISTS host VARCHAR;
ALTER TABLE store.runs ADD COLUMN IF NOT EXISTS lease BIGINT;
ALTER TABLE store.runs ADD COLUMN IF NOT EXISTS stage_seconds MAP(VARCHAR, DOUBLE);
ALTER TABLE store.runs ADD COLUMN IF NOT EXISTS stage_bytes MAP(VARCHAR, BIGINT);
ALTER TABLE store.runs ADD COLUMN IF NOT EXISTS memory_bytes BIGINT;
ALTER TABLE store.runs ADD COLUMN IF NOT EXISTS worker_memory_bytes BIGINT;

-- One row for each time that something was wrong; open while ended_at is null.
CREATE TABLE store.troubles (
    trouble VARCHAR NOT NULL,           -- what is wrong with what: runs:monitor, feed:NAME, disk, destination:NAME, drift
    words VARCHAR NOT NULL,             -- how it stands
    advice VARCHAR NOT NULL,            -- what to do
    began_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    told_at TIMESTAMPTZ,                -- when it was last put into a message; null: never
    is_end_told BOOLEAN NOT NULL
);

-- What a message of kind operator says, line by line.
CREATE TABLE store.notices (
    message_id VARCHAR NOT NULL,
    trouble VARCHAR NOT NULL,
    change VARCHAR NOT NULL,            -- begins | lasts | ends
    words VARCHAR NOT NULL,
    advice VARCHAR NOT NULL,
    began_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ
);

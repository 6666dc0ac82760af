-- What is learnt of each feed by polling it, and what each site asks of machines.
ALTER TABLE store.feeds ADD COLUMN poll_minutes INTEGER DEFAULT 0;      -- learnt interval; 0: not yet learnt
ALTER TABLE store.feeds ADD COLUMN full_at TIMESTAMPTZ;                 -- when a whole document came last
ALTER TABLE store.feeds ADD COLUMN moved_to VARCHAR DEFAULT '';         -- where a permanent redirect pointed last
ALTER TABLE store.feeds ADD COLUMN moved_times INTEGER DEFAULT 0;       -- how often in a row it pointed there
ALTER TABLE store.feeds ADD COLUMN entries_hash VARCHAR DEFAULT '';     -- of the ids in the last document
ALTER TABLE store.feeds ADD COLUMN changed_at TIMESTAMPTZ;              -- when these ids changed last
ALTER TABLE store.feeds ADD COLUMN is_dated BOOLEAN;                    -- whether the last document had dates
ALTER TABLE store.feeds ADD COLUMN was_dated BOOLEAN DEFAULT false;     -- whether any had

CREATE TABLE store.sites (
    origin VARCHAR NOT NULL,            -- scheme, host and port, with a slash
    fetched_at TIMESTAMPTZ NOT NULL,
    robots VARCHAR NOT NULL,            -- the lines of its robots.txt that may concern us
    reserved VARCHAR[] NOT NULL         -- path patterns that its tdmrep.json reserves
);

-- Whether mail that was sent lies in the mailbox that its destination has for a probe.
CREATE TABLE store.arrivals (
    message_id VARCHAR NOT NULL,
    destination VARCHAR NOT NULL,
    sent_at TIMESTAMPTZ NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,        -- from then on its absence is a trouble
    arrived_at TIMESTAMPTZ,             -- by the clock of the mailbox; null: not seen
    checked_at TIMESTAMPTZ NOT NULL,
    detail VARCHAR NOT NULL             -- why the mailbox could not be looked into, in words
);

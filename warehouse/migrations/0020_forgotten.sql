-- That somebody was forgotten, and how; whom, only the file of standing orders beside the warehouse can tell (see
-- standing_orders.py), which must be there as long as a row is here.
CREATE TABLE store.forgotten (
    order_id VARCHAR NOT NULL,
    mode VARCHAR NOT NULL,              -- pseudonym | erase
    name_hash VARCHAR NOT NULL,         -- keyed: without that file it says nothing
    asked_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL
);

-- What is sent is a message, and an alert is carried by one: alone, in a digest, or in the list that stands for too many.
-- A message has a state of its own, whatever it carries; an alert without one says what it waits for.
CREATE TABLE store.messages (
    message_id VARCHAR NOT NULL,        -- of an alert sent alone: the alert's; else a hash of destination and window
    kind VARCHAR NOT NULL,              -- alert | digest | summary | heartbeat
    destination VARCHAR NOT NULL,
    timing VARCHAR NOT NULL,            -- at_once | hourly | daily | weekly
    window_start TIMESTAMPTZ,           -- what it tells of happened from here on, up to window_end; null: one alert
    window_end TIMESTAMPTZ,
    status VARCHAR NOT NULL,            -- pending | sending | sent | unknown | dead
    attempts INTEGER NOT NULL,
    is_repeat BOOLEAN NOT NULL,         -- it may have arrived before: sent again once, and marked
    recipients VARCHAR[] NOT NULL,      -- empty: all; else those who did not get it yet
    created_at TIMESTAMPTZ NOT NULL,
    next_attempt_at TIMESTAMPTZ
);

INSERT INTO store.messages
SELECT
    alert_id, 'alert', destination, 'at_once', NULL, NULL, status, attempts, is_repeat, recipients, created_at,
    next_attempt_at
FROM store.alerts
WHERE timing = 'at_once';

INSERT INTO store.messages
SELECT digest_id, 'digest', destination, 'daily', window_start, window_end, 'sent', 1, false, [], created_at, NULL
FROM store.digests;

-- Alerts that a digest took along: the first one made behind them. What was on its way, or held, is held again.
CREATE TABLE store.outbox (
    alert_id VARCHAR NOT NULL,
    event_id VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    destination VARCHAR NOT NULL,
    timing VARCHAR NOT NULL,            -- at_once | hourly | daily | weekly
    status VARCHAR NOT NULL,            -- pending | held | review | dismissed | carried (then the message says how it stands)
    hold_reason VARCHAR NOT NULL,       -- what it waits for, in words
    message_id VARCHAR,
    created_at TIMESTAMPTZ NOT NULL
);

INSERT INTO store.outbox
SELECT
    a.alert_id, a.event_id, a.rule, a.destination, replace(a.timing, 'digest', 'daily') AS timing,
    CASE
        WHEN a.timing = 'at_once' OR (a.status NOT IN ('held', 'sending', 'pending') AND m.message_id IS NOT NULL) THEN 'carried'
        ELSE 'held'
    END AS status,
    CASE WHEN a.timing = 'at_once' THEN '' ELSE 'daily digest' END AS hold_reason,
    CASE
        WHEN a.timing = 'at_once' THEN a.alert_id
        WHEN a.status NOT IN ('held', 'sending', 'pending') THEN m.message_id
    END AS message_id,
    a.created_at
FROM store.alerts AS a
LEFT JOIN (
    SELECT o.alert_id, arg_min(d.digest_id, d.created_at) AS message_id
    FROM store.alerts AS o
    JOIN store.digests AS d ON d.destination = o.destination AND d.created_at >= o.created_at
    GROUP BY o.alert_id
) AS m USING (alert_id);

DROP VIEW IF EXISTS main.alerts;
DROP TABLE store.alerts;
ALTER TABLE store.outbox RENAME TO alerts;
DROP TABLE store.digests;

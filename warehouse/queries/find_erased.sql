-- What the erased personas said, whose positions and events these were, and which messages tell of nothing else.
CREATE OR REPLACE TEMP TABLE erased_statements AS
SELECT statement_id, article_id, start_char, end_char, text, words_key, is_current
FROM store.statements
WHERE persona_id IN (SELECT persona_id FROM staged_erased);

CREATE OR REPLACE TEMP TABLE erased_actors AS
SELECT DISTINCT actor_id FROM store.personas WHERE persona_id IN (SELECT persona_id FROM staged_erased);

CREATE OR REPLACE TEMP TABLE erased_events AS
SELECT event_id FROM store.events
WHERE actor_id IN (SELECT actor_id FROM erased_actors)
    OR statement_id IN (SELECT statement_id FROM erased_statements);

CREATE OR REPLACE TEMP TABLE erased_messages AS
SELECT message_id FROM store.alerts
WHERE message_id IS NOT NULL
GROUP BY message_id
HAVING bool_and(event_id IN (SELECT event_id FROM erased_events));

SELECT count(*) FROM erased_statements

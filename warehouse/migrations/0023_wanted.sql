-- Whether a rule still asks for an alert's event, as it is told now.
ALTER TABLE store.alerts ADD COLUMN IF NOT EXISTS is_wanted BOOLEAN DEFAULT true;

UPDATE store.alerts SET is_wanted = event_id NOT IN (SELECT event_id FROM store.events WHERE kind = 'repeat');

-- When the latest news was recorded; null where there never was any.
SELECT max(detected_at) FROM store.events WHERE kind <> 'repeat'

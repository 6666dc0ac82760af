-- What is judged for the first time.
SELECT kind FROM judged_events ANTI JOIN store.events USING (event_id)

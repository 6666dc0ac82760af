-- The first sign that somebody runs it by the clock: what people start by hand counts for nothing.
SELECT min(started_at) FROM store.runs WHERE flow IN ('monitor', 'digest', 'upkeep', 'lookout')

-- Voices that lost a statement, or had one changed, are counted anew: it may have been their first or last.
DELETE FROM store.heard WHERE (persona_id, organisation) IN (SELECT persona_id, organisation FROM lost_statements)

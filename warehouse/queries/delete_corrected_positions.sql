-- A position that words carry which an edit took out of the page is not worked out anew: it goes with their side or speaker.
DELETE FROM store.positions WHERE statement_id IN (
    SELECT s.statement_id FROM store.statements AS s
    WHERE s.rowid IN (SELECT row_id FROM waiting_statements SEMI JOIN store.amendments USING (statement_id))
        AND (s.stance = 'none' OR s.actor_id IS NULL))

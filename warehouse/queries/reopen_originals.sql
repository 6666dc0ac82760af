-- Whether the words of regrouped actors were printed before is decided anew, and so for words that were taken for theirs.
UPDATE store.statements SET original_id = NULL
WHERE settled_at IS NOT NULL AND (
    actor_id IN (FROM regrouped_actors)
    OR original_id IN (SELECT statement_id FROM store.statements WHERE actor_id IN (FROM regrouped_actors)))

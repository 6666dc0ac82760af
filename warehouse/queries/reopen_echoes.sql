-- A statement on another side may echo other seed statements: it is held against them again.
UPDATE store.meanings SET echoed_with = ''
WHERE statement_id IN (SELECT statement_id FROM corrected_labels)

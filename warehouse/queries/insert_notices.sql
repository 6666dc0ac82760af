-- Each trouble once when it begins, once when it is over, and again while it lasts, none of it sooner than $since allows:
-- what comes and goes within a day is told once. What was never told needs no end.
INSERT INTO store.notices BY NAME
SELECT
    $message_id AS message_id, trouble,
    CASE WHEN ended_at IS NOT NULL THEN 'ends' WHEN told_at IS NULL THEN 'begins' ELSE 'lasts' END AS change,
    words, advice, began_at, ended_at
FROM store.troubles AS t
WHERE (ended_at IS NOT NULL AND told_at IS NOT NULL AND NOT is_end_told)
   OR (ended_at IS NULL AND coalesce(told_at, $since) <= $since
       AND NOT EXISTS (SELECT 1 FROM store.troubles AS o WHERE o.trouble = t.trouble AND o.told_at > $since))

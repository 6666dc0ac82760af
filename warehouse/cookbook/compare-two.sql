-- Where do two actors agree, and where do they oppose each other?
-- Each theme that either took a side on; an organisation speaks through everybody who spoke for it.
-- $one = NHS Confederation
-- $other = DHSC
-- in: Where they stand
SELECT label, stance_a, london_day(since_a) AS since_a, stance_b, london_day(since_b) AS since_b, relation, quote_a, quote_b
FROM compare($one, $other)

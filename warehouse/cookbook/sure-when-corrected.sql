-- How sure was the model where an analyst corrected the side?
-- One row a pair of sides; corrections that were taken back are left out.
-- in: How sure it is
SELECT
    own_stance AS machine_said, stance AS analyst_said, count(*) AS corrections,
    round(avg(own_confidence), 2) AS mean_confidence, round(max(own_confidence), 2) AS highest
FROM corrections
WHERE kind = 'correct' AND stance IS NOT NULL AND stance <> own_stance AND status <> 'undone'
GROUP BY own_stance, stance
ORDER BY corrections DESC, machine_said, analyst_said

-- What would a rule have sent?
-- Write the rule of config/alerts.yml as conditions: here changes of side and first sides that ministers, parliament and
-- national bodies took; stancewatch alerts preview judges all rules, cool-down and review included.
-- $sure = 0.85
-- in: Alerts
SELECT said_on AS day, kind, actor_name, organisation, previous_stance, stance, round(confidence, 2) AS confidence, quote
FROM stance_events
WHERE kind IN ('first', 'shift') AND actor_type IN ('government', 'national_body', 'parliament') AND confidence >= $sure
ORDER BY said_at DESC, actor_name

-- Another key where a seed statement came, went or means something else now; and where another least nearness is asked.
SELECT md5(concat_ws(' ', CAST($least_nearness AS VARCHAR), string_agg(concat_ws(' ', statement_id, version), ' ' ORDER BY statement_id)))
FROM seed_meanings

-- Another key where a seed statement came, went, changed sides or is read otherwise, and where another nearness is asked.
SELECT md5(concat_ws(' ', $least_nearness, string_agg(concat_ws(' ', statement_id, version, has_side), ' ' ORDER BY statement_id)))
FROM seed_meanings

-- Statements on which a second opinion may be asked: not yet detected, labelled by the engine alone, unsure or with a
-- side, and not judged before. First what may alert, news before history, the named before the nameless, then the least
-- sure.
SELECT s.statement_id, s.question_id, a.is_live
FROM store.statements AS s
JOIN store.articles AS a USING (article_id)
WHERE a.detected_at IS NULL AND a.analysed_revision = a.revision
  AND s.is_current AND NOT s.corrected AND s.model_version = a.model_version AND a.model_version <> 'given'
  AND (s.stance <> 'none' OR s.confidence < $threshold)
  AND NOT EXISTS (
      SELECT 1 FROM store.opinions AS o
      WHERE o.question_id = s.question_id AND o.judge = $judge
        AND o.outcome IN ('ok', 'other_person', 'malformed', 'not_verbatim')
  )
QUALIFY row_number() OVER (PARTITION BY s.question_id ORDER BY s.statement_id) = 1
ORDER BY
    a.is_live AND s.actor_id IS NOT NULL AND s.stance <> 'none' AND s.confidence >= $threshold DESC,
    a.is_live DESC, s.actor_id IS NOT NULL DESC, s.confidence, s.statement_id

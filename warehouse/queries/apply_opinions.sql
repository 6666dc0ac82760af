-- What was answered, now or in an earlier run, becomes the label of statements that wait for detection. Where both agree
-- the surer one counts; where the engine was sure of something else, or the words are taken for another person's, nobody
-- is sure: half the confidence, too little to alert.
UPDATE store.statements AS s SET
    stance = CASE WHEN o.outcome = 'ok' THEN o.stance ELSE s.stance END,
    confidence = CASE
        WHEN o.outcome <> 'ok' THEN s.confidence / 2
        WHEN o.stance = s.stance THEN greatest(s.confidence, o.confidence)
        WHEN s.confidence >= $threshold THEN o.confidence / 2
        ELSE o.confidence
    END,
    stance_score = CASE
        WHEN o.outcome <> 'ok' THEN s.stance_score / 2
        WHEN o.stance = 'local' THEN o.confidence
        WHEN o.stance = 'central' THEN -o.confidence
        ELSE 0
    END,
    evidence_start = CASE WHEN o.outcome = 'ok' THEN s.start_char + o.evidence_start ELSE s.evidence_start END,
    evidence_end = CASE WHEN o.outcome = 'ok' THEN s.start_char + o.evidence_end ELSE s.evidence_end END,
    themes = CASE WHEN o.outcome = 'ok' THEN o.themes ELSE s.themes END,
    model_version = s.model_version || '+' || o.judge
FROM store.opinions AS o, store.articles AS a
WHERE o.question_id = s.question_id AND o.judge = $judge AND o.outcome IN ('ok', 'other_person')
  AND a.article_id = s.article_id AND a.detected_at IS NULL
  AND s.is_current AND NOT s.corrected AND s.model_version = a.model_version AND a.model_version <> 'given'

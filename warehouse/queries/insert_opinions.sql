INSERT INTO store.opinions BY NAME
SELECT o.*, s.question_id, s.stance AS own_stance, s.confidence AS own_confidence,
    $judge AS judge, $run_id AS run_id, $asked_at AS asked_at
FROM staged_opinions AS o
JOIN store.statements AS s USING (statement_id)

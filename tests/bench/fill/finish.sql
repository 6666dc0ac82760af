-- The requests for pages of ninety days.
INSERT INTO store.fetches
SELECT 'old', url, url, feed_id, 'page', first_seen_at, 'ok', '', 200, 90000, 0.4
FROM settings, (SELECT url, feed_id, kind, published_at, first_seen_at FROM store.articles) AS a
WHERE a.kind = 'feed' AND a.published_at > ends_at - INTERVAL 90 DAY;

-- The ledger of all that was held, each position against those before it; what was history makes none.
INSERT INTO store.events BY NAME
WITH ordered AS (
    SELECT
        p.*, lag(stance) OVER w AS previous_stance, lag(statement_id) OVER w AS previous_statement_id,
        lag(article_id) OVER w AS previous_article_id, lag(said_at) OVER w AS previous_at
    FROM store.positions AS p
    WHERE is_new
    WINDOW w AS (PARTITION BY actor_id ORDER BY said_at, first_seen_at, article_id)
)
SELECT
    substr(md5(statement_id), 1, 16) AS event_id,
    CASE WHEN previous_stance IS NULL THEN 'first' WHEN previous_stance <> stance THEN 'shift'
        WHEN hash(statement_id) % 60 = 0 THEN 'theme' ELSE 'repeat' END AS kind,
    actor_id, article_id, statement_id, stance, confidence, previous_statement_id, previous_article_id, previous_stance,
    previous_at, CASE WHEN kind = 'theme' THEN themes[:1] ELSE [] END AS new_themes,
    first_seen_at + INTERVAL 5 MINUTE AS detected_at, 'old' AS run_id, model AS model_version, first_seen_at AS seen_at
FROM settings, ordered
WHERE said_at > ends_at - to_minutes(5 * (articles - 2000))
ORDER BY detected_at, event_id;

INSERT INTO store.alerts BY NAME
SELECT
    substr(md5(event_id || '|desk'), 1, 16) AS alert_id, event_id, 'sides' AS rule, 'desk' AS destination, 'at_once' AS timing,
    'carried' AS status, '' AS hold_reason, alert_id AS message_id, detected_at AS created_at
FROM store.events WHERE kind IN ('first', 'shift');

INSERT INTO store.messages BY NAME
SELECT
    message_id, 'alert' AS kind, destination, timing, 'sent' AS status, 1 AS attempts, false AS is_repeat, [] AS recipients,
    created_at
FROM store.alerts;

INSERT INTO store.deliveries BY NAME
SELECT message_id AS alert_id, destination, 1 AS attempt, 'sent' AS outcome, created_at AS attempted_at, '' AS detail
FROM store.messages;

-- Of the first statements of each hundredth of the history some are corrected.
INSERT INTO store.corrections BY NAME
SELECT
    key('c', statement_id) AS correction_id, 'correct' AS kind, s.statement_id, s.article_id, a.url, s.words_key, s.text,
    '' AS before, a.title, 'analyst' AS corrected_by, s.settled_at + INTERVAL 1 DAY AS corrected_at, '' AS note,
    'local' AS stance, s.stance AS own_stance, s.confidence AS own_confidence, s.themes AS own_themes, s.role AS own_role,
    s.person AS own_person, s.organisation AS own_organisation, s.actor_type AS own_actor_type,
    s.persona_id AS own_persona_id, s.model_version
FROM settings, store.statements AS s JOIN store.articles AS a USING (article_id)
WHERE hash(s.statement_id) % (articles // 80) = 0;

UPDATE store.statements AS s SET
    corrected = true, stance = 'local', confidence = 1, own_label = struct_pack(
        stance := s.stance, stance_score := s.stance_score, confidence := s.confidence, evidence_start := s.evidence_start,
        evidence_end := s.evidence_end, themes := s.themes, role := s.role, person := s.person,
        organisation := s.organisation, actor_type := s.actor_type, persona_id := s.persona_id)
FROM store.corrections AS c
WHERE c.statement_id = s.statement_id;

CREATE OR REPLACE VIEW main.second_opinions AS
SELECT
    statement_id, asked_at, judge, outcome, detail, nullif(stance, '') AS stance,
    CASE WHEN outcome = 'ok' THEN confidence END AS confidence, own_stance, own_confidence, prompt_tokens,
    completion_tokens
FROM store.opinions;

COMMENT ON VIEW main.second_opinions IS 'What a language model was asked about statements, where one is configured, one row an attempt.';
COMMENT ON COLUMN main.second_opinions.statement_id IS 'Statement in question; the same words in the same surroundings are asked about once.';
COMMENT ON COLUMN main.second_opinions.asked_at IS 'When (UTC).';
COMMENT ON COLUMN main.second_opinions.judge IS 'Model, and version of the prompt.';
COMMENT ON COLUMN main.second_opinions.outcome IS 'ok; other_person (it takes the words for another''s); malformed or not_verbatim (refused); timeout, unreachable, rate_limited, denied, server_error; over_budget or stopped (not asked). Unless ok, the engine''s own label stands.';
COMMENT ON COLUMN main.second_opinions.detail IS 'Why, in words.';
COMMENT ON COLUMN main.second_opinions.stance IS 'Its answer; null unless ok.';
COMMENT ON COLUMN main.second_opinions.confidence IS 'How sure it says it is; null unless ok.';
COMMENT ON COLUMN main.second_opinions.own_stance IS 'The label of the engine''s own model at that time.';
COMMENT ON COLUMN main.second_opinions.own_confidence IS 'Probability of that label.';
COMMENT ON COLUMN main.second_opinions.prompt_tokens IS 'Tokens of the question, as the endpoint counts them; 0 if it does not say.';
COMMENT ON COLUMN main.second_opinions.completion_tokens IS 'Tokens of the answer, likewise.';

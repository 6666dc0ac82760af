-- What is shown of the article lies beside the statement, see tallies.py.
CREATE OR REPLACE VIEW main.statements AS
SELECT
    s.statement_id, s.article_id, s.url, s.publisher, s.published_at, s.actor_id, s.person, s.role, s.organisation,
    s.actor_type, s.text, s.start_char, s.end_char, s.quote_kind, s.stance, s.stance_score, s.confidence,
    substr(s.text, s.evidence_start - s.start_char + 1, s.evidence_end - s.evidence_start) AS evidence,
    s.themes, s.model_version, s.corrected,
    coalesce(nullif(s.person, ''), nullif(s.organisation, ''), s.role) AS speaker, s.title, s.byline, s.kind, s.feed_id,
    s.story_id, s.first_seen_at, coalesce(s.published_at, s.first_seen_at) AS said_at,
    s.original_id IS NOT NULL AND s.original_id <> s.statement_id AS is_copy, s.original_id,
    main.london_day(coalesce(s.published_at, s.first_seen_at)) AS said_on
FROM store.statements AS s
WHERE s.is_current;

COMMENT ON VIEW main.statements IS 'What somebody is quoted or reported as saying, word for word, with side and themes: one row a statement and article, so that words printed by two outlets are two rows (is_copy tells the later one). Only what the latest text of a page still says.';
COMMENT ON COLUMN main.statements.statement_id IS 'Deterministic id: hash of the article and the words.';
COMMENT ON COLUMN main.statements.article_id IS 'Article that carries it (articles.article_id).';
COMMENT ON COLUMN main.statements.url IS 'Address of that article.';
COMMENT ON COLUMN main.statements.publisher IS 'Outlet of that article (articles.publisher).';
COMMENT ON COLUMN main.statements.published_at IS 'Publication time of that article (UTC); null where none is printed: said_at is never null.';
COMMENT ON COLUMN main.statements.actor_id IS 'Identity of the speaker (actors.actor_id); null for collective and anonymous speakers. Count and group speakers by it, since a name may be printed in several forms.';
COMMENT ON COLUMN main.statements.person IS 'Speaker without honorific; empty, not null, where an organisation or a group speaks.';
COMMENT ON COLUMN main.statements.role IS 'Role as printed, in its own capitals (compare lower(role)); the only words there are for collective and anonymous speakers; empty where none is printed.';
COMMENT ON COLUMN main.statements.organisation IS 'Organisation spoken for, by its canonical name (organisations.organisation); empty where none is known. As this article has it: one actor may be printed with it, without it, or with another one; actors.organisation has one for each actor.';
COMMENT ON COLUMN main.statements.actor_type IS 'Kind of actor: government, national_body, membership_body, local_nhs, local_government, union_professional, think_tank, parliament, patient_voluntary or other. As this article tells it: other for a minister whose body and role it does not print. To count kinds of actor, LEFT JOIN actors AS a USING (actor_id) and take coalesce(a.actor_type, statements.actor_type): crowds and anonymous sources have no actor.';
COMMENT ON COLUMN main.statements.text IS 'The words exactly as printed: substr(articles.text, start_char + 1, end_char - start_char).';
COMMENT ON COLUMN main.statements.start_char IS 'Offset of the first character in articles.text, counted from 0.';
COMMENT ON COLUMN main.statements.end_char IS 'Offset behind the last character.';
COMMENT ON COLUMN main.statements.quote_kind IS 'direct, indirect, position (of an organisation) or authored (column, blog, speech).';
COMMENT ON COLUMN main.statements.stance IS 'Who should hold power over NHS decisions: local, central, balanced, or none (no position on it). stance <> ''none'' selects those that take a side.';
COMMENT ON COLUMN main.statements.stance_score IS 'From -1 (central) to +1 (local); balanced and none lie near 0.';
COMMENT ON COLUMN main.statements.confidence IS 'How sure the stance is, from 0 to 1. With stance none it may be close to 0: then the words take a side, and which one could not be told. A side counts in a position (stance_history) where the surest of its actor''s statements of that side in the article reaches detection.minimum_confidence of config/alerts.yml, or where that is null the model''s own threshold (alert_threshold in extractors/model/stance.json); in a seed, detection.seed_confidence. Which statements those are is not kept; statements SEMI JOIN stance_history USING (article_id, actor_id), less what is_copy, has them and what else their actors said in the same articles.';
COMMENT ON COLUMN main.statements.evidence IS 'The words of the statement that carry the stance; all of it where the stance is none.';
COMMENT ON COLUMN main.statements.themes IS 'Governance themes it touches (themes.theme), maybe none: list_contains(themes, ''finance''), or FROM statements, unnest(themes) AS t(theme) for one row a theme. One with a side always has autonomy_control.';
COMMENT ON COLUMN main.statements.model_version IS 'Version of the engine that labelled it.';
COMMENT ON COLUMN main.statements.corrected IS 'Whether an analyst corrected it.';
COMMENT ON COLUMN main.statements.speaker IS 'Who speaks, in one column: the person, else the organisation, else the role as printed.';
COMMENT ON COLUMN main.statements.title IS 'Headline of that article.';
COMMENT ON COLUMN main.statements.byline IS 'Author line of that article as printed; may be empty.';
COMMENT ON COLUMN main.statements.kind IS 'Kind of that article: seed (a seed document), import or feed.';
COMMENT ON COLUMN main.statements.feed_id IS 'Feed that brought it (feeds.feed_id); empty for seeds and imports.';
COMMENT ON COLUMN main.statements.story_id IS 'Story of that article (stories.story_id): the same for all copies of one text.';
COMMENT ON COLUMN main.statements.first_seen_at IS 'When Stancewatch first saw that article (UTC).';
COMMENT ON COLUMN main.statements.said_at IS 'published_at, or first_seen_at where no date is printed (UTC); never null: the one to order and filter by.';
COMMENT ON COLUMN main.statements.is_copy IS 'Whether these words were printed before, by another outlet, in an earlier text or quoted again; NOT is_copy counts each once. A copy is labelled by itself, by what stands around it there: its stance may be another one than its original''s.';
COMMENT ON COLUMN main.statements.original_id IS 'Statement in which the words were first seen: its own id unless is_copy; null until its article is settled.';
COMMENT ON COLUMN main.statements.said_on IS 'The day of said_at in London: the one to count and compare days and months by.';

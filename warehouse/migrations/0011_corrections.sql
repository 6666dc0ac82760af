-- What analysts said of statements, never changed: of two corrections of one field the later holds, and an undo takes
-- back what was said before it. A null stands for what was left alone.
CREATE TABLE store.corrections (
    correction_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,              -- correct | undo
    statement_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    words_key VARCHAR NOT NULL,         -- the same words elsewhere are corrected, too
    text VARCHAR NOT NULL,              -- the words, and below what stood before them: for exports
    before VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    corrected_by VARCHAR NOT NULL,
    corrected_at TIMESTAMPTZ NOT NULL,
    note VARCHAR NOT NULL,
    stance VARCHAR,
    themes VARCHAR[],
    role VARCHAR,
    person VARCHAR,                     -- who speaks is corrected as a whole: this and the three below
    organisation VARCHAR,
    actor_type VARCHAR,
    persona_id VARCHAR,                 -- null beside a person's or organisation's empty name: nobody
    own_stance VARCHAR NOT NULL,        -- what the machine had said
    own_confidence DOUBLE NOT NULL,
    own_themes VARCHAR[] NOT NULL,
    own_role VARCHAR NOT NULL,
    own_person VARCHAR NOT NULL,
    own_organisation VARCHAR NOT NULL,
    own_actor_type VARCHAR NOT NULL,
    own_persona_id VARCHAR,
    model_version VARCHAR NOT NULL
);

-- The machine's own label of a corrected statement; null where it stands.
ALTER TABLE store.statements ADD COLUMN own_label STRUCT(
    stance VARCHAR, stance_score DOUBLE, confidence DOUBLE, evidence_start INTEGER, evidence_end INTEGER,
    themes VARCHAR[], role VARCHAR, person VARCHAR, organisation VARCHAR, actor_type VARCHAR, persona_id VARCHAR);

-- Statements whose label an analyst changed since their article was settled; emptied when it is settled anew.
CREATE TABLE store.amendments (
    statement_id VARCHAR NOT NULL,
    actor_id VARCHAR                    -- whose it was before
);

-- Events that are told otherwise than they were.
CREATE TABLE store.event_changes (
    event_id VARCHAR NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    old_kind VARCHAR NOT NULL,
    new_kind VARCHAR NOT NULL,
    old_stance VARCHAR NOT NULL,
    new_stance VARCHAR NOT NULL,
    cause VARCHAR NOT NULL,             -- correction | actors
    run_id VARCHAR NOT NULL
);

-- What analysts decided on alerts that waited for them, never changed.
CREATE TABLE store.reviews (
    alert_id VARCHAR NOT NULL,
    event_id VARCHAR NOT NULL,
    decision VARCHAR NOT NULL,          -- accept | dismiss
    decided_by VARCHAR NOT NULL,
    decided_at TIMESTAMPTZ NOT NULL,
    note VARCHAR NOT NULL
);

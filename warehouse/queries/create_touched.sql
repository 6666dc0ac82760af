CREATE OR REPLACE TEMP TABLE touched_personas (persona_id VARCHAR)

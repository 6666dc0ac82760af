CREATE OR REPLACE TEMP TABLE likely_copies (statement_id VARCHAR, other_id VARCHAR)

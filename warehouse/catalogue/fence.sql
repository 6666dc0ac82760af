-- A writer's sessions bear its token as their name. One that lost the lease (cut off from the catalogue, say, or stopped
-- for hours) cannot commit any more, whatever it believes: the row is read as it stands, not as its snapshot has it.
CREATE OR REPLACE FUNCTION stancewatch_fence() RETURNS trigger LANGUAGE plpgsql AS $fence$
DECLARE
    held BIGINT;
BEGIN
    SELECT token INTO held FROM stancewatch FOR SHARE;
    IF current_setting('application_name') IS DISTINCT FROM 'stancewatch-' || held THEN
        RAISE EXCEPTION 'stancewatch: the lease of this lake is with another process';
    END IF;
    RETURN NEW;
END
$fence$;

DO $place$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = 'stancewatch_fence' AND tgrelid = 'ducklake_snapshot'::regclass) THEN
        CREATE TRIGGER stancewatch_fence BEFORE INSERT ON ducklake_snapshot
        FOR EACH ROW EXECUTE FUNCTION stancewatch_fence();
    END IF;
END
$place$;

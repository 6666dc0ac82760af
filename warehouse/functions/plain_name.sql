-- Whatever does not tell two names apart goes; titles stand in front, letters behind.
CREATE OR REPLACE MACRO store.bare_name(name) AS trim(regexp_replace(
    regexp_replace(replace(strip_accents(lower(coalesce(CAST(name AS VARCHAR), ''))), '&', ' and '), '[''’‘ʼ`.]', '', 'g'),
    '[^\p{L}\p{N}]+', ' ', 'g'));

CREATE OR REPLACE MACRO main.plain_name(name) AS regexp_replace(
    regexp_replace(
        store.bare_name(name),
        '^(?:(?:the|(?:rt|right) hon(?:ourable)?|mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|baron|baroness|cllr|councillor) )+',
        ''),
    '(?: (?:mp|msp|ms|mla|obe|cbe|mbe|kc))+$', '');

COMMENT ON MACRO main.plain_name IS 'A name as the functions compare it: without capitals, accents, apostrophes, full stops, hyphens (a space instead) and runs of spaces, without "the" and titles in front (Mr, Dr, Prof, Sir, Dame, Lord, Baroness, Cllr, Rt Hon) and letters behind (MP, MSP, CBE). It joins names that are printed in two forms: plain_name(publisher) = plain_name(organisation).';

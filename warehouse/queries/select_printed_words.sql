-- All words of a table, in small letters, as they are spelt there.
SELECT DISTINCT unnest(regexp_extract_all(
    lower(concat_ws(' ', {texts})), '[\p{{L}}\p{{M}}\x{{AD}}\x{{200B}}-\x{{200D}}\x{{2060}}''’‘ʼ`]+'))
FROM {table}

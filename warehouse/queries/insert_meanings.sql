INSERT INTO store.meanings BY NAME
SELECT
    statement_id, version, bits_1, bits_2, bits_3, bits_4, CAST(numbers AS TINYINT[]) AS numbers, '' AS echoed_with
FROM staged_meanings

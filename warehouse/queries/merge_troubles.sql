-- What is wrong now goes on where it was wrong before, else begins; what is not wrong any more is over.
MERGE INTO store.troubles AS t
USING staged_troubles AS s ON t.trouble = s.trouble AND t.ended_at IS NULL
WHEN MATCHED THEN UPDATE SET words = s.words, advice = s.advice
WHEN NOT MATCHED THEN INSERT (trouble, words, advice, began_at, ended_at, told_at, is_end_told)
    VALUES (s.trouble, s.words, s.advice, $now, NULL, NULL, false)

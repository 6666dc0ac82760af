-- What is longer is no word.
INSERT INTO store.words
SELECT word, stem(word, 'english')
FROM (SELECT DISTINCT unnest(words) AS word FROM new_words)
ANTI JOIN store.words USING (word)
WHERE length(word) <= 60

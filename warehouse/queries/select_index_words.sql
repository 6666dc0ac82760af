SELECT word FROM store.words

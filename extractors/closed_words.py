"""The closed classes of English words that sentence structure is told by."""

PREPOSITIONS = frozenset(
    {"of", "by", "for", "with", "from", "at", "to", "in", "on", "than", "about", "against", "between", "into", "over"}
    | {"under", "towards", "among"}
)
RELATIVES = frozenset({"which", "who", "that", "whose"})
SUBORDINATORS = RELATIVES | frozenset(
    {"what", "after", "before", "if", "whether", "because", "since", "until", "when", "whom", "where", "than", "how"}
    | {"why"}
)
CONJUNCTIONS = frozenset(
    {"but", "and", "so", "yet", "however", "meanwhile", "now", "then", "also", "or", "while", "although", "though"}
    | {"nor"}
)
ARTICLES = frozenset({"the", "a", "an", "its"})
BE_FORMS = frozenset({"is", "are", "was", "were", "be", "been", "being"})
MODALS = frozenset(
    {"will", "would", "could", "should", "might", "may", "must", "did", "does", "do", "can", "not", "cannot", "can't"}
    | {"don't", "doesn't", "didn't", "won't", "wouldn't"}
)

"""Names of bodies that no book lists: told by a keyword, by how they begin, or by the area they serve."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractors.vocabulary import Vocabulary
    from extractors.word import Words

WATERS = frozenset({"avon", "trent", "thames", "tweed", "tees", "solent", "sea"})
"""What a town lies on; anything else behind "on" is the body in which somebody sits for a place ("X on Y Council")."""
OF_NAMES = frozenset(
    {"friends", "guild", "bank", "chamber", "heart", "coast", "vale", "isle", "isles", "city", "borough"}
)
"""Words behind which "of" goes on with a name."""
JOINERS = frozenset({"of", "and", "for", "the", "&", "on", "in", "'s"})
ARTICLES = frozenset({"the", "a", "an"})
SHORTEST_BODY = 2
DIRECTIONS = frozenset(
    {"north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "mid"}
)

REGIONS = frozenset(
    {"england", "scotland", "wales", "northern", "ireland", "britain", "great", "uk", "london", "yorkshire", "midlands"}
    | {"north", "south", "east", "west", "central", "greater", "mid", "the", "and", "of", "nhs", "cornwall", "humber"}
)
"""Words of the names of regions, which are no body's."""

SMALL = frozenset({"and", "of", "the", "for"})


class Name(NamedTuple):  # no dataclass: a frozen one takes twice as long to build
    """A body (``is_body``) or a person at words [first, last); ``is_partial`` needs the article to know it.

    ``canonical`` is the book's name of a known body. ``title`` is a person's lower-case honorific, and
    ``named_at`` the first word after it; ``short`` is an acronym that the text introduces behind a body.
    """

    first: int
    last: int
    canonical: str
    is_body: bool
    is_partial: bool = False
    title: str = ""
    short: str = ""
    named_at: int = -1


class BodyNameReader:
    """Finds the names of unlisted bodies in a run of capitals."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def at(self, words: Words, lowest: int, position: int, last: int) -> Name | None:
        """The body that word ``position`` of a run ending before ``last`` tells of; it may reach back to ``lowest``."""
        if opened := self._opened(words, position, last):
            return opened
        if self._is_keyword(words, position, last):
            return self._body(words, lowest, position, last)
        if words.printed[position] == "UK":
            return self._of_country(words, lowest, position, last)
        if words.printed[position] != "NHS":
            return None
        has_keyword = any(self._is_keyword(words, at, last) for at in range(position + 1, last))
        return None if has_keyword else self._area_body(words, position, last)

    def _of_country(self, words: Words, lowest: int, position: int, last: int) -> Name | None:
        """A charity's name that ends in "UK" behind several words ("Bowel Cancer UK")."""
        book, first = self._vocabulary, position
        stops = book.honorifics | book.role_heads | book.title_heads
        while first > lowest and words.is_glued[first - 1] and words.is_capital[first - 1]:
            if words.lowered[first - 1] in stops:
                return None
            first -= 1
        is_row_end = position + 1 == last or not (words.is_capital[position + 1] and words.is_glued[position])
        is_named = words.lowered[first] not in book.not_names | book.first_names
        is_body = is_row_end and is_named and position - first >= SHORTEST_BODY
        return Name(first, position + 1, "", is_body=True) if is_body else None

    def _is_keyword(self, words: Words, position: int, last: int) -> bool:
        """A keyword that ends its row of capitals, so that "Care Board" is one name and not two."""
        if not self._may_end_name(words, position):
            return False
        follows = position + 1
        while follows < last and (words.is_capital[follows] or words.printed[follows] == "'s"):
            if self._may_end_name(words, follows):
                return False
            follows += 1
        return True

    def _may_end_name(self, words: Words, position: int) -> bool:
        """Whether a word in capitals is a keyword; the Executive of "Chief Executive of X Trust" is none."""
        is_chief = position > 0 and words.lowered[position - 1] == "chief"
        is_role = is_chief and words.lowered[position] == "executive"
        return words.is_capital[position] and words.lowered[position] in self._vocabulary.keywords and not is_role

    def _opened(self, words: Words, first: int, last: int) -> Name | None:
        """A body whose first words tell that it is one ("Healthwatch X", "Save Our Y")."""
        if words.printed[first] not in self._vocabulary.opening_words:
            return None
        for opener in self._vocabulary.openers:
            end = first + len(opener)
            if end >= last or tuple(words.printed[first:end]) != opener or not words.is_glued[end - 1]:
                continue
            while end < last and (words.is_capital[end] or words.lowered[end] in JOINERS - {"'s"}):
                if (
                    words.lowered[end] in {"in", "on"}
                    and words.lowered[end + 1] in self._vocabulary.not_names - DIRECTIONS
                ):
                    break  # "Healthwatch X in May"
                end += 1
            while not words.is_capital[end - 1]:
                end -= 1
            return Name(first, end, "", is_body=True) if end > first + len(opener) else None
        return None

    def _area_body(self, words: Words, first: int, last: int) -> Name | None:
        """Read "NHS" with the name of an area, as Scottish boards and English systems are called."""
        end = first + 1
        while end < last:
            if joined := self._joined(words, end, last) if end > first + 1 else 0:
                end = joined
                continue
            lowered = words.lowered[end]
            if not words.is_capital[end]:
                break
            if lowered in self._vocabulary.keywords or not words.is_glued[end - 1]:
                return None
            if lowered in self._vocabulary.role_words and lowered not in DIRECTIONS:
                break
            end += 1
        is_area = end > first + 1 and words.lowered[first + 1] not in self._vocabulary.not_names - DIRECTIONS
        return Name(first, end, "", is_body=True) if is_area else None

    def _joined(self, words: Words, index: int, last: int) -> int:
        """Behind the second place of one name ("X and Y", "X and the Isles of Y", "Firth of Z"); 0 if there is none."""
        if words.lowered[index] not in {"and", "&", "of"} or not words.is_glued[index - 1]:
            return 0
        after = index + 1 + (index + 1 < last and words.lowered[index + 1] == "the")
        if after >= last or not words.is_capital[after] or not all(words.is_glued[index:after]):
            return 0
        lowered = words.lowered[after]
        goes_on = after + 1 < last and words.is_capital[after + 1] and words.is_glued[after]
        is_other = (goes_on and lowered in self._vocabulary.first_names) or lowered in self._vocabulary.honorifics
        return 0 if is_other or words.printed[after] == "NHS" or words.printed[after].isupper() else after + 1

    def _body(self, words: Words, lowest: int, keyword: int, last: int) -> Name | None:
        first = keyword
        while first > lowest and not self._stops_body(words, first - 1):
            first -= 1
        is_opening = not first or not words.is_glued[first - 1]
        if (
            is_opening
            and first < keyword
            and (words.lowered[first + 1] == "the" or self._starts_sentence(words, first))
        ):
            first += 1
        while first < keyword and (words.lowered[first] in JOINERS or words.lowered[first] in ARTICLES):
            first += 1
        end = self._suffixed(words, first, keyword, last)
        while end + 1 < last and words.lowered[end] in {"of", "for", "on", "and", "the"}:
            is_linked = words.lowered[end] in {"of", "for", "on"} or end > keyword + 1
            after = end + 1 + (words.lowered[end + 1] == "the")
            if not is_linked or after >= last or not words.is_capital[after]:
                break
            if words.lowered[end] == "on" and words.lowered[after] in self._vocabulary.not_names:
                break  # "the Trust on Monday"
            end = after + 1
            while end < last and words.is_capital[end]:
                end += 1
        if end - first < SHORTEST_BODY:
            return None
        return Name(first, end, "", is_body=True)

    @staticmethod
    def _suffixed(words: Words, first: int, keyword: int, last: int) -> int:
        """Behind what may follow a keyword: "University Hospitals X and Y", "X Hospital League of Friends"."""
        end = keyword + 1
        if words.lowered[end : end + 3] == ["league", "of", "friends"]:
            return end + 3
        if words.lowered[first:end] not in (["university", "hospitals"], ["university", "hospital"]):
            return end
        while end < last and (words.is_capital[end] or (words.lowered[end] == "and" and words.is_capital[end + 1])):
            end += 1
        return end

    def _starts_sentence(self, words: Words, first: int) -> bool:
        lowered = words.lowered[first]
        if lowered in {"two", "three"} and words.lowered[first + 1] not in self._vocabulary.keywords | {"nhs"}:
            return False  # "Three Rivers Hospitals"
        return lowered in self._vocabulary.not_names and lowered in {
            "about", "and", "another", "are", "as", "at", "both", "but", "can", "could", "do", "does", "each",
            "every", "following", "for", "former", "from", "has", "have", "how", "however", "if", "in",
            "inside", "is", "its", "last", "local", "many", "meanwhile", "meet", "most", "no", "one", "other",
            "our", "outside", "read", "responding", "should", "some", "speaking", "such", "that", "this",
            "three", "two", "was", "were", "what", "when", "where", "which", "while", "who", "why", "will",
            "with",
        }  # fmt: skip

    def _stops_body(self, words: Words, index: int) -> bool:
        lowered = words.lowered[index]
        if lowered == "on":
            return words.lowered[index + 1] not in WATERS
        if lowered in {"of", "for"} or (lowered == "the" and words.lowered[index - 1] in {"of", "for"}):
            before = words.lowered[index - 1 - (lowered == "the")] if index else ""
            return before not in self._vocabulary.keywords and before not in OF_NAMES
        if lowered in self._vocabulary.honorifics or lowered in self._vocabulary.title_heads:
            return True
        return lowered == "'s" and words.lowered[index - 1] in self._vocabulary.not_names


def may_name_body(printed: str) -> bool:
    """Whether capitalised words may be the name of a body that no book lists: several, and no mere region."""
    words = printed.lower().split()
    return len(words) > 1 and not REGIONS.issuperset(words)


def longer_names(names: Iterable[str]) -> dict[str, str]:
    """An area's short name ("NHS X and Y") -> the name of its body in full among those of one article."""
    known = list(names)
    short = [name for name in known if name.startswith("NHS ")]
    pairs = ((name, next((other for other in known if other.startswith(f"{name} ")), "")) for name in short)
    return {name: longer for name, longer in pairs if longer}


def capitalised(name: str) -> str:
    """A name that is printed in small letters, as its body writes it."""
    return " ".join(word if word in SMALL or not word.islower() else word.capitalize() for word in name.split())


def initials(name: str) -> str:
    """The lower-case initials of a name's words, small words aside."""
    return "".join(word[0] for word in name.split() if word[0].isupper()).lower()

"""Pull quotes: short paragraphs that print words of the article a second time."""

from __future__ import annotations

from bisect import bisect_right

from extractors.paragraph import Paragraph, ParagraphKind, plain_words, spaced_words

MIN_PULL_WORDS, MAX_PULL_WORDS, MAX_NAME_WORDS, PROBE = 5, 45, 8, 4
MAX_CANDIDATES, MAX_TEXT = 150, 60_000
"""Beyond so many short paragraphs, or in so long a text, nothing is looked for: hostile texts stay cheap."""


def set_pull_quotes_aside(text: str, read: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """Mark short paragraphs whose words a longer one holds too, and the name printed under them."""
    if len(text) > MAX_TEXT:
        return read
    paragraphs = list(read)
    bodies = [index for index, paragraph in enumerate(paragraphs) if paragraph.kind is not ParagraphKind.FURNITURE]
    words = _words_of(text, paragraphs, bodies)
    whole = "\n".join(words[index] for index in bodies)
    starts: list[int] = []
    position = 0
    for index in bodies:
        starts.append(position)
        position += len(words[index]) + 1
    places = [place for place, at in enumerate(bodies) if MIN_PULL_WORDS <= words[at].count(" ") + 1 <= MAX_PULL_WORDS]
    for place in places[:MAX_CANDIDATES]:
        index = bodies[place]
        if _is_repeated(words, whole, starts, bodies, place):
            paragraphs[index] = paragraphs[index]._replace(kind=ParagraphKind.PULL)
            _set_name_aside(text, paragraphs, index + 1)
    return tuple(paragraphs)


def _words_of(text: str, paragraphs: list[Paragraph], indexes: list[int]) -> dict[int, str]:
    """The plain words of some paragraphs, of all in one go where lower case is as long as print."""
    spaced = spaced_words(text)
    read = [paragraphs[index] for index in indexes]
    if len(spaced) != len(text):
        return {index: plain_words(text[one.start : one.end]) for index, one in zip(indexes, read, strict=True)}
    return {index: " ".join(spaced[one.start : one.end].split()) for index, one in zip(indexes, read, strict=True)}


def _is_repeated(words: dict[int, str], whole: str, starts: list[int], bodies: list[int], place: int) -> bool:
    """Whether a longer paragraph holds the words of this one in order; ``starts`` are offsets into ``whole``."""
    index = bodies[place]
    own = words[index].split(" ")
    own_start, own_end = starts[place], starts[place] + len(words[index])
    for probe in (" ".join(own[:PROBE]), " ".join(own[-PROBE:])):
        position = whole.find(probe)
        while position != -1 and own_start <= position < own_end:
            position = whole.find(probe, position + 1)
        if position == -1:
            continue
        other = bodies[bisect_right(starts, position) - 1]
        longer = words[other].split(" ")
        if (len(longer), other) > (len(own), index) and _is_subsequence(own, longer):
            return True
    return False


def _is_subsequence(own: list[str], longer: list[str]) -> bool:
    rest = iter(longer)
    return all(word in rest for word in own)


def _set_name_aside(text: str, paragraphs: list[Paragraph], index: int) -> None:
    if index < len(paragraphs) and paragraphs[index].kind is ParagraphKind.HEADING:
        line = text[paragraphs[index].start : paragraphs[index].end]
        if line.count(" ") < MAX_NAME_WORDS:
            paragraphs[index] = paragraphs[index]._replace(kind=ParagraphKind.FURNITURE)

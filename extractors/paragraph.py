"""Paragraphs of an article's text, with page furniture, headings and list items told apart."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from extractors.lexicon import Lexicon

BLANK_LINES = re.compile(r"\n(?:[ \t\u00a0\r]*\n)+")
ITEM_MARK = re.compile(r"(?:[•●▪◦‣·➢–—-]\s*|\*\s+|\(?(?:\d{1,2}|[a-h]|[ivx]{1,5})[.)]\s+)(?=\S)")
QUOTED_LINE = re.compile(r">\s*")
CLOCK = re.compile(r"(?:[0-2]?\d[.:][0-5]\d\s?(?:am|pm|bst|gmt)?|1?\d\s?(?:am|pm))(?!\w)", re.IGNORECASE)
YEAR = re.compile(r"\d{4}")
"""What every date of a line ends in: to be looked for first, as that is quick."""
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
DATE_LINE = re.compile(
    rf"(?:\w+day,? )?\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTHS})\w* \d{{4}}\b"
    rf"|(?:{MONTHS})\w* \d{{1,2}}, \d{{4}}\b|\d{{1,2}}/\d{{1,2}}/\d{{4}}",
    re.IGNORECASE,
)
BYLINE = re.compile(r"by [A-Z]\S+ [A-Z]", re.IGNORECASE)
LINE_END = re.compile(r"\n(?=\S)")
"""A newline, to be found fast; whether something stands before it is looked up."""
NOT_WORD = re.compile(r"\W")
TYPOGRAPHIC = "‘’“”–—…£"
NO_WORD = {code: " " for code in range(128) if NOT_WORD.match(chr(code))}
BLANK, EMPHASIS = " \t\r\n\u00a0\u2003", "*_#"
MAX_ITEMS, LEAST_ITEMS, LEAST_ITEM_WORDS = 20, 2, 3
GOING_ON = (";", "; and", "; or", ", and")
MAX_RUNNING = 0.1
"""Share of lines that may run on into the next one in a text whose newlines end paragraphs."""
SENTENCE_ENDS = tuple(".!?:;,…")
CLOSING_MARKS = "”’\"')]"
TAIL_SHARE = 0.35
"""A marker of the page's end counts as such only beyond this share of the text; before it, it is an inset."""
FURNITURE_LIMIT = 600
"""Characters of the longest paragraph that may be furniture or a heading."""
MAX_MARKS, MAX_CLOCK, MAX_LINE, MAX_BYLINE, MAX_NOTICE, MAX_TITLE, MAX_CAPTION = 3, 4, 8, 14, 24, 40, 60
"""Words of a line without letters, of a time, of a marker, a by-line, a notice, a title, a caption."""
MAX_QUESTION, MAX_HEADING, MAX_HEADLINE, MARKER_WORDS = 6, 16, 25, 6


class ParagraphKind(StrEnum):
    """What a paragraph is on the page; only BODY and ITEM may hold statements."""

    BODY = "body"
    ITEM = "item"
    HEADING = "heading"
    CLOCK = "clock"
    PULL = "pull"
    FURNITURE = "furniture"


class Paragraph(NamedTuple):  # no dataclass: a frozen one takes twice as long to build
    """``text[start:end]`` without surrounding white space; an item begins after its bullet or number."""

    start: int
    end: int
    kind: ParagraphKind


class ParagraphReader:
    """Splits a text into paragraphs and says what each is; built once from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._ends = frozenset(lexicon.furniture_ends)
        self._lines = frozenset(lexicon.furniture_lines)
        self._first_words = frozenset(marker.split(" ")[0] for marker in self._ends | self._lines)
        self._captions = re.compile(
            "|".join(re.escape(mark) + (r"(?!\w)" if mark[-1].isalnum() else "") for mark in lexicon.caption_marks)
        )

    def read(self, text: str, title: str) -> tuple[Paragraph, ...]:
        """All paragraphs in order. ``title`` is the article's title, a heading where the text repeats it."""
        paragraphs: list[Paragraph] = []
        is_tail = is_inset = False
        title_words = plain_words(title)
        for start, end, is_item in _split(text):
            kind = ParagraphKind.ITEM if is_item else ParagraphKind.BODY
            if is_tail:
                kind = ParagraphKind.FURNITURE
            elif end - start < FURNITURE_LIMIT:
                line = text[start:end]
                if self._is_end(line):
                    is_tail = start > TAIL_SHARE * len(text)
                    is_inset, kind = True, ParagraphKind.FURNITURE
                else:
                    kind = self._kind_of(line, kind, title_words, is_first=not paragraphs)
                    if is_inset and kind in (ParagraphKind.HEADING, ParagraphKind.ITEM):
                        kind = ParagraphKind.FURNITURE
            is_inset = is_inset and kind is ParagraphKind.FURNITURE
            paragraphs.append(Paragraph(start, end, kind))
        return tuple(_with_unmarked_items(text, paragraphs))

    def _is_end(self, line: str) -> bool:
        plain = line.lower().strip(" *#:>-–—\u00a0")
        head, colon, _ = plain.partition(":")
        return (head if colon and " " in head else plain) in self._ends or (
            line.count(" ") < MAX_LINE and line[-1:].isalnum() and self._starts(plain, self._ends, 2)
        )

    def _kind_of(self, line: str, kind: ParagraphKind, title_words: str, *, is_first: bool) -> ParagraphKind:
        words = line.count(" ") + 1
        lowered = line.lower()
        if words <= MAX_MARKS and not any(char.isalnum() for char in line):
            return ParagraphKind.FURNITURE
        if words <= MAX_CLOCK and CLOCK.match(line):
            return ParagraphKind.CLOCK
        if self._is_furniture(line, lowered, words):
            return ParagraphKind.FURNITURE
        if words < MAX_TITLE and _is_title(lowered, title_words):
            return ParagraphKind.HEADING
        if kind is ParagraphKind.BODY and _is_heading(line, words, limit=MAX_HEADLINE if is_first else MAX_HEADING):
            return ParagraphKind.HEADING
        return kind

    def _is_furniture(self, line: str, lowered: str, words: int) -> bool:
        if words <= MAX_CAPTION and self._captions.search(lowered):
            return True
        if words > MAX_NOTICE:
            return False
        plain = lowered.strip(" *#:>-–—|\u00a0.")
        is_open_ended = line[-1:].isalnum() or line[-1] in "…>*"
        if plain in self._lines or self._starts(plain, self._lines, 1 if words <= MAX_LINE and is_open_ended else 3):
            return True
        if words <= MAX_BYLINE and is_open_ended and (BYLINE.match(line) or " > " in line or " | " in line):
            return True
        return words <= MAX_LINE and YEAR.search(line) is not None and DATE_LINE.search(line) is not None

    def _starts(self, plain: str, markers: frozenset[str], least_words: int) -> bool:
        """Whether the line begins with a marker of at least so many words."""
        head = plain.split(" ", MARKER_WORDS)[:MARKER_WORDS]
        if head[0] not in self._first_words:
            return False
        return any(" ".join(head[:size]) in markers for size in range(least_words, len(head) + 1))


def _with_unmarked_items(text: str, paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Take for items what follows a colon and ends in no sentence mark, as where bullets were lost."""
    index = 0
    while index < len(paragraphs):
        lead = paragraphs[index]
        index += 1
        if text[lead.end - 1] != ":" or lead.kind is not ParagraphKind.BODY:
            continue
        last = index
        while last < min(index + MAX_ITEMS, len(paragraphs)) and _is_unclosed(text, paragraphs[last]):
            last += 1
        if last < len(paragraphs) and last > index and text.endswith(GOING_ON, 0, paragraphs[last - 1].end):
            last += 1
        if last - index >= LEAST_ITEMS:
            for at in range(index, last):
                paragraphs[at] = Paragraph(paragraphs[at].start, paragraphs[at].end, ParagraphKind.ITEM)
    return paragraphs


def _is_unclosed(text: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph may be an item of a list: of some words, without a quotation and without a full stop."""
    if paragraph.kind not in (ParagraphKind.BODY, ParagraphKind.HEADING) or text[paragraph.start] in "“\"‘'":
        return False
    is_long = text.count(" ", paragraph.start, paragraph.end) >= LEAST_ITEM_WORDS
    return is_long and text[paragraph.end - 1] not in '.?!:”"’…'


def _is_title(lowered: str, title_words: str) -> bool:
    """Whether a line in lower case reads as the title; its first word is looked for first, as that is quick."""
    return title_words != "" and title_words.split(" ", 1)[0] in lowered and plain_words(lowered) == title_words


def plain_words(line: str) -> str:
    """A line as lower-case words with single spaces, to be compared."""
    return " ".join(spaced_words(line).split())


def spaced_words(text: str) -> str:
    """A text in lower case with spaces for all that belongs to no word."""
    lowered = text.lower()
    for mark in TYPOGRAPHIC:
        lowered = lowered.replace(mark, " ")
    # the expression takes several times as long; it is for texts with other letters than English
    return lowered.translate(NO_WORD) if lowered.isascii() else NOT_WORD.sub(" ", lowered)


def _split(text: str) -> list[tuple[int, int, bool]]:
    """Stretches between blank lines, or between newlines where a text has hardly any blank lines."""
    spans: list[tuple[int, int, bool]] = []
    blocks = [(found.start(), found.end()) for found in BLANK_LINES.finditer(text)]
    newlines = text.count("\n")
    within_gaps = sum(text.count("\n", first, last) for first, last in blocks)
    by_line = newlines - within_gaps > 3 * len(blocks) or _breaks_lines(text)
    position = 0
    for gap_start, gap_end in [*blocks, (len(text), len(text))]:
        lines = text[position:gap_start].split("\n")
        if by_line or any(ITEM_MARK.match(line.lstrip()) for line in lines[1:]):
            for line in lines:
                _add_span(spans, text, position, position + len(line))
                position += len(line) + 1
        else:
            _add_span(spans, text, position, gap_start)
        position = gap_end
    return spans


def _breaks_lines(text: str) -> bool:
    """Whether a newline ends a paragraph here, as where no line runs on into the next one."""
    ends = [at for found in LINE_END.finditer(text) if (at := found.start()) and not text[at - 1].isspace()]
    running = sum(1 for end in ends if text[end - 1].isalnum() and text[end + 1].islower())
    return bool(ends) and running <= MAX_RUNNING * len(ends)


def _add_span(spans: list[tuple[int, int, bool]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(BLANK))
    end -= len(piece) - len(piece.rstrip(BLANK + EMPHASIS))
    if start < end and not ITEM_MARK.match(text, start, end):
        start += len(text[start:end]) - len(text[start:end].lstrip(BLANK + EMPHASIS))
    if start >= end:
        return
    if text[start] == ">" and (quoted := QUOTED_LINE.match(text, start, end)) and quoted.end() < end:
        start = quoted.end()
    item = ITEM_MARK.match(text, start, end)
    if item and item.end() < end:
        spans.append((item.end(), end, True))
    else:
        spans.append((start, end, False))


def _is_heading(line: str, words: int, limit: int) -> bool:
    """A short line that is no sentence: nothing closes it, or it is a question of a few words."""
    if words > limit or line[0] in '“"' or line.endswith(SENTENCE_ENDS[:1] + SENTENCE_ENDS[3:]):
        return False
    last = line.rstrip(CLOSING_MARKS)[-1:]
    if last in "?!":
        return words <= MAX_QUESTION and line[-1] in "?!" and ":" not in line
    return last not in SENTENCE_ENDS and (line[-1] not in '”"' or words <= limit // 2)

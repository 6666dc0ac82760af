"""Paragraphs of a page -> those of its article: what belongs to the page around it goes."""

from __future__ import annotations

import re

from extractors.identity import words_key

_WORDS = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_MARKER = re.compile(r"^(?:[-•*–]|\d+\.)\s+")

_LEADING_PARAGRAPHS = 4
_LEADING_WORDS = 14
_PROMPT_WORDS = 28
_TEASER_WORDS = 18
_TRAILING_WORDS = 60
_HEADING_WORDS = 8
_MIN_LINKS = 2

# A line that opens the page's own matter below an article: everything after it goes, past the middle.
_END_HEADING = re.compile(
    r"""(?:\d+\s+)?(?:
        (?:leave|post|write|add|submit)\s+(?:a|your)\s+(?:reply|comment|response) (?:\s+cancel\s+reply)?
      | (?:join|start|view|show|see|load)\s+(?:the|all|more)?\s*(?:comments|conversation|discussion)
      | comments? (?:\s+(?:are\s+closed|closed|off|section|policy))? (?:\s*\(?\d+\)?)?
      | share\s+(?:this|on|via|with)\b (?:\s+\w+){0,4}
      | (?:most|more)\s+(?:read|popular|viewed|shared|recent|commented) (?:\s+\w+){0,2}
      | (?:popular|latest|recent|trending|top)\s+(?:news|stories|articles|posts|content|headlines|now|on\s+\w+)
      | you\s+(?:may|might)\s+also\s+(?:like|enjoy|be\s+interested\s+in)
      | (?:recommended|suggested|selected)(?:\s+(?:for\s+you|reading|articles|stories|content|by\s+\w+))?
      | (?:sign|log)\s+(?:up|in) (?:\s+(?:to|for|here|now|today)\b (?:\s+[\w’'-]+){0,5})?
      | subscribe (?:\s+(?:to|for|here|now|today|via)\b (?:\s+[\w’'-]+){0,5})?
      | (?:our\s+|email\s+|free\s+|the\s+)?newsletters?(?:\s+sign[\s-]?up)?
      | about\s+(?:the\s+)?authors?
      | (?:tags|topics|categories|filed\s+under|posted\s+in|in\s+this\s+article)
      | (?:previous|next)\s+(?:article|post|story)
      | tell\s+us\s+what\s+you\s+think
      | advertisement
    )\s*[.…:!]*""",
    re.IGNORECASE | re.VERBOSE,
)
# A line that opens a box of links, often amid the text: it goes with the teasers under it, the text goes on.
_BOX_HEADING = re.compile(
    r"""(?:
        (?:related|more|further|other|similar)\s+(?:news|stories|articles|posts|content|topics|coverage|links|reading)
      | related | read\s+(?:more|next|also) | (?:see|more)\s+(?:also|on\s+this(?:\s+story)?) | more
      | don[’']?t\s+miss | editor[’']?s\s+picks? | more\s+(?:[\w-]+\s+){0,2}from(?:\s+\w+){1,5}
      | also\s+(?:on|in|read)(?:\s+\w+){0,2}
    )\s*[.…:!]*""",
    re.IGNORECASE | re.VERBOSE,
)
# A prompt with a link behind its colon, wherever it stands.
_PROMPT = re.compile(
    r"""[\[(]?\s*(?:
        (?:read|see|find\s+out|learn)\s+(?:more|also|next) | related(?:\s+\w+)? | more | recommended | also\s+read
      | don[’']?t\s+miss | you\s+might\s+(?:also\s+)?like | watch(?:\s+(?:more|now|also))? | listen | download
    )\s*[:|]\s""",
    re.IGNORECASE | re.VERBOSE,
)
_ALSO_ON = re.compile(r"also\s+(?:on|in)\s+[\w.]+\.[a-z]{2,4}\b", re.IGNORECASE)
# Credits, contacts and pleas at an article's end.
_TRAILING = re.compile(
    r"""[\s(\[|*_-]*(?:
        (?:additional\s+)?(?:reporting|writing|editing|photography)\s+by\b | with\s+(?:additional\s+)?reporting\b
      | (?:associated\s+press|reuters|ap|afp|pa)\s+(?:writers?|reporters?|journalists?)\b | source\s*:
      | (?:copyright|©|\(c\)) | [^.]{0,60}\ball\s+rights\s+reserved
      | .{0,40}(?:©|copyright).{0,120}\ball\s+rights\s+reserved
      | [^.!?“”"]{3,120}\bcontributed\s+(?:reporting\b|to\s+this\s+(?:report|article|story|piece)\b)
      | editor[’']s\s+note\s*:\s*this\s+(?:article|story|post|piece)\b | originally\s+published\s+(?:on|in|at|by)\b
      | (?:last\s+)?updated\s+(?:at|on)?\s*:?\s*\d
      | (?:follow|like|join|find)\s+(?:us|me|him|her|them|[@\w\s’'.]{1,60}?)\s+on\s+
          (?:twitter|facebook|instagram|linkedin|youtube|x\b|bluesky|threads|whatsapp|social)
      | [^.!?]{0,80}\b(?:may|can)\s+be\s+(?:reached|contacted)\s+(?:at|on|by)\b
      | (?:reach|contact|email|e-mail|write\s+to|tweet)\s+[\w\s’'.-]{1,60}?\s+(?:at|on)\s+\S*[@./]
      | (?:have|got)\s+a\s+(?:tip|story|question)\b
      | (?:sign|signing)\s+up\s+(?:to|for|here|now|today|with)\b | subscrib(?:e|ing)\s+(?:to|for|here|now|today)\b
      | get\s+(?:the|our|your|more|access)\b[^.!?]{0,80}\b(?:inbox|newsletter|alerts?|updates|subscription|edition)
      | (?:click|tap)\s+here\b | (?:like|enjoyed)\s+(?:this|the)\s+(?:story|article|post)\b
      | if\s+you\s+(?:like|enjoy)ed\s+this\b | share\s+(?:this|it)\b
      | this\s+(?:article|story|post|piece)\s+(?:was|is|has\s+been|first|originally)\b[^.]{0,30}
          (?:published|appeared|sent|posted|syndicated)
      | this\s+copy\s+is\s+for\s+your\s+personal | order\s+reprints | print\s+article
      | an\s+error\s+has\s+occurred | thank\s+you\s*[.!]?$ | (?:https?://|www\.|[\w.]+@[\w.]+)\S*$
      | (?:twitter|facebook|instagram)\.com/\S+$ | \S+@\S+\.\w+$ | more\s+[A-Z]\w*\s*[\w\s]{0,20}:\s*https?://
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_DATELINE = re.compile(
    r"\b(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}"
    r"|(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"\s+(?:\d{1,2},?\s+)?\d{4})\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:by|written\s+by|posted\s+by|author:?)\s+(?:[A-Z][\w’'.-]*\s*,?\s*(?:and\s+)?){1,8}$|"
    r"(?:published|posted|last\s+updated|updated|first\s+published|date)\b\s*(?:on|at|by|:)",
    re.IGNORECASE,
)


# who made the picture above an article
_CREDIT = re.compile(
    r"[\[(]?(?:(?:image|photo(?:graph)?|picture|illustration|video|graphic|credit)s?)\s*"
    r"(?:credit|source)?\s*(?::|by\b|courtesy\b|©|\|)",
    re.IGNORECASE,
)


def is_prose(paragraph: str) -> bool:
    """Whether a paragraph reads like a sentence, not like a link, a caption or a button."""
    return word_count(paragraph) >= 8 and _SENTENCE_END.search(paragraph) is not None  # noqa: PLR2004


def word_count(text: str) -> int:
    """How many words a text has."""
    return len(_WORDS.findall(text))


def without_furniture(paragraphs: list[str], titles: tuple[str, ...], links: frozenset[str]) -> list[str]:
    """The article's own paragraphs.

    Args:
        paragraphs: All that were taken for it, in order.
        titles: How the page calls the article; repeats at the start go.
        links: The keys of lines that are nothing but a link; several at the end go, with the heading above them.
    """
    rest = _without_lead(paragraphs, titles)
    rest = _without_boxes(rest)
    rest = _cut_at_end(rest)
    length = 0
    while length != len(rest):
        length = len(rest)
        while len(rest) > 1 and _is_trailing(rest[-1]):
            rest.pop()
        rest = _without_links(rest, links)
    return rest


def _without_links(paragraphs: list[str], links: frozenset[str]) -> list[str]:
    end = len(paragraphs)
    while end > 1 and (_MARKER.match(paragraphs[end - 1]) or line_key(paragraphs[end - 1]) in links):
        end -= 1
    found = sum(line_key(paragraph) in links for paragraph in paragraphs[end:])
    if found < max(_MIN_LINKS, (len(paragraphs) - end) / 2):
        return paragraphs
    if end > 1 and not is_prose(paragraphs[end - 1]) and word_count(paragraphs[end - 1]) <= _HEADING_WORDS:
        end -= 1
    kept = sum(map(len, paragraphs[:end]))
    return paragraphs[:end] if kept > sum(map(len, paragraphs)) / 2 else paragraphs


def line_key(paragraph: str) -> str:
    """What is the same for a line however it is marked as an item of a list."""
    return words_key(_MARKER.sub("", paragraph))


def _without_lead(paragraphs: list[str], titles: tuple[str, ...]) -> list[str]:
    """Drop the title's repeats, and the lines with author and date round them, from the first paragraphs."""
    keys = {words_key(title) for title in titles if word_count(title)}
    kept: list[str] = []
    for place, paragraph in enumerate(paragraphs):
        is_leading = place < _LEADING_PARAGRAPHS and not any(is_prose(text) for text in kept)
        if is_leading and (words_key(paragraph) in keys or _is_dateline(paragraph) or _is_credit(paragraph)):
            continue
        kept.append(paragraph)
    return kept or paragraphs


def _is_dateline(paragraph: str) -> bool:
    if word_count(paragraph) > _LEADING_WORDS or _SENTENCE_END.search(paragraph):
        return False
    return bool(_DATELINE.search(paragraph) or _BYLINE.match(paragraph))


def _is_credit(paragraph: str) -> bool:
    return word_count(paragraph) <= _LEADING_WORDS and _CREDIT.match(paragraph) is not None


def _without_boxes(paragraphs: list[str]) -> list[str]:
    """Drop prompts ("Read more: …") and boxes of links wherever they stand."""
    kept: list[str] = []
    in_box = False
    for paragraph in paragraphs:
        text = _MARKER.sub("", paragraph)
        if _BOX_HEADING.fullmatch(text):
            in_box = True
        elif _is_prompt(text) or (in_box and _is_teaser(paragraph)):
            continue
        else:
            in_box = False
            kept.append(paragraph)
    return kept or paragraphs


def _is_prompt(text: str) -> bool:
    if word_count(text) > _PROMPT_WORDS:
        return False
    # what is quoted after such a word is a person's
    return _ALSO_ON.match(text) is not None or (_PROMPT.match(text) is not None and not re.search('[“"]', text))


def _is_teaser(paragraph: str) -> bool:
    return word_count(paragraph) <= _TEASER_WORDS and not is_prose(paragraph)


def _cut_at_end(paragraphs: list[str]) -> list[str]:
    """Cut at the first end heading that lies past the middle of the text."""
    middle = sum(map(len, paragraphs)) / 2
    before = 0
    for place, paragraph in enumerate(paragraphs):
        if before > middle and is_end_heading(paragraph):
            return paragraphs[:place]
        before += len(paragraph)
    return paragraphs


def is_end_heading(paragraph: str) -> bool:
    """Whether a line opens what pages put below their articles."""
    text = _MARKER.sub("", paragraph)
    return word_count(text) <= _HEADING_WORDS and _END_HEADING.fullmatch(text) is not None


def _is_trailing(paragraph: str) -> bool:
    text = _MARKER.sub("", paragraph)
    if word_count(text) > _TRAILING_WORDS:
        return False
    return bool(_TRAILING.match(text) or _BOX_HEADING.fullmatch(text) or is_end_heading(paragraph))


def prose_size(paragraphs: list[str]) -> int:
    """How many different runs of three words the sentences have: a text printed twice is no larger."""
    runs: set[tuple[str, ...]] = set()
    for paragraph in filter(is_prose, paragraphs):
        words = _WORDS.findall(paragraph)
        runs.update(zip(words, words[1:], words[2:], strict=False))
    return len(runs)

"""A page's tree and what was extracted of it -> the wall its article is behind, if any.

Structure tells first, words second; a wall is only seen where little of an article can be read. So a page that shows
its whole text is none, whatever it asks for beside it, and neither is an article about passwords or cookies.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from extractors.article_blocks import shown_paragraphs
from extractors.article_furniture import is_prose, word_count
from extractors.records import Wall
from extractors.wall_access import Access, access_of
from extractors.wall_words import (
    ASKS_FOR_LOGIN,
    ASKS_FOR_MONEY,
    CHALLENGE_MARKS,
    CHALLENGE_TITLE,
    CHALLENGE_WORDS,
    CONSENT_TITLE,
    CONSENT_WORDS,
    LOGIN_TITLE,
    MISSING_TITLE,
    MISSING_WORDS,
    OFFERS_LOGIN,
    OUTAGE_TITLE,
    OUTAGE_WORDS,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_TITLE_PART = re.compile(r"\s+[|»·–—:-]\s+|\s*::\s*|\s*\|\s*")
_SENTENCE_BREAK = re.compile(r"(?<=[.!?:])\s+")
_ARTICLE_WORDS = 400
"""Whoever shows so many words shows an article, whatever else stands on the page."""
_NOTICE_WORDS = 120
_EMPTY_WORDS = 40
_TEASER_WORDS = 300
_MIN_CONSENT_PHRASES = 2
_CONSENT_SHARE = 0.5


def wall_of(root: Any, paragraphs: Sequence[str], titles: Sequence[str]) -> Wall | None:
    """The wall a page's article is behind; None where the page shows it, or where nothing tells of a wall.

    Args:
        root: The page's tree, as it came.
        paragraphs: What was extracted of it.
        titles: How the page calls itself: its title and its only heading.
    """
    words = sum(word_count(paragraph) for paragraph in paragraphs if not _is_demand(paragraph))
    if words > _ARTICLE_WORDS:
        return None
    prose_words = sum(word_count(paragraph) for paragraph in paragraphs if is_prose(paragraph))
    parts = [part for title in titles for part in (title, *_TITLE_PART.split(title)) if part]
    shown = shown_paragraphs(root)
    return (
        _challenge(root, parts, shown, prose_words)
        or _consent(parts, paragraphs, shown)
        or _error(parts, paragraphs, prose_words)
        or _gate(root, parts, shown, words)
    )


def without_demands(paragraphs: Sequence[str]) -> list[str]:
    """What can be read before a wall, without the wall's own words; all of it where there is nothing else."""
    return [paragraph for paragraph in paragraphs if not _is_demand(paragraph)] or list(paragraphs)


def _is_demand(paragraph: str) -> bool:
    return any(_says(pattern, paragraph) for pattern in (ASKS_FOR_MONEY, ASKS_FOR_LOGIN, OFFERS_LOGIN))


def _says(pattern: re.Pattern[str], paragraph: str) -> bool:
    """Whether one of its sentences begins like that, which a quoted one does not."""
    return any(pattern.match(sentence) for sentence in _SENTENCE_BREAK.split(paragraph))


def _matches(pattern: re.Pattern[str], parts: Sequence[str]) -> bool:
    return any(pattern.fullmatch(part.strip()) for part in parts)


def _challenge(root: Any, parts: Sequence[str], shown: Sequence[str], prose_words: int) -> Wall | None:
    """A check for robots: few words on the whole page, and they say so or its scripts do."""
    if prose_words > _NOTICE_WORDS:
        return None
    page_words = sum(map(word_count, shown))
    asides = [note.text_content() for note in root.iter("noscript")] if page_words <= _NOTICE_WORDS else []
    says_so = _matches(CHALLENGE_TITLE, parts) or any(CHALLENGE_WORDS.search(text) for text in (*shown, *asides))
    if says_so and page_words <= _TEASER_WORDS:
        return Wall.BOT_CHECK
    return Wall.BOT_CHECK if page_words <= _EMPTY_WORDS and _has_challenge_mark(root) else None


def _has_challenge_mark(root: Any) -> bool:
    for element in root.iter("script", "form", "div", "iframe", "meta", "input"):
        marks = (
            f"{element.get('id') or ''} {element.get('class') or ''} {element.get('src') or ''} {element.get('name')}"
        )
        if CHALLENGE_MARKS.search(marks) or (element.tag == "script" and CHALLENGE_MARKS.search(element.text or "")):
            return True
    return False


def _consent(parts: Sequence[str], paragraphs: Sequence[str], shown: Sequence[str]) -> Wall | None:
    """A demand for consent: the page consists of it."""
    asking = [text for text in paragraphs or shown if CONSENT_WORDS.search(text)]
    phrases = {phrase.lower() for text in asking for phrase in CONSENT_WORDS.findall(text)}
    all_words = sum(map(word_count, paragraphs or shown))
    asking_words = sum(map(word_count, asking))
    if all_words - asking_words > _NOTICE_WORDS:
        return None
    is_named = _matches(CONSENT_TITLE, parts) and bool(phrases)
    is_all_of_it = len(phrases) >= _MIN_CONSENT_PHRASES and asking_words >= _CONSENT_SHARE * all_words
    return Wall.CONSENT if is_named or is_all_of_it else None


def _error(parts: Sequence[str], paragraphs: Sequence[str], prose_words: int) -> Wall | None:
    """An error told with status 200."""
    if prose_words > _NOTICE_WORDS:
        return None
    opening = paragraphs[:3] if prose_words <= _NOTICE_WORDS / 2 else ()
    for wall, words in ((Wall.MISSING, MISSING_WORDS), (Wall.OUTAGE, OUTAGE_WORDS)):  # more exact than titles
        if any(words.search(text) for text in opening):
            return wall
    if _matches(MISSING_TITLE, parts):
        return Wall.MISSING
    return Wall.OUTAGE if _matches(OUTAGE_TITLE, parts) else None


def _gate(root: Any, parts: Sequence[str], shown: Sequence[str], words: int) -> Wall | None:
    """A demand for a subscription or a login, where the article breaks off or has not begun."""
    if words <= _NOTICE_WORDS and (_matches(LOGIN_TITLE, parts) or (words <= _EMPTY_WORDS and _asks_password(root))):
        return Wall.LOGIN
    access = access_of(root)
    if access is Access.FREE:
        return None
    if words <= _TEASER_WORDS:
        for text in shown:
            if _says(ASKS_FOR_MONEY, text):
                return Wall.PAYWALL
            if _says(ASKS_FOR_LOGIN, text):
                return Wall.LOGIN
    if access is Access.WITHHELD or (access is Access.PAID and _breaks_off(shown, words)):
        return Wall.PAYWALL
    return None


def _breaks_off(shown: Sequence[str], words: int) -> bool:
    is_offered = words <= _TEASER_WORDS and any(_says(OFFERS_LOGIN, text) for text in shown)
    return is_offered or words <= _NOTICE_WORDS


def _asks_password(root: Any) -> bool:
    aside = {"header", "nav", "footer", "aside", "dialog"}
    fields = [field for field in root.iter("input") if (field.get("type") or "").lower() == "password"]
    return any(not any(above.tag in aside for above in field.iterancestors()) for field in fields)

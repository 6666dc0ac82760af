"""The governance themes that a statement touches and an article is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Final

from extractors.phrases import PhraseBook, tokens
from extractors.records import Document, Passage, Theme

_HINTS_NEEDED: Final = 2
_ORDER: Final = {theme: position for position, theme in enumerate(Theme)}
_FEWEST_WORDS: Final = 8
"""Shorter paragraphs are headings and page furniture: they are not counted."""


@dataclass(frozen=True, slots=True)
class ThemeRule:
    """One theme: its name for readers, what it covers, and the phrases that speak of it.

    One of ``terms`` is enough in a statement; of ``hints`` two different ones are needed.
    """

    key: Theme
    label: str
    covers: str
    terms: tuple[str, ...]
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemeRules:
    """config/themes.yml: the themes, and in how many of an article's paragraphs a subject must stand."""

    themes: tuple[ThemeRule, ...]
    article_paragraphs: int = 2
    article_share: float = 0.15


class ThemeTagger:
    """Tags statements and articles; built once from the rules, picklable, linear in the text."""

    def __init__(self, rules: ThemeRules) -> None:
        keys = Counter(rule.key for rule in rules.themes)
        if repeated := [key.value for key, count in keys.items() if count > 1]:
            raise ValueError(f"themes: {', '.join(repeated)} stands twice; give each theme one rule")
        self._terms = PhraseBook({rule.key: rule.terms for rule in rules.themes})
        self._hints = PhraseBook({rule.key: rule.hints for rule in rules.themes})
        self._article_paragraphs = rules.article_paragraphs
        self._article_share = rules.article_share

    def of_statement(self, document: Document, passage: Passage) -> tuple[Theme, ...]:
        """Return the themes that phrases of the passage name, in the order of the enumeration."""
        return _in_order(self._themes(document.text[passage.start : passage.end]))

    def of_article(self, document: Document) -> tuple[Theme, ...]:
        """Return the themes that are a substantive subject of the article, in the order of the enumeration."""
        paragraphs = [paragraph for paragraph in document.text.split("\n") if len(paragraph.split()) >= _FEWEST_WORDS]
        counts = Counter(theme for paragraph in paragraphs for theme in self._themes(paragraph))
        needed = max(self._article_paragraphs, self._article_share * len(paragraphs))
        found = {theme for theme, count in counts.items() if count >= needed}
        return _in_order(found | (self._themes(document.title) & counts.keys()))

    def _themes(self, text: str) -> set[Theme]:
        stems = [token.stem for token in tokens(text)]
        found = {Theme(label) for _, _, labels in self._terms.matches(stems) for label in labels}
        hinted: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for start, end, labels in self._hints.matches(stems):
            for label in labels:
                hinted[label].add(tuple(stems[start:end]))
        return found | {Theme(label) for label, phrases in hinted.items() if len(phrases) >= _HINTS_NEEDED}


def _in_order(themes: set[Theme]) -> tuple[Theme, ...]:
    return tuple(sorted(themes, key=_ORDER.__getitem__))

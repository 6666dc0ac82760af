"""How well themes agree with those of the labelled statements."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import yaml
from pydantic import TypeAdapter

from extractors.records import ActorType, Document, Passage, QuoteKind, Speaker, Theme
from extractors.theme import ThemeRules, ThemeTagger

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from extractors.model.examples import Example


def read_tagger(path: Path) -> ThemeTagger:
    """Return the tagger that config/themes.yml describes."""
    return ThemeTagger(TypeAdapter(ThemeRules).validate_python(yaml.safe_load(path.read_text(encoding="utf-8"))))


def by_rules(tagger: ThemeTagger, example: Example) -> tuple[Theme, ...]:
    """The themes that phrases of a statement name."""
    passage = Passage(0, len(example.text), Speaker("", "", "", ActorType.OTHER), QuoteKind.INDIRECT)
    return tagger.of_statement(Document(text=example.text), passage)


def print_figures(data: Sequence[Example], found: Sequence[Sequence[Theme]]) -> None:
    """Print micro precision, recall and F1 over all themes, and without the one that the stance implies."""
    hits: Counter[Theme] = Counter()
    called: Counter[Theme] = Counter()
    true: Counter[Theme] = Counter()
    for example, themes in zip(data, found, strict=True):
        hits.update(set(themes) & set(example.themes))
        called.update(themes)
        true.update(example.themes)
    for name, left_out in (("all themes", None), ("without autonomy_control", Theme.AUTONOMY_CONTROL)):
        hit, call, gold = (
            sum(count for theme, count in counts.items() if theme is not left_out) for counts in (hits, called, true)
        )
        print(f"  {name}: precision {hit / call:.2f}  recall {hit / gold:.2f}  micro-F1 {2 * hit / (call + gold):.2f}")

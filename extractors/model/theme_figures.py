"""How well themes agree with those of the labelled statements."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml
from pydantic import TypeAdapter

from extractors.records import Theme
from extractors.theme import ThemeRules, ThemeTagger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.model.examples import Example

THEMES: Final = Path(__file__).parents[2] / "config" / "themes.yml"


def read_tagger() -> ThemeTagger:
    """Return the tagger that config/themes.yml describes."""
    return ThemeTagger(TypeAdapter(ThemeRules).validate_python(yaml.safe_load(THEMES.read_text(encoding="utf-8"))))


def by_rules(tagger: ThemeTagger, example: Example) -> tuple[Theme, ...]:
    """The themes that phrases of a statement name."""
    return tagger.of_statement(*example.in_context())


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

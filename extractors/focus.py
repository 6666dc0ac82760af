"""Which body of an article a role without one belongs to: the one named nearest before it and most often."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NEARNESS = (2.4, 1.6, 1.4, 1.2, 1.0, 0.6, 0.4)
"""What it counts for a body to be the one named last, the one before, and so on."""
FREQUENCY, MAX_COUNT, LEAST_FOCUS, LEAST_OWN = 0.4, 6, 0.9, 0.3
SITE, SITES = 0.7, frozenset({"Hospital", "Infirmary", "Hospitals"})
"""What it counts against a body that it is named as a site; its trust is meant."""
NEIGHBOURLY = 1.0
"""What it counts for a local body: the officers of national ones are introduced with their body."""


def most_in_focus(
    counts: Mapping[str, int], behind: Sequence[str], local: Mapping[str, bool], *, is_kind_known: bool
) -> str:
    """The best of the bodies that are keys of ``local`` (whether each is of the local NHS); empty where none is clear.

    ``counts`` is how often each is named, ``behind`` the bodies named before, the last one first; where the role tells
    the kind of its body a lower score is enough.
    """
    best, best_score = "", LEAST_FOCUS
    for name, is_local in local.items():
        near = NEARNESS[min(behind.index(name), len(NEARNESS) - 1)] if name in behind else 0.0
        score = near + FREQUENCY * min(counts[name], MAX_COUNT) - SITE * (name.split()[-1] in SITES)
        score += NEIGHBOURLY * is_local
        if score > best_score or (score > LEAST_OWN and not best and is_kind_known):
            best, best_score = name, score
    return best

"""A run's counts in one line for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_PHRASES = (
    ("articles_new", "new article", "new articles"),
    ("articles_edited", "edited article", "edited articles"),
    ("statements", "statement", "statements"),
    ("events_first", "first stance", "first stances"),
    ("events_shift", "change of side", "changes of side"),
    ("events_theme", "new theme", "new themes"),
    ("events_repeat", "repeat", "repeats"),
    ("events_rejudged", "event judged again", "events judged again"),
    ("alerts", "alert", "alerts"),
    ("deliveries_sent", "delivered", "delivered"),
    ("deliveries_failed", "delivery failed", "deliveries failed"),
    ("deliveries_unknown", "delivery unconfirmed", "deliveries unconfirmed"),
    ("deliveries_dead", "delivery given up", "deliveries given up"),
    ("waiting_hourly", "waits for the hourly digest", "wait for the hourly digest"),
    ("waiting_daily", "waits for the daily digest", "wait for the daily digest"),
    ("waiting_weekly", "waits for the weekly digest", "wait for the weekly digest"),
    ("waiting_review", "waits for review", "wait for review"),
    ("waiting_hour", "waits for its destination's hour", "wait for their destinations' hours"),
    ("waiting_attempt", "waits for another attempt", "wait for another attempt"),
)
NOTHING_NEW: Final = "nothing new"
_FEEDS = ("ok", "not_modified", "degraded", "failed", "refused", "retired")


def summarise(counts: Mapping[str, int]) -> str:
    """What was done, in one line; "nothing new" where nothing was."""
    feeds = {name: counts.get(f"feeds_{name}", 0) for name in _FEEDS}
    parts = []
    if polled := sum(feeds.values()):
        told = [f"{number} {name.replace('_', ' ')}" for name, number in feeds.items() if number]
        parts.append(f"{polled} {'feed' if polled == 1 else 'feeds'} polled ({', '.join(told)})")
    for name, one, many in _PHRASES:
        if number := counts.get(name, 0):
            parts.append(f"{number} {one if number == 1 else many}")
    return ", ".join(parts) or NOTHING_NEW


def summarise_run(counts: Mapping[str, int]) -> str:
    """The same of a run over feeds, which says where none of them was due yet."""
    told = summarise(counts)
    if any(counts.get(f"feeds_{name}", 0) for name in _FEEDS):
        return told
    return "no feed was due yet (--all asks all of them)" + (f", {told}" if told != NOTHING_NEW else "")

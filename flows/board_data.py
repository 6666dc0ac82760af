"""The board's records as the JSON that its page reads: lists with indices into one another, cleaned and cut.

Everything in it was printed by somebody else, and the page puts it where it shows nothing but text; here, links other
than http and https become empty, what nobody sees is taken out, and nothing can end the script tag around it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from extractors.theme import ThemeRule
from flows.board_fields import Places, day_field, moment_field, quote_field
from flows.board_seeds import SeedDates, seed_lists
from flows.summary import NOTHING_NEW, summarise
from flows.wording import ACTOR_TYPES, clean_line, clean_url

if TYPE_CHECKING:
    from warehouse.board import (
        Board,
        BoardActor,
        BoardEvent,
        BoardFeed,
        BoardPosition,
        BoardRun,
        BoardTally,
    )

_REASON_LIMIT: Final = 300
_ESCAPES: Final = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})


@dataclass(frozen=True, slots=True)
class Edition:
    """What the board says of itself."""

    generated_at: datetime
    version: str
    themes: Sequence[ThemeRule]
    seed_periods: Mapping[str, str] = field(default_factory=dict)
    """By article the year ("2015") or month ("2015-02") in which a seed was published, where its day is not known."""


def board_json(board: Board, edition: Edition) -> str:
    """The whole board as JSON that can stand in a script tag."""
    themes = Places(theme.key for theme in edition.themes)
    named = (row.publisher for rows in (board.positions, board.events, board.tallies) for row in rows)
    dates = SeedDates(board, edition.seed_periods)
    outlets = Places(sorted({*named} - {""}))
    actors = Places(actor.actor_id for actor in board.actors)
    seeds, echoes = seed_lists(board, themes, dates)
    counts = board.counts
    content = {
        "generated_at": moment_field(edition.generated_at),
        "version": edition.version,
        "sample": is_sample(board.feeds),
        "counts": {
            name: getattr(counts, name) for name in ("articles", "statements", "sided", "actors", "publishers", "feeds")
        },
        "span": {"first": day_field(counts.first_at), "last": day_field(counts.last_at)},
        "window": {"since": day_field(_shown_since(board)), "positions": len(board.positions), "of": counts.positions},
        "themes": [{"key": rule.key, "label": rule.label, "covers": rule.covers} for rule in edition.themes],
        "actor_types": [{"key": key, "label": label} for key, label in ACTOR_TYPES.items()],
        "publishers": [clean_line(outlet) for outlet in outlets.members],
        "actors": [_actor(actor) | dates.of_article("since_in", actor.since_seed_id) for actor in board.actors],
        "positions": [
            position | dates.of_print("said_in", row.said_at, row.publisher)
            for row, position in zip(board.positions, _positions(board, actors, outlets, themes), strict=True)
        ],
        "tallies": [_tally(row, outlets, themes) for row in board.tallies if row.theme in themes],
        "events": [
            _event(row, actors, outlets, themes)
            | dates.of_print("previous_in", row.previous_at, row.previous_publisher)
            for row in board.events
        ],
        "seeds": seeds,
        "echoes": echoes,
        "feeds": [_feed(feed) for feed in board.feeds],
        "runs": [_run(run) for run in board.runs],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def is_sample(feeds: Sequence[BoardFeed]) -> bool:
    """Whether all feeds come from this very machine, as the sample newsroom's do: then none of it is news."""
    return bool(feeds) and all(_is_loopback(feed.url) for feed in feeds)


def _is_loopback(url: str) -> bool:
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _shown_since(board: Board) -> datetime | None:
    """The day that was asked for; else that of the oldest position, where there are more than are shown."""
    is_whole = board.since is not None or len(board.positions) == board.counts.positions
    return board.since if is_whole or not board.positions else board.positions[-1].said_at


def _actor(actor: BoardActor) -> dict[str, Any]:
    return {
        "id": actor.actor_id,
        "person": clean_line(actor.person),
        "organisation": clean_line(actor.organisation),
        "type": actor.actor_type,
        "stance": actor.stance,
        "since": moment_field(actor.since),
        "previous_stance": actor.previous_stance,
        "statements": actor.statements,
        "last_at": moment_field(actor.last_at),
    }


def _positions(board: Board, actors: Places, outlets: Places, themes: Places) -> list[dict[str, Any]]:
    """The organisation stands in a row only where it is not the one that the actor speaks for now."""
    bodies = {actor.actor_id: actor.organisation for actor in board.actors}
    return [
        _position(row, actors, outlets, themes)
        | ({} if row.organisation == bodies.get(row.actor_id) else {"organisation": clean_line(row.organisation)})
        for row in board.positions
    ]


def _position(row: BoardPosition, actors: Places, outlets: Places, themes: Places) -> dict[str, Any]:
    return {
        "actor": actors.of(row.actor_id),
        "at": moment_field(row.said_at),
        "stance": row.stance,
        "score": round(row.score, 3),
        "confidence": round(row.confidence, 3),
        "publisher": outlets.of(row.publisher),
        "url": clean_url(row.url),
        "title": clean_line(row.title),
        "quote": quote_field(row.quote),
        "role": clean_line(row.role),
        "themes": themes.of_all(row.themes),
        "statement_id": row.statement_id,
        "kind": row.kind,
        "found_at": moment_field(row.found_at),
    }


def _tally(row: BoardTally, outlets: Places, themes: Places) -> dict[str, Any]:
    return {
        "month": day_field(row.month),
        "theme": themes.of(row.theme),
        "type": row.actor_type,
        "publisher": outlets.of(row.publisher),
        "stance": row.stance,
        "n": row.statements,
    }


def _event(row: BoardEvent, actors: Places, outlets: Places, themes: Places) -> dict[str, Any]:
    return {
        "id": row.event_id,
        "kind": row.kind,
        "actor": actors.of(row.actor_id),
        "at": moment_field(row.said_at),
        "detected_at": moment_field(row.detected_at),
        "stance": row.stance,
        "previous_stance": row.previous_stance,
        "previous_at": moment_field(row.previous_at),
        "previous_quote": quote_field(row.previous_quote or ""),
        "previous_url": clean_url(row.previous_url or ""),
        "previous_publisher": clean_line(row.previous_publisher or ""),
        "new_themes": themes.of_all(row.new_themes),
        "themes": themes.of_all({*row.themes, *row.new_themes}),
        "quote": quote_field(row.quote),
        "role": clean_line(row.role),
        "organisation": clean_line(row.organisation),
        "publisher": outlets.of(row.publisher),
        "sources": [clean_line(source) for source in row.sources],
        "title": clean_line(row.title),
        "url": clean_url(row.url),
        "confidence": round(row.confidence, 3),
        "statement_id": row.statement_id,
    }


def _feed(feed: BoardFeed) -> dict[str, Any]:
    return {
        "id": feed.feed_id,
        "publisher": clean_line(feed.publisher),
        "url": clean_url(feed.url),
        "status": feed.status,
        "last_ok_at": moment_field(feed.last_ok_at),
        "failures": feed.failures,
        "reason": clean_line(feed.reason, _REASON_LIMIT),
        "entries_7d": feed.entries_7d,
        "expected_7d": feed.expected_7d,
        "next_fetch_at": moment_field(feed.next_fetch_at),
        "notice": clean_line(feed.notice, _REASON_LIMIT),
    }


def _run(run: BoardRun) -> dict[str, Any]:
    return {
        "id": run.run_id,
        "flow": run.flow,
        "started_at": moment_field(run.started_at),
        "finished_at": moment_field(run.finished_at),
        "status": run.status,
        "detail": clean_line(run.detail, _REASON_LIMIT),
        "done": _done(dict(zip(run.count_names, run.count_values, strict=True))),
    }


def _done(counts: Mapping[str, int]) -> str:
    """What a run did, in words; the counts by their names where they are none of those that have words."""
    summary = summarise(counts)
    told = [f"{name.replace('_', ' ')}: {number:,}" for name, number in counts.items() if number]
    return ", ".join(told) if summary == NOTHING_NEW else summary

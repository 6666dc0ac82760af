"""The board's records as the JSON that its page reads: lists with indices into one another, cleaned and cut.

Everything in it was printed by somebody else, and the page puts it where it shows nothing but text; here, links other
than http and https become empty, what nobody sees is taken out, and nothing can end the script tag around it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from ipaddress import ip_address
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from extractors.theme import ThemeRule
from flows.wording import ACTOR_TYPES, LONDON, clean_line, clean_url, clean_words, cut_words

if TYPE_CHECKING:
    from warehouse.board import (
        Board,
        BoardActor,
        BoardEcho,
        BoardEvent,
        BoardFeed,
        BoardPosition,
        BoardRun,
        BoardTally,
    )

QUOTE_LIMIT: Final = 700
_REASON_LIMIT: Final = 300
_UNNAMED: Final = -1
_ESCAPES: Final = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})


@dataclass(frozen=True, slots=True)
class Edition:
    """What the board says of itself."""

    generated_at: datetime
    version: str
    themes: Sequence[ThemeRule]


class _Places:
    """Where each of a list's members stands; one that is not in it has no place."""

    def __init__(self, members: Iterable[str]) -> None:
        self.members = tuple(members)
        self._places = {member: place for place, member in enumerate(self.members)}

    def of(self, member: str) -> int:
        """Where it stands; an empty name stands nowhere."""
        return self._places[member] if member else _UNNAMED

    def of_all(self, members: Iterable[str]) -> list[int]:
        return sorted(self._places[member] for member in members if member in self._places)

    def __contains__(self, member: object) -> bool:
        return member in self._places


def board_json(board: Board, edition: Edition) -> str:
    """The whole board as JSON that can stand in a script tag."""
    themes = _Places(theme.key for theme in edition.themes)
    named = (row.publisher for rows in (board.positions, board.events, board.tallies) for row in rows)
    outlets = _Places(sorted({*named} - {""}))
    actors = _Places(actor.actor_id for actor in board.actors)
    seeds, echoes = _seeds(board, themes)
    counts = board.counts
    content = {
        "generated_at": _moment(edition.generated_at),
        "version": edition.version,
        "sample": is_sample(board.feeds),
        "counts": {
            name: getattr(counts, name) for name in ("articles", "statements", "sided", "actors", "publishers", "feeds")
        },
        "span": {"first": _day(counts.first_at), "last": _day(counts.last_at)},
        "window": {"since": _day(_shown_since(board)), "positions": len(board.positions), "of": counts.positions},
        "themes": [{"key": rule.key, "label": rule.label, "covers": rule.covers} for rule in edition.themes],
        "actor_types": [{"key": key, "label": label} for key, label in ACTOR_TYPES.items()],
        "publishers": [clean_line(outlet) for outlet in outlets.members],
        "actors": [_actor(actor) for actor in board.actors],
        "positions": _positions(board, actors, outlets, themes),
        "tallies": [_tally(row, outlets, themes) for row in board.tallies if row.theme in themes],
        "events": [_event(row, actors, outlets, themes) for row in board.events],
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
        "since": _moment(actor.since),
        "previous_stance": actor.previous_stance,
        "statements": actor.statements,
        "last_at": _moment(actor.last_at),
    }


def _positions(board: Board, actors: _Places, outlets: _Places, themes: _Places) -> list[dict[str, Any]]:
    """The organisation stands in a row only where it is not the one that the actor speaks for now."""
    bodies = {actor.actor_id: actor.organisation for actor in board.actors}
    return [
        _position(row, actors, outlets, themes)
        | ({} if row.organisation == bodies.get(row.actor_id) else {"organisation": clean_line(row.organisation)})
        for row in board.positions
    ]


def _position(row: BoardPosition, actors: _Places, outlets: _Places, themes: _Places) -> dict[str, Any]:
    return {
        "actor": actors.of(row.actor_id),
        "at": _moment(row.said_at),
        "stance": row.stance,
        "score": round(row.score, 3),
        "confidence": round(row.confidence, 3),
        "publisher": outlets.of(row.publisher),
        "url": clean_url(row.url),
        "title": clean_line(row.title),
        "quote": _quote(row.quote),
        "role": clean_line(row.role),
        "themes": themes.of_all(row.themes),
        "statement_id": row.statement_id,
        "kind": row.kind,
        "found_at": _moment(row.found_at),
    }


def _tally(row: BoardTally, outlets: _Places, themes: _Places) -> dict[str, Any]:
    return {
        "month": _day(row.month),
        "theme": themes.of(row.theme),
        "type": row.actor_type,
        "publisher": outlets.of(row.publisher),
        "stance": row.stance,
        "n": row.statements,
    }


def _event(row: BoardEvent, actors: _Places, outlets: _Places, themes: _Places) -> dict[str, Any]:
    return {
        "id": row.event_id,
        "kind": row.kind,
        "actor": actors.of(row.actor_id),
        "at": _moment(row.said_at),
        "detected_at": _moment(row.detected_at),
        "stance": row.stance,
        "previous_stance": row.previous_stance,
        "previous_at": _moment(row.previous_at),
        "previous_quote": _quote(row.previous_quote or ""),
        "previous_url": clean_url(row.previous_url or ""),
        "previous_publisher": clean_line(row.previous_publisher or ""),
        "new_themes": themes.of_all(row.new_themes),
        "themes": themes.of_all({*row.themes, *row.new_themes}),
        "quote": _quote(row.quote),
        "role": clean_line(row.role),
        "organisation": clean_line(row.organisation),
        "publisher": outlets.of(row.publisher),
        "sources": [clean_line(source) for source in row.sources],
        "title": clean_line(row.title),
        "url": clean_url(row.url),
        "confidence": round(row.confidence, 3),
        "statement_id": row.statement_id,
    }


def _seeds(board: Board, themes: _Places) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The seed documents with their statements, and the echoes of these."""
    seeds: list[dict[str, Any]] = []
    places: dict[str, tuple[int, int]] = {}
    for _, group in groupby(board.seed_statements, key=lambda row: row.article_id):
        rows = list(group)
        places |= {row.statement_id: (len(seeds), place) for place, row in enumerate(rows)}
        seeds.append(
            {
                "title": clean_line(rows[0].title),
                "publisher": clean_line(rows[0].publisher),
                "published": _day(rows[0].published_at),
                "url": clean_url(rows[0].url),
                "statements": [
                    {
                        "id": row.statement_id,
                        "person": clean_line(row.person),
                        "organisation": clean_line(row.organisation),
                        "stance": row.stance,
                        "text": _quote(row.text),
                        "themes": themes.of_all(row.themes),
                    }
                    for row in rows
                ],
            }
        )
    echoes = [_echo(echo, *places[echo.seed_statement_id]) for echo in board.echoes if echo.seed_statement_id in places]
    return seeds, echoes


def _echo(echo: BoardEcho, seed: int, statement: int) -> dict[str, Any]:
    return {
        "seed": seed,
        "statement": statement,
        "nearness": round(echo.nearness, 3),
        "relation": echo.relation,
        "person": clean_line(echo.person),
        "organisation": clean_line(echo.organisation),
        "stance": echo.stance,
        "text": _quote(echo.text),
        "publisher": clean_line(echo.publisher),
        "at": _moment(echo.said_at),
        "url": clean_url(echo.url),
        "statement_id": echo.statement_id,
        "original": echo.original_id,
    }


def _feed(feed: BoardFeed) -> dict[str, Any]:
    return {
        "id": feed.feed_id,
        "publisher": clean_line(feed.publisher),
        "url": clean_url(feed.url),
        "status": feed.status,
        "last_ok_at": _moment(feed.last_ok_at),
        "failures": feed.failures,
        "reason": clean_line(feed.reason, _REASON_LIMIT),
        "entries_7d": feed.entries_7d,
        "expected_7d": feed.expected_7d,
        "next_fetch_at": _moment(feed.next_fetch_at),
        "notice": clean_line(feed.notice, _REASON_LIMIT),
    }


def _run(run: BoardRun) -> dict[str, Any]:
    return {
        "id": run.run_id,
        "flow": run.flow,
        "started_at": _moment(run.started_at),
        "finished_at": _moment(run.finished_at),
        "status": run.status,
        "detail": clean_line(run.detail, _REASON_LIMIT),
        "counts": dict(zip(run.count_names, run.count_values, strict=True)),
    }


def _quote(text: str) -> str:
    return cut_words(clean_words(text), QUOTE_LIMIT)


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def _day(moment: datetime | date | None) -> str | None:
    """A day by London's clock, as all days of the page are."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(LONDON).date()
    return None if moment is None else moment.isoformat()

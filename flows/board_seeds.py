"""The seed documents as the board's JSON has them, with their echoes, and what is known of when they were published."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from flows.board_fields import Places, day_field, moment_field, quote_field
from flows.wording import clean_line, clean_url

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from warehouse.board import Board, BoardEcho


class SeedDates:
    """The year or month in which a seed was published, where no day is known: the first day of it stands in its place.

    ``periods`` has them by article ("2015", "2015-02"); what was printed is told by moment and publisher.
    """

    def __init__(self, board: Board, periods: Mapping[str, str]) -> None:
        self._by_article = periods
        self._by_print = {
            (row.published_at, row.publisher): periods[row.article_id]
            for row in board.seed_statements
            if row.article_id in periods
        }

    def of_article(self, name: str, article_id: str | None) -> dict[str, str]:
        """A field of that name with the period of a seed; nothing for other articles."""
        period = self._by_article.get(article_id or "")
        return {name: period} if period else {}

    def of_print(self, name: str, said_at: datetime | None, publisher: str | None) -> dict[str, str]:
        """Likewise for what a publisher printed at a moment."""
        period = self._by_print.get((said_at, publisher or ""))
        return {name: period} if period else {}


def seed_lists(board: Board, themes: Places, dates: SeedDates) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
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
                "published": day_field(rows[0].published_at),
                **dates.of_article("published_in", rows[0].article_id),
                "url": clean_url(rows[0].url),
                "statements": [
                    {
                        "id": row.statement_id,
                        "person": clean_line(row.person),
                        "organisation": clean_line(row.organisation),
                        "stance": row.stance,
                        "text": quote_field(row.text),
                        "themes": themes.of_all(row.themes),
                    }
                    for row in rows
                ],
            }
        )
    echoes = [
        _echo(echo, *places[echo.seed_statement_id]) | dates.of_print("said_in", echo.said_at, echo.publisher)
        for echo in board.echoes
        if echo.seed_statement_id in places
    ]
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
        "text": quote_field(echo.text),
        "publisher": clean_line(echo.publisher),
        "at": moment_field(echo.said_at),
        "url": clean_url(echo.url),
        "statement_id": echo.statement_id,
        "original": echo.original_id,
    }
